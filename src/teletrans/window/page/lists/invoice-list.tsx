import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Overview } from '../../../application/port';
import type { StateWords } from '../../state-words';
import { formatEuros, plural } from '../../view-model/format';
import { GROUP_LABELS } from '../../view-model/summary';
import {
  filterInvoices,
  invoiceRows,
  invoiceSortValue,
  stateChoices,
  type InvoiceColumn,
  type InvoiceFilter,
  type InvoiceRow,
} from '../../view-model/invoice-rows';
import { routeTo } from '../route';
import { Badge, Todo } from '../ui/badge';
import { noteSheetSent, releaseInvoice } from '../api';
import { PersonDecision } from '../ui/person-decision';
import { DataTable, type Column } from '../ui/data-table';
import { Icon } from '../ui/icon';
import { InvoiceDetails } from './invoice-details';
import { PractitionerFilter } from './practitioner-filter';
import { Empty, Toolbar } from './toolbar';

export interface InvoiceListProps {
  readonly overview: Overview;
  readonly words: StateWords;
  readonly printing: boolean;
  readonly refresh: () => Promise<unknown>;
  /** From the address; anything unknown means all. */
  readonly state: string | null;
}

const GROUPS = [{ group: 'person', label: 'À traiter par le cabinet' } as const, ...GROUP_LABELS];

/** What a person may decide about an invoice. */
const DECISIONS = { 'release-held': releaseInvoice, 'sheet-sent': noteSheetSent } as const;

function columns(show: (row: InvoiceRow) => void): readonly Column<InvoiceRow, InvoiceColumn>[] {
  return [
    {
      key: 'number',
      label: 'Facture',
      head: true,
      cell: (row) => (
        <button type="button" class="link" onClick={() => show(row)}>
          {row.number}
          <span class="unseen"> : voir le détail</span>
        </button>
      ),
    },
    { key: 'kind', label: 'Type', cell: (row) => row.kind },
    { key: 'practitioner', label: 'Praticien', cell: (row) => row.practitioner },
    {
      key: 'payer',
      label: 'Organisme',
      cell: (row) => (
        <span class="wrap" title={row.payer}>
          {row.payer}
        </span>
      ),
    },
    {
      key: 'state',
      label: 'État et suite',
      cell: (row) => (
        <>
          <Badge {...row.state} />
          <Todo text={row.code === 'NACKED' && row.ack !== null ? `${row.ack.short}. ${row.todo}` : row.todo} />
        </>
      ),
    },
    {
      key: 'deadline',
      label: 'Échéance',
      cell: (row) => (
        <>
          {row.deadline}
          {row.deadlineWord === '' ? null : (
            <span class={`under tone-${row.deadlineState === 'late' ? 'alert' : 'attention'}`}>
              <Icon shape="clock" />
              {row.deadlineWord}
            </span>
          )}
        </>
      ),
    },
    { key: 'lot', label: 'Lot', cell: (row) => row.lot ?? '–' },
    { key: 'fees', label: 'Montant', align: 'right', cell: (row) => formatEuros(row.fees) },
    { key: 'amo', label: 'Part AMO', align: 'right', cell: (row) => formatEuros(row.amo) },
    { key: 'amc', label: 'Part AMC', align: 'right', cell: (row) => formatEuros(row.amc) },
  ];
}

export function InvoiceList({ overview, words, printing, refresh, state }: InvoiceListProps): VNode {
  const rows = useMemo(() => invoiceRows(overview, words), [overview, words]);
  const states = useMemo(() => stateChoices(rows), [rows]);
  const [billingNumber, setBillingNumber] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [shownId, setShownId] = useState<string | null>(null);
  const [decided, setDecided] = useState<{ readonly kind: keyof typeof DECISIONS; readonly id: string } | null>(null);
  const known = GROUPS.some(({ group }) => group === state) || (state !== null && state in words.invoice);
  const chosen = known ? (state as InvoiceFilter['state']) : null;
  const filtered = useMemo(() => filterInvoices(rows, { state: chosen, billingNumber, text }), [rows, chosen, billingNumber, text]);
  const table = useMemo(() => columns((row) => setShownId(row.id)), []);
  const shown = shownId === null ? null : (rows.find((row) => row.id === shownId) ?? null);
  return (
    <section class="list-view" aria-labelledby="titre-liste">
      <Toolbar title="Factures" status={`${plural(filtered.length, 'facture')} sur ${rows.length}`}>
        <label>
          État
          <select
            value={chosen ?? ''}
            onChange={(event) =>
              (window.location.hash = routeTo('factures', (event.currentTarget.value || null) as InvoiceFilter['state']))
            }
          >
            <option value="">Tous</option>
            <optgroup label="D’un coup d’œil">
              {GROUPS.map(({ group, label }) => (
                <option key={group} value={group}>
                  {label}
                </option>
              ))}
            </optgroup>
            <optgroup label="Par état">
              {chosen !== null && chosen in words.invoice && !states.some((choice) => choice.state === chosen) ? (
                <option value={chosen}>{words.invoice[chosen as keyof StateWords['invoice']].word} (0)</option>
              ) : null}
              {states.map((choice) => (
                <option key={choice.state} value={choice.state}>
                  {choice.word} ({choice.count})
                </option>
              ))}
            </optgroup>
          </select>
        </label>
        <PractitionerFilter overview={overview} value={billingNumber} onChange={setBillingNumber} />
        <label>
          Recherche
          <input type="search" value={text} placeholder="numéro, organisme, lot" onInput={(event) => setText(event.currentTarget.value)} />
        </label>
      </Toolbar>
      {filtered.length === 0 ? (
        <Empty
          title={rows.length === 0 ? 'Aucune facture pour le moment.' : 'Aucune facture ne répond à ces choix.'}
          text={
            rows.length === 0
              ? 'Les factures terminées dans le logiciel de gestion arrivent ici d’elles-mêmes.'
              : 'Élargissez l’état, le praticien ou la recherche.'
          }
        />
      ) : (
        <DataTable
          caption="Liste des factures"
          name="invoices"
          columns={table}
          rows={filtered}
          idOf={(row) => row.id}
          sortValue={invoiceSortValue}
          initial={{ key: 'deadline', direction: 'asc' }}
          printing={printing}
        />
      )}
      {shown === null ? null : (
        <InvoiceDetails
          row={shown}
          onClose={() => setShownId(null)}
          onRelease={() => {
            setShownId(null);
            setDecided({ kind: 'release-held', id: shown.id });
          }}
          onSheetSent={() => {
            setShownId(null);
            setDecided({ kind: 'sheet-sent', id: shown.id });
          }}
        />
      )}
      {decided === null ? null : (
        <PersonDecision
          kind={decided.kind}
          id={decided.id}
          act={async (says) => {
            await DECISIONS[decided.kind](decided.id, says);
            await refresh();
          }}
          onClose={() => setDecided(null)}
        />
      )}
    </section>
  );
}
