/** Invoices as rows of a list: words, dates and what to do, ready to be shown. */
import type { Explained, InvoiceView, Overview } from '../../application/port';
import { localDate } from '../../domain/clock';
import type { PartState } from '../../domain/states';
import { shownState, type Sheet, type ShownState } from '../../domain/paper-sheet';
import type { StateWord, StateWords } from '../state-words';
import { formatDate, practitionerName, shortNumber } from './format';
import { ackView, type AckView } from './lot-rows';
import { practitionerNames } from './practitioners';
import { UNSENT, stateInGroup, type InvoiceGroup } from '../../domain/invoice-groups';
import type { SortValue } from './tables';

export type DeadlineState = 'none' | 'ahead' | 'today' | 'late';

export interface InvoiceRow {
  readonly id: string;
  readonly number: string;
  readonly kind: 'FSE' | 'DRE';
  readonly billingNumber: string;
  readonly practitioner: string;
  readonly situation: string;
  readonly payer: string;
  readonly code: ShownState;
  readonly state: StateWord;
  /** States of the two parts when both exist and differ, else null. */
  readonly parts: { readonly amo: StateWord; readonly amc: StateWord } | null;
  /** What to do: the reason's own action when there is a reason. */
  readonly todo: string;
  readonly reason: Explained | null;
  /** Held after a restored backup: a person may let it leave. */
  readonly releasable: boolean;
  /** Degraded: its sheet of paper is owed, or was noted as sent. */
  readonly sheet: Sheet | null;
  /** The ARL of its lot, null before. */
  readonly ack: AckView | null;
  readonly notes: readonly Explained[];
  readonly completedOn: string;
  readonly deadline: string;
  readonly deadlineIso: string;
  readonly deadlineState: DeadlineState;
  /** What the colour and the shape of the deadline say, in words; empty when the date is enough. */
  readonly deadlineWord: string;
  readonly lot: string | null;
  /** Centimes. */
  readonly fees: number;
  readonly amo: number;
  readonly amc: number;
}

function deadlineState(invoice: InvoiceView, today: string): DeadlineState {
  if (!UNSENT.has(invoice.state)) return 'none';
  if (invoice.late) return 'late';
  return invoice.deadline === today ? 'today' : 'ahead';
}

const DEADLINE_WORDS: Readonly<Record<DeadlineState, string>> = { none: '', ahead: '', today: 'ce soir', late: 'en retard' };

export function invoiceRows(
  overview: Pick<Overview, 'invoices' | 'lots' | 'practitioners' | 'now'>,
  words: StateWords,
): readonly InvoiceRow[] {
  const names = practitionerNames(overview);
  const today = localDate(new Date(overview.now));
  const acks = new Map(overview.lots.map((lot) => [lot.id, ackView(lot.ack)]));
  return overview.invoices.map((invoice): InvoiceRow => {
    const shown = (state: PartState): ShownState => shownState(state, invoice.sheet);
    const state = words.invoice[shown(invoice.state)];
    const clock = deadlineState(invoice, today);
    const both = invoice.amo !== null && invoice.amc !== null && invoice.amo !== invoice.amc;
    return {
      id: invoice.id,
      number: shortNumber(invoice.number),
      kind: invoice.kind,
      billingNumber: invoice.practitioner,
      practitioner: names.get(invoice.practitioner) ?? practitionerName(null, invoice.practitioner),
      situation: invoice.situation,
      payer: invoice.payer ?? 'Organisme inconnu',
      code: shown(invoice.state),
      state,
      parts: both ? { amo: words.invoice[shown(invoice.amo)], amc: words.invoice[shown(invoice.amc)] } : null,
      todo: invoice.held === null ? (state.person ? state.todo : '') : invoice.held.action,
      reason: invoice.held,
      ack: acks.get(invoice.lotId ?? '') ?? null,
      releasable: invoice.releasable,
      sheet: invoice.sheet,
      notes: invoice.notes,
      completedOn: formatDate(invoice.completedOn),
      deadline: formatDate(invoice.deadline),
      deadlineIso: invoice.deadline,
      deadlineState: clock,
      deadlineWord: DEADLINE_WORDS[clock],
      lot: invoice.lot,
      fees: invoice.fees,
      amo: invoice.amoAmount,
      amc: invoice.amcAmount,
    };
  });
}

export interface InvoiceFilter {
  /** A state, a group of the summary, `person` (somebody should act), or null for all. */
  readonly state: ShownState | InvoiceGroup | 'person' | null;
  readonly billingNumber: string | null;
  /** Found in the number, the payer or the lot. */
  readonly text: string;
}

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase('fr');

const isGroup = (state: string): state is Exclude<InvoiceGroup, 'due' | 'late'> => /^[a-z]+$/.test(state);

function inGroup(row: InvoiceRow, state: InvoiceFilter['state']): boolean {
  if (state === null) return true;
  if (state === 'late') return row.deadlineState === 'late';
  if (state === 'due') return row.deadlineState === 'today';
  if (state === 'person') return row.state.person;
  return isGroup(state) ? stateInGroup(row.code === 'SHEET_SENT' ? 'NO_ACK_EXPECTED' : row.code, state) : row.code === state;
}

export function filterInvoices(rows: readonly InvoiceRow[], filter: InvoiceFilter): readonly InvoiceRow[] {
  const sought = folded(filter.text.trim());
  return rows.filter(
    (row) =>
      inGroup(row, filter.state) &&
      (filter.billingNumber === null || row.billingNumber === filter.billingNumber) &&
      (sought === '' || folded(`${row.number} ${row.payer} ${row.lot ?? ''} ${row.kind}`).includes(sought)),
  );
}

/** The choices of a state filter that some row answers to, with their number, in the order of their words. */
export function stateChoices<S extends string>(
  rows: readonly { readonly code: S; readonly state: StateWord }[],
): readonly { readonly state: S; readonly word: string; readonly count: number }[] {
  const counts = new Map<S, { word: string; count: number }>();
  for (const row of rows) {
    const entry = counts.get(row.code) ?? { word: row.state.word, count: 0 };
    entry.count += 1;
    counts.set(row.code, entry);
  }
  return [...counts].map(([state, { word, count }]) => ({ state, word, count })).sort((a, b) => a.word.localeCompare(b.word, 'fr'));
}

export type InvoiceColumn = 'number' | 'kind' | 'practitioner' | 'payer' | 'state' | 'deadline' | 'fees' | 'amo' | 'amc' | 'lot';

export function invoiceSortValue(row: InvoiceRow, column: InvoiceColumn): SortValue {
  if (column === 'state') return row.state.word;
  // The clock of what has left is stopped: it comes after what still has to leave.
  if (column === 'deadline') return row.deadlineState === 'none' ? `9 ${row.deadlineIso}` : `0 ${row.deadlineIso}`;
  if (column === 'number') return Number(row.number);
  return row[column];
}
