import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Glance } from '../../application/port';
import { readerLine } from '../view-model/card-view';
import { formatDateTime, formatLongDate, formatTime } from '../view-model/format';
import type { LiveHandle } from './live';
import { routeTo, type View } from './route';
import { Icon } from './ui/icon';

const MODES: Readonly<Record<Glance['mode'], { readonly word: string; readonly meaning: string } | null>> = {
  demo: { word: 'Démonstration', meaning: 'Données inventées : rien ne part vers un organisme.' },
  test: { word: 'Essai', meaning: 'Les envois portent la marque d’essai et ne sont pas payés.' },
  reel: null,
};

/** The program's clock, moved on by the page's own between two readings: both agree whatever the computer's time is set to. */
function useNow(overview: Glance | null): string | null {
  const [, tick] = useState(0);
  const [base, setBase] = useState<{ readonly program: number; readonly page: number } | null>(null);
  useEffect(() => {
    if (overview !== null) setBase({ program: Date.parse(overview.now), page: performance.now() });
  }, [overview]);
  useEffect(() => {
    const timer = window.setInterval(() => tick((count) => count + 1), 10_000);
    return () => window.clearInterval(timer);
  }, []);
  return base === null ? null : new Date(base.program + performance.now() - base.page).toISOString();
}

const LINKS: readonly { readonly view: View; readonly label: string; readonly count: (overview: Glance) => number | null }[] = [
  { view: 'accueil', label: 'Aujourd’hui', count: () => null },
  { view: 'factures', label: 'Factures', count: (overview) => overview.totals.invoices },
  { view: 'lots', label: 'Lots', count: (overview) => overview.totals.lots },
  { view: 'fichiers', label: 'Fichiers', count: (overview) => overview.totals.files },
  { view: 'retours', label: 'Retours', count: ({ returns }) => returns.unmatched + returns.quarantined },
  { view: 'archives', label: 'Archives', count: () => null },
  { view: 'tiers-payants', label: 'Tiers payants', count: () => null },
  { view: 'diagnostic', label: 'Diagnostic', count: () => null },
  { view: 'reglages', label: 'Réglages', count: () => null },
  { view: 'guide', label: 'Aide', count: () => null },
];

export function Header({ live, view }: { readonly live: LiveHandle; readonly view: View }): VNode {
  const { overview, reader, diagnostics } = live;
  const now = useNow(overview);
  const mode = overview === null ? null : MODES[overview.mode];
  const line = reader === null ? null : readerLine(reader);
  return (
    <header class="top">
      <div class="bar">
        <img class="logo" src="./icone.svg" alt="" width="32" height="32" />
        <h1>Télétransmission</h1>
        {mode === null ? null : (
          <span class="mode" title={mode.meaning}>
            {mode.word}
          </span>
        )}
        {diagnostics?.state === 'on' && diagnostics.until !== null ? (
          <a class="mode" href={routeTo('diagnostic')} title={`Jusqu’au ${formatDateTime(diagnostics.until)}`}>
            Diagnostic activé
          </a>
        ) : null}
        <span class="bar-space" />
        {line === null ? null : (
          <span class="reader-line">
            <Icon shape={line.shape} />
            <span class="reader-text">{line.text}</span>
          </span>
        )}
        {now === null ? null : (
          <time class="now" dateTime={now}>
            {formatLongDate(now)}, {formatTime(now)}
          </time>
        )}
      </div>
      <nav aria-label="Vues">
        {LINKS.map((link) => {
          const count = overview === null ? null : link.count(overview);
          return (
            <a key={link.view} href={routeTo(link.view)} {...(view === link.view ? { 'aria-current': 'page' as const } : {})}>
              {link.label}
              {count === null ? null : <span class="count">{count}</span>}
            </a>
          );
        })}
      </nav>
    </header>
  );
}
