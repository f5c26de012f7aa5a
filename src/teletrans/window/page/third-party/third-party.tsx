import type { VNode } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Glance } from '../../../application/port';
import type { ClaimView, ThirdPartyOverview } from '../../../application/third-party-port';
import type { Part } from '../../../domain/claims';
import type { ApiError } from '../../protocol';
import type { StateWords } from '../../state-words';
import { EVERY_OPEN_CLAIM } from '../../view-model/third-party-rows';
import { ApiFailure } from '../api';
import { Problem } from '../ui/badge';
import { readThirdParty } from './api';
import { Charts } from './charts';
import { ClaimDialog } from './claim-dialog';
import { Claims } from './claims';
import { Rejections } from './rejections';
import { Remainder } from './remainder';
import { Reminders } from './reminders';
import { Remittances } from './remittances';
import { TotalsTab } from './totals';
import type { ListAsked } from './use-claims';

export interface ThirdPartyProps {
  readonly overview: Glance;
  readonly words: StateWords;
  readonly printing: boolean;
}

type Tab = 'claims' | 'remainder' | 'rejections' | 'reminders' | 'remittances' | 'totals' | 'charts';

const TABS: readonly { readonly tab: Tab; readonly label: string; readonly count: ((day: ThirdPartyOverview) => number) | null }[] = [
  { tab: 'claims', label: 'Ce qui est dû', count: (day) => day.totals.all.open },
  { tab: 'remainder', label: 'À rapprocher', count: (day) => day.openLines.count },
  { tab: 'rejections', label: 'Rejets', count: (day) => day.rejections.count },
  { tab: 'reminders', label: 'Relances', count: null },
  { tab: 'remittances', label: 'Retours de paiement', count: (day) => day.remittances.length + day.conflicts.length },
  { tab: 'totals', label: 'Totaux', count: null },
  { tab: 'charts', label: 'Graphiques', count: null },
];

const OLDEST_FIRST: ListAsked['order'] = { key: 'age', direction: 'desc' };

/** What was last asked of the list: somebody who reads the help and comes back finds it as it was. */
let lastAsked: ListAsked = { choices: EVERY_OPEN_CLAIM, order: OLDEST_FIRST };

/** Third-party payments: what is owed, what came, what is to be worked on. */
export function ThirdParty({ overview, words, printing }: ThirdPartyProps): VNode {
  const [day, setDay] = useState<ThirdPartyOverview | null>(null);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [tab, setTab] = useState<Tab>('claims');
  const [opened, setOpened] = useState<ClaimView | null>(null);
  const [asked, setAsked] = useState(lastAsked);
  const ask = (next: ListAsked): void => {
    lastAsked = next;
    setAsked(next);
  };
  const refresh = useCallback(async (): Promise<void> => {
    try {
      setDay(await readThirdParty());
      setFailure(null);
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      setFailure(error.explained);
    }
  }, []);
  const heading = useRef<HTMLHeadingElement>(null);
  /** From a bar to the list of what it stands for; the keyboard goes on from the head of the page. */
  const choose = (part: Part, age: string): void => {
    ask({ choices: { ...EVERY_OPEN_CLAIM, part, age }, order: OLDEST_FIRST });
    setTab('claims');
    heading.current?.focus();
  };
  // The day is read again whenever the program says that something has changed.
  useEffect(() => void refresh(), [refresh, overview]);
  if (day === null) return failure === null ? <p class="loading">Lecture des paiements…</p> : <Problem problem={failure} />;
  return (
    <section class="list-view third-party" aria-labelledby="titre-liste">
      <div class="toolbar">
        <h2 id="titre-liste" ref={heading} tabIndex={-1}>
          Tiers payants
        </h2>
        <div class="tabs" role="group" aria-label="Parties de cette vue">
          {TABS.map(({ tab: own, label, count }) => (
            <button key={own} type="button" class="secondary" aria-pressed={tab === own} onClick={() => setTab(own)}>
              {label} {count === null ? null : <span class="count">{count(day)}</span>}
            </button>
          ))}
        </div>
        <span class="grow" />
        <button type="button" class="secondary" onClick={() => window.print()}>
          Imprimer
        </button>
      </div>
      {tab === 'claims' ? (
        <Claims day={day} overview={overview} words={words} printing={printing} open={setOpened} asked={asked} onAsk={ask} />
      ) : null}
      {tab === 'remainder' ? <Remainder open={day.openLines} aside={day.asideLines} refresh={refresh} /> : null}
      {tab === 'rejections' ? <Rejections rejections={day.rejections} refresh={refresh} /> : null}
      {tab === 'reminders' ? <Reminders change={day} refresh={refresh} /> : null}
      {tab === 'totals' ? <TotalsTab overview={overview} printing={printing} change={day} /> : null}
      {tab === 'charts' ? <Charts change={day} onChoose={choose} /> : null}
      {tab === 'remittances' ? <Remittances day={day} printing={printing} refresh={refresh} /> : null}
      {opened === null ? null : <ClaimDialog claim={opened} refresh={refresh} onClose={() => setOpened(null)} />}
    </section>
  );
}
