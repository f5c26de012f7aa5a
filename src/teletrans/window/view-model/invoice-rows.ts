/** An invoice as a row of a list: words, dates and what to do, ready to be shown. */
import { UNKNOWN_PAYER, type ListedInvoice } from '../../application/lists/port';
import type { Explained, InvoiceView, Overview } from '../../application/port';
import { localDate } from '../../domain/clock';
import type { PartState } from '../../domain/states';
import { shownState, type Sheet, type ShownState } from '../../domain/paper-sheet';
import type { StateWord, StateWords } from '../state-words';
import { formatDate, practitionerName, shortNumber } from './format';
import { ackView, type AckView } from './lot-rows';
import { practitionerNames } from './practitioners';
import { UNSENT } from '../../domain/invoice-groups';

export type DeadlineState = 'none' | 'ahead' | 'today' | 'late';

export interface InvoiceRow {
  readonly id: string;
  readonly number: string;
  readonly kind: 'FSE' | 'DRE';
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
  readonly deadlineState: DeadlineState;
  /** What the colour and the shape of the deadline say, in words; empty when the date is enough. */
  readonly deadlineWord: string;
  readonly lot: string | null;
  readonly lotId: string | null;
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

/** Makes rows of one day. */
export function invoiceRowOf(day: Pick<Overview, 'practitioners' | 'now'>, words: StateWords): (invoice: ListedInvoice) => InvoiceRow {
  const names = practitionerNames(day);
  const today = localDate(new Date(day.now));
  return (invoice) => {
    const shown = (state: PartState): ShownState => shownState(state, invoice.sheet);
    const state = words.invoice[shown(invoice.state)];
    const clock = deadlineState(invoice, today);
    const both = invoice.amo !== null && invoice.amc !== null && invoice.amo !== invoice.amc;
    return {
      id: invoice.id,
      number: shortNumber(invoice.number),
      kind: invoice.kind,
      practitioner: names.get(invoice.practitioner) ?? practitionerName(null, invoice.practitioner),
      situation: invoice.situation,
      payer: invoice.payer ?? UNKNOWN_PAYER,
      code: shown(invoice.state),
      state,
      parts: both ? { amo: words.invoice[shown(invoice.amo)], amc: words.invoice[shown(invoice.amc)] } : null,
      todo: invoice.held === null ? (state.person ? state.todo : '') : invoice.held.action,
      reason: invoice.held,
      ack: ackView(invoice.ack),
      releasable: invoice.releasable,
      sheet: invoice.sheet,
      notes: invoice.notes,
      completedOn: formatDate(invoice.completedOn),
      deadline: formatDate(invoice.deadline),
      deadlineState: clock,
      deadlineWord: DEADLINE_WORDS[clock],
      lot: invoice.lot,
      lotId: invoice.lotId,
      fees: invoice.fees,
      amo: invoice.amoAmount,
      amc: invoice.amcAmount,
    };
  };
}
