import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Glance } from '../../../application/port';
import type {
  ClaimChoices,
  ClaimColumn,
  ClaimOrder,
  ClaimView,
  Settlement,
  ThirdPartyOverview,
} from '../../../application/third-party-port';
import type { StateWords } from '../../state-words';
import { nextSorting, type Slice } from '../../view-model/tables';
import { digitsOf, EVERY_OPEN_CLAIM } from '../../view-model/third-party-rows';
import { PractitionerFilter } from '../lists/practitioner-filter';
import { Empty } from '../lists/toolbar';
import { Notice } from '../ui/badge';
import { sliceOf, TableFrame, useScroll, type Column } from '../ui/table-frame';
import { columnsOf, partWord } from './claim-columns';
import { Totals } from './claim-totals';
import { useClaims, type ClaimsList } from './use-claims';

export interface ClaimsProps {
  readonly day: ThirdPartyOverview;
  readonly overview: Pick<Glance, 'practitioners'>;
  readonly words: StateWords;
  readonly printing: boolean;
  readonly open: (claim: ClaimView) => void;
}

const SETTLEMENTS: readonly { readonly value: Settlement; readonly label: string }[] = [
  { value: 'open', label: 'Non soldées' },
  { value: 'remind', label: 'À relancer' },
  { value: 'late', label: 'Caisse en retard' },
  { value: 'settled', label: 'Soldées' },
  { value: 'all', label: 'Toutes' },
];

const OLDEST_FIRST: ClaimOrder = { key: 'age', direction: 'desc' };

/** What is owed, part by part. The program chooses, sorts and adds up; the page holds what is in sight. */
export function Claims({ day, overview, words, printing, open }: ClaimsProps): VNode {
  const [choices, setChoices] = useState<ClaimChoices>(EVERY_OPEN_CLAIM);
  const [order, setOrder] = useState<ClaimOrder>(OLDEST_FIRST);
  const list = useClaims(choices, order, day);
  const columns = useMemo(() => columnsOf(words, open), [words, open]);
  const change = (part: Partial<ClaimChoices>): void => setChoices({ ...choices, ...part });
  return (
    <>
      <div class="filters">
        <Choice
          label="Part"
          all="AMO et AMC"
          value={choices.part}
          values={['amo', 'amc']}
          name={partWord}
          onChange={(part) => change({ part: part as ClaimChoices['part'] })}
        />
        <Choice
          label="Organisme"
          all="Tous"
          value={choices.payer}
          values={day.payers}
          name={(payer) => payer}
          onChange={(payer) => change({ payer })}
        />
        <PractitionerFilter overview={overview} value={choices.practitioner} onChange={(practitioner) => change({ practitioner })} />
        <Choice
          label="Âge"
          all="Tous"
          value={choices.age}
          values={day.ages}
          name={(age) => `${age} jours`}
          onChange={(age) => change({ age })}
        />
        <label>
          Montrer
          <select value={choices.settlement} onChange={(event) => change({ settlement: event.currentTarget.value as Settlement })}>
            {SETTLEMENTS.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label>
          Numéro de facture
          <input
            type="search"
            inputMode="numeric"
            value={choices.search}
            onInput={(event) => change({ search: digitsOf(event.currentTarget.value) })}
          />
        </label>
      </div>
      {list.failure === null ? null : (
        <Notice tone="alert" shape="cross" title={list.failure.message} text={list.failure.action} code={list.failure.code} role="alert" />
      )}
      {list.found === null ? (
        <p class="loading">Lecture…</p>
      ) : (
        <>
          <Totals totals={list.found.totals} shown={list.found.count} all={day.totals.all.count} searching={list.searching} />
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
              onSort={(key) => setOrder(nextSorting(order, key))}
              printing={printing}
            />
          )}
        </>
      )}
    </>
  );
}

interface ClaimTableProps {
  readonly list: ClaimsList;
  readonly count: number;
  readonly columns: readonly Column<ClaimView, ClaimColumn>[];
  readonly order: ClaimOrder;
  readonly onSort: (key: ClaimColumn) => void;
  readonly printing: boolean;
}

/** Printed on paper: more pages than anybody reads. */
const MOST_PRINTED = 1000;

function ClaimTable({ list, count, columns, order, onSort, printing }: ClaimTableProps): VNode {
  const scroll = useScroll();
  const slice = sliceOf(count, scroll, printing && count <= MOST_PRINTED);
  const { look } = list;
  useEffect(() => look({ start: slice.start, end: slice.end }), [look, slice.start, slice.end]);
  return (
    <>
      {isWhole(list, slice, count) ? null : (
        <p class="print-only">
          Cette impression n’est pas complète : toutes les {count} parts de facture ne sont pas sur ce papier. Les totaux, eux, les comptent
          toutes. Resserrez les choix pour imprimer moins de parts à la fois.
        </p>
      )}
      <TableFrame
        caption="Ce que doivent les organismes"
        name="claims"
        columns={columns}
        count={count}
        slice={slice}
        rowAt={list.rowAt}
        idOf={(row) => `${row.invoiceId} ${row.part}`}
        sorting={order}
        onSort={onSort}
        box={scroll.box}
      />
    </>
  );
}

/** Every row is drawn and has come: what is printed is the list. */
function isWhole({ rowAt }: ClaimsList, { start, end }: Slice, count: number): boolean {
  if (start > 0 || end < count) return false;
  for (let rank = 0; rank < count; rank++) if (rowAt(rank) === undefined) return false;
  return true;
}

interface ChoiceProps {
  readonly label: string;
  readonly all: string;
  readonly value: string | null;
  readonly values: readonly string[];
  readonly name: (value: string) => string;
  readonly onChange: (value: string | null) => void;
}

function Choice({ label, all, value, values, name, onChange }: ChoiceProps): VNode {
  return (
    <label>
      {label}
      <select value={value ?? ''} onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}>
        <option value="">{all}</option>
        {values.map((one) => (
          <option key={one} value={one}>
            {name(one)}
          </option>
        ))}
      </select>
    </label>
  );
}
