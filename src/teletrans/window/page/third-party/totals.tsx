import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Overview } from '../../../application/port';
import type { GroupView } from '../../../application/third-party-port';
import { formatDate, formatEuros } from '../../view-model/format';
import { practitionerNames } from '../../view-model/practitioners';
import type { SortValue } from '../../view-model/tables';
import { Problem } from '../ui/badge';
import { useRead } from '../ui/use-read';
import { DataTable, type Column } from '../ui/data-table';
import { readTotals } from './api';

type By = 'byMonth' | 'byDay' | 'byPayer' | 'byPractitioner';
type GroupColumn = 'key' | 'count' | 'expected' | 'paid' | 'adjusted' | 'due' | 'amo' | 'amc';

const GROUPINGS: readonly { readonly by: By; readonly label: string }[] = [
  { by: 'byMonth', label: 'Mois' },
  { by: 'byDay', label: 'Jour' },
  { by: 'byPayer', label: 'Organisme' },
  { by: 'byPractitioner', label: 'Praticien' },
];

const valueOf = (group: GroupView, key: GroupColumn): SortValue =>
  key === 'key' ? group.key : key === 'amo' || key === 'amc' ? group[key].due : group.all[key];

export interface TotalsTabProps {
  readonly overview: Pick<Overview, 'practitioners'>;
  readonly printing: boolean;
  /** Another value: the totals are read again. */
  readonly change: unknown;
}

/** Totals by month, day, payer and practitioner: each table adds up to the same line. */
export function TotalsTab({ overview, printing, change }: TotalsTabProps): VNode {
  const { value: view, failure } = useRead(readTotals, [change]);
  const [by, setBy] = useState<By>('byMonth');
  if (failure !== null) return <Problem problem={failure} />;
  if (view === null) return <p class="loading">Lecture…</p>;
  const names = practitionerNames(overview);
  const wordOf = (key: string): string =>
    by === 'byDay'
      ? formatDate(key)
      : by === 'byMonth'
        ? key.split('-').reverse().join('/')
        : by === 'byPractitioner'
          ? (names.get(key) ?? key)
          : key;
  const amount = (key: 'expected' | 'paid' | 'adjusted' | 'due', label: string): Column<GroupView, GroupColumn> => ({
    key,
    label,
    align: 'right',
    cell: (group) => formatEuros(group.all[key]),
  });
  const columns: readonly Column<GroupView, GroupColumn>[] = [
    { key: 'key', label: GROUPINGS.find((one) => one.by === by)?.label ?? '', head: true, cell: (group) => wordOf(group.key) },
    { key: 'count', label: 'Parts', align: 'right', cell: (group) => group.all.count },
    amount('expected', 'Attendu'),
    amount('paid', 'Payé'),
    amount('adjusted', 'Soldé à la main'),
    amount('due', 'Reste dû'),
    { key: 'amo', label: 'dont AMO', align: 'right', cell: (group) => formatEuros(group.amo.due) },
    { key: 'amc', label: 'dont AMC', align: 'right', cell: (group) => formatEuros(group.amc.due) },
  ];
  const { totals, money } = view;
  return (
    <>
      <div class="row">
        <div class="tabs" role="group" aria-label="Totaux par">
          {GROUPINGS.map((one) => (
            <button key={one.by} type="button" class="secondary" aria-pressed={by === one.by} onClick={() => setBy(one.by)}>
              {one.label}
            </button>
          ))}
        </div>
        <a class="secondary" href="/api/third-party/totals/csv" download>
          Totaux (CSV)
        </a>
      </div>
      <p role="status">
        Ensemble : attendu {formatEuros(totals.all.expected)}, payé {formatEuros(totals.all.paid)}, soldé à la main{' '}
        {formatEuros(totals.all.adjusted)}, reste dû {formatEuros(totals.all.due)} (AMO {formatEuros(totals.amo.due)}, AMC{' '}
        {formatEuros(totals.amc.due)}).
      </p>
      <p class="hint">
        Retours de paiement : {formatEuros(money.remittances)}, dont rapproché {formatEuros(money.matched)}, à rapprocher{' '}
        {formatEuros(money.open)}, écarté {formatEuros(money.setAside)}.{' '}
        {money.matched === totals.all.paid
          ? 'Ce qui est rapproché est ce qui est payé.'
          : `Ce qui est rapproché diffère de ce qui est payé (${formatEuros(money.matched - totals.all.paid)}) : signalez-le à l’assistance.`}
      </p>
      <DataTable
        key={by}
        caption="Totaux des tiers payants"
        name="totals-by"
        columns={columns}
        rows={view[by]}
        idOf={(group) => group.key}
        sortValue={valueOf}
        initial={{ key: 'key', direction: by === 'byDay' || by === 'byMonth' ? 'desc' : 'asc' }}
        printing={printing}
      />
    </>
  );
}
