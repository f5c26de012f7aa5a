import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { titleBadge } from '../view-model/summary';
import { progressView, resultView } from '../view-model/transmission';
import { ArchivesPage } from './archives/archives-page';
import { PurgeNotice } from './archives/purge-notice';
import { GoodFriday } from './good-friday';
import { DiagnosticsPage } from './diagnostics/diagnostics-page';
import { Guide } from './guide/guide';
import { ViewWords } from './glossary/view-words';
import { Header } from './header';
import { FilePage } from './inspection/file-page';
import { ReturnPage } from './inspection/return-page';
import { FileList } from './lists/file-list';
import { InvoiceList } from './lists/invoice-list';
import { LotList } from './lists/lot-list';
import { ReturnTray } from './lists/return-tray';
import { useLive, type LiveHandle } from './live';
import { usePrinting } from './printing';
import { useRoute, type Route } from './route';
import { SettingsPage } from './settings/settings-page';
import { Stops } from './stops';
import { ThirdParty } from './third-party/third-party';
import { Today } from './today/today';
import { Unattended } from './unattended';
import { Notice, Problem } from './ui/badge';

const TITLES: Readonly<Record<Route['view'], string>> = {
  accueil: 'Aujourd’hui',
  factures: 'Factures',
  lots: 'Lots',
  fichiers: 'Fichiers',
  retours: 'Retours',
  archives: 'Archives',
  'tiers-payants': 'Tiers payants',
  diagnostic: 'Diagnostic',
  reglages: 'Réglages',
  guide: 'Aide',
};

/** The whole window. */
export function App(): VNode {
  const live = useLive();
  const route = useRoute();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(`${route.view} ${route.id ?? ''}`);
  const { overview } = live;
  useEffect(() => {
    document.title = `${overview === null ? '' : titleBadge(overview.counts)}${TITLES[route.view]} – Télétransmission`;
  }, [overview, route.view]);
  useLayoutEffect(() => {
    // A new view is announced by moving the focus to it, but not the first one.
    const now = `${route.view} ${route.id ?? ''}`;
    if (shown.current !== now) main.current?.focus({ preventScroll: true });
    shown.current = now;
  }, [route.view, route.id]);
  return (
    <>
      <a
        class="skip"
        href="#contenu"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Aller au contenu
      </a>
      <Header live={live} view={route.view} />
      <Connection live={live} />
      <Stops stops={overview?.stops ?? []} refresh={live.refresh} />
      <Unattended live={live} />
      <PurgeNotice />
      <GoodFriday />
      <main id="contenu" ref={main} tabIndex={-1} aria-label={TITLES[route.view]} class={`view-${route.view}`}>
        <Content live={live} route={route} />
      </main>
      <ViewWords view={route.view} />
      <Announcer live={live} />
    </>
  );
}

function Content({ live, route }: { readonly live: LiveHandle; readonly route: Route }): VNode {
  const printing = usePrinting();
  const { overview, words, reader, diagnostics, failure } = live;
  // It is read without the program.
  if (route.view === 'guide') return <Guide place={route.id} />;
  if (overview === null || words === null || reader === null)
    return failure === null ? <p class="loading">Lecture des factures…</p> : <Problem problem={failure} />;
  const common = { overview, words, printing };
  if (route.view === 'diagnostic' && diagnostics !== null) return <DiagnosticsPage diagnostics={diagnostics} />;
  if (route.view === 'archives') return <ArchivesPage />;
  if (route.view === 'reglages') return <SettingsPage on={overview} busy={overview.busy} at={route.id} />;
  if (route.view === 'fichiers' && route.id !== null) return <FilePage id={route.id} on={overview} />;
  if (route.view === 'retours' && route.id !== null) return <ReturnPage id={route.id} />;
  const lists = { glance: overview, words, printing, refresh: live.refresh };
  if (route.view === 'factures') return <InvoiceList {...lists} state={route.state} />;
  if (route.view === 'lots') return <LotList {...lists} />;
  if (route.view === 'fichiers') return <FileList {...lists} />;
  if (route.view === 'retours') return <ReturnTray overview={overview} words={words} refresh={live.refresh} />;
  if (route.view === 'tiers-payants') return <ThirdParty {...common} />;
  return <Today live={live} overview={overview} words={words} reader={reader} />;
}

/** Says when the page is no longer fed: what it shows stays readable, and it never pretends to be up to date. */
function Connection({ live }: { readonly live: LiveHandle }): VNode {
  const { connection, restarted } = live;
  return (
    <div class="connection" role="status">
      {connection === 'ended' ? (
        <Notice
          tone="alert"
          shape="cross"
          title="Cette fenêtre n’est plus reliée au module de télétransmission."
          text="Cliquez de nouveau sur l’icône du téléphone dans le logiciel de gestion. Ce qui s’affiche ici n’est plus mis à jour ; rien n’est perdu."
        />
      ) : connection === 'lost' ? (
        <Notice
          tone="attention"
          shape="clock"
          title="Le module de télétransmission ne répond plus ; cette page le cherche."
          text="S’il redémarre, la page se relie d’elle-même dès qu’il répond. Rien n’est perdu : les envois reprennent où ils en étaient."
        />
      ) : restarted ? (
        <Notice tone="info" shape="loop" title="Le module de télétransmission a redémarré. L’affichage est de nouveau à jour." />
      ) : null}
    </div>
  );
}

/** Says aloud what moves on the screen. */
function Announcer({ live }: { readonly live: LiveHandle }): VNode {
  const { words } = live;
  const work = live.work?.startedAt === live.witnessed ? live.work : null;
  const result = work === null || words === null ? null : resultView(work, words);
  const text = work === null ? '' : result === null ? progressView(work.progress).text : [result.title, ...result.lines].join(' ');
  return (
    <div class="unseen" role="log" aria-live="polite" aria-label="Déroulement de l’envoi">
      <p>{text}</p>
    </div>
  );
}
