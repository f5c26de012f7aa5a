import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Glance } from '../../../application/port';
import type { ClaimView, ThirdPartyOverview } from '../../../application/third-party-port';
import type { StateWords } from '../../state-words';
import { nextSorting } from '../../view-model/tables';
import { Empty } from '../lists/toolbar';
import { Problem } from '../ui/badge';
import { columnsOf } from './claim-columns';
import { ClaimExport } from './claim-export';
import { ClaimFilters } from './claim-filters';
import { ClaimTable } from './claim-table';
import { Totals } from './claim-totals';
import { useChosen } from './use-chosen';
import { useClaims, type ListAsked } from './use-claims';

export interface ClaimsProps {
  readonly day: ThirdPartyOverview;
  readonly overview: Pick<Glance, 'practitioners'>;
  readonly words: StateWords;
  readonly printing: boolean;
  readonly open: (claim: ClaimView) => void;
  readonly asked: ListAsked;
  readonly onAsk: (asked: ListAsked) => void;
}

/** What is owed, part by part. The program chooses, sorts and adds up; the page holds what is in sight. */
export function Claims({ day, overview, words, printing, open, asked, onAsk }: ClaimsProps): VNode {
  const { choices, order } = asked;
  const list = useClaims(choices, order, day);
  const chosen = useChosen(choices);
  const columns = useMemo(() => columnsOf(words, open, chosen), [words, open, chosen]);
  return (
    <>
      <ClaimFilters day={day} overview={overview} choices={choices} onChange={(next) => onAsk({ choices: next, order })} />
      <Problem problem={list.failure} />
      {list.found === null ? (
        <p class="loading">Lecture…</p>
      ) : (
        <>
          <div class="claims-head">
            <Totals totals={list.found.totals} shown={list.found.count} all={day.totals.all.count} searching={list.searching} />
            {list.found.count === 0 ? null : <ClaimExport asked={asked} count={list.found.count} chosen={chosen} />}
          </div>
          {list.found.count === 0 ? (
            <Empty
              title={day.totals.all.count === 0 ? 'Aucune facture en tiers payant n’est partie.' : 'Aucune facture ne répond à ces choix.'}
              text={day.totals.all.count === 0 ? 'Elles apparaîtront ici dès leur envoi.' : 'Élargissez les choix.'}
            />
          ) : (
            <ClaimTable
              list={list}
              count={list.found.count}
              columns={columns}
              order={order}
              onSort={(key) => onAsk({ choices, order: nextSorting(order, key) })}
              printing={printing}
            />
          )}
        </>
      )}
    </>
  );
}
