import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Overview } from '../../../application/port';
import type { ClaimView, ThirdPartyOverview, Total } from '../../../application/third-party-port';
import type { StateWords } from '../../state-words';
import { formatDate, formatEuros, plural, shortNumber } from '../../view-model/format';
import {
  chosenClaims,
  claimSortValue,
  distinct,
  EVERY_OPEN_CLAIM,
  totalsShown,
  type ClaimChoices,
  type ClaimColumn,
  type Settlement,
} from '../../view-model/third-party-rows';
import { PractitionerFilter } from '../lists/practitioner-filter';
import { Empty } from '../lists/toolbar';
import { Badge } from '../ui/badge';
import { DataTable, type Column } from '../ui/data-table';

export interface ClaimsProps {
  readonly day: ThirdPartyOverview;
  readonly overview: Pick<Overview, 'practitioners'>;
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

/** What is owed, part by part. */
export function Claims({ day, overview, words, printing, open }: ClaimsProps): VNode {
  const [choices, setChoices] = useState<ClaimChoices>(EVERY_OPEN_CLAIM);
  const rows = useMemo(() => chosenClaims(day.claims, choices), [day.claims, choices]);
  const totals = useMemo(() => totalsShown(rows), [rows]);
  const payers = useMemo(() => distinct(day.claims.map(({ payer }) => payer)), [day.claims]);
  const ages = useMemo(() => distinct(day.claims.map(({ ageClass }) => ageClass)), [day.claims]);
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
          values={payers}
          name={(payer) => payer}
          onChange={(payer) => change({ payer })}
        />
        <PractitionerFilter overview={overview} value={choices.practitioner} onChange={(practitioner) => change({ practitioner })} />
        <Choice
          label="Âge"
          all="Tous"
          value={choices.age}
          values={ages}
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
            onInput={(event) => change({ search: event.currentTarget.value })}
          />
        </label>
      </div>
      <Totals totals={totals} shown={rows.length} all={day.claims.length} />
      {rows.length === 0 ? (
        <Empty
          title={day.claims.length === 0 ? 'Aucune facture en tiers payant n’est partie.' : 'Aucune facture ne répond à ces choix.'}
          text={day.claims.length === 0 ? 'Elles apparaîtront ici dès leur envoi.' : 'Élargissez les choix.'}
        />
      ) : (
        <DataTable
          caption="Ce que doivent les organismes"
          name="claims"
          columns={columns}
          rows={rows}
          idOf={(row) => `${row.invoiceId} ${row.part}`}
          sortValue={claimSortValue}
          initial={{ key: 'age', direction: 'desc' }}
          printing={printing}
        />
      )}
    </>
  );
}

const partWord = (part: string): string => part.toUpperCase();

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

interface TotalsProps {
  readonly totals: Readonly<Record<'amo' | 'amc', Total>>;
  readonly shown: number;
  readonly all: number;
}

function Totals({ totals, shown, all }: TotalsProps): VNode {
  return (
    <table class="totals">
      <caption>
        <span role="status">
          {plural(shown, 'part')} de facture sur {all}
        </span>
      </caption>
      <thead>
        <tr>
          <th scope="col">Part</th>
          <th scope="col">Attendu</th>
          <th scope="col">Payé</th>
          <th scope="col">Soldé à la main</th>
          <th scope="col">Reste dû</th>
        </tr>
      </thead>
      <tbody>
        {(['amo', 'amc'] as const).map((part) => (
          <tr key={part}>
            <th scope="row">{partWord(part)}</th>
            <td>{formatEuros(totals[part].expected)}</td>
            <td>{formatEuros(totals[part].paid)}</td>
            <td>{formatEuros(totals[part].adjusted)}</td>
            <td>{formatEuros(totals[part].due)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function columnsOf(words: StateWords, open: (claim: ClaimView) => void): readonly Column<ClaimView, ClaimColumn>[] {
  return [
    {
      key: 'number',
      label: 'Facture',
      head: true,
      cell: (row) => (
        <button type="button" class="link" onClick={() => open(row)}>
          {shortNumber(row.number)}
          <span class="unseen"> {partWord(row.part)}, historique</span>
        </button>
      ),
    },
    { key: 'part', label: 'Part', cell: (row) => partWord(row.part) },
    {
      key: 'payer',
      label: 'Organisme',
      cell: (row) => (
        <span class="wrap" title={row.payer}>
          {row.payer}
        </span>
      ),
    },
    { key: 'date', label: 'Date', cell: (row) => formatDate(row.date) },
    { key: 'age', label: 'Âge', align: 'right', cell: (row) => `${row.age} j` },
    { key: 'expected', label: 'Attendu', align: 'right', cell: (row) => formatEuros(row.expected) },
    { key: 'paid', label: 'Payé', align: 'right', cell: (row) => formatEuros(row.paid) },
    { key: 'due', label: 'Reste dû', align: 'right', cell: (row) => formatEuros(row.due) },
    {
      key: 'state',
      label: 'État et suite',
      cell: (row) => (
        <>
          <Badge {...words.invoice[row.state]} />
          <span class="todo">{followUpOf(row)}</span>
        </>
      ),
    },
  ];
}

/** What is to be known or done besides the state. */
function followUpOf(row: ClaimView): string {
  return [
    row.lateDays === null ? '' : `Caisse : ${row.lateDays} jours ouvrés${row.penalty > 0 ? `, pénalité ${formatEuros(row.penalty)}` : ''}.`,
    row.remind ? 'À relancer.' : '',
    row.reminders > 0 ? plural(row.reminders, 'relance') : '',
    row.forclusionOn === null ? '' : `Forclusion le ${formatDate(row.forclusionOn)}.`,
    row.owner === null ? '' : `Suivi : ${row.owner}.`,
  ]
    .filter((text) => text !== '')
    .join(' ');
}
