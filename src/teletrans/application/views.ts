/** From what is stored to what the faces show. Pure. */
import type { LocalDate } from '../domain/invoice';
import { UNSENT } from '../domain/invoice-groups';
import { sheetOf } from '../domain/paper-sheet';
import { deriveState, type PartState } from '../domain/states';
import { PERHAPS_SENT } from '../restore-guard/unsent';
import { mayHaveArrived } from '../sending/doubt';
import type { HeldReason, StoredAttempt, StoredFile, StoredInvoice, StoredLot } from '../store/port';
import type { Explained, FileView, InvoiceView, LotView } from './port';

type Explain = (reason: HeldReason) => Explained;

export function stateOf(invoice: StoredInvoice): PartState {
  return deriveState(invoice.amoState, invoice.amcState);
}

/** True when the legal date has passed and the invoice has not left. */
export function isLate(invoice: StoredInvoice, today: LocalDate): boolean {
  return UNSENT.has(stateOf(invoice)) && invoice.deadline < today;
}

export function invoiceView(
  invoice: StoredInvoice,
  lot: StoredLot | undefined,
  payer: string | null,
  today: LocalDate,
  explain: Explain,
): InvoiceView {
  return {
    id: invoice.id,
    number: invoice.number,
    kind: invoice.kind,
    practitioner: invoice.billingNumber,
    situation: invoice.situation,
    state: stateOf(invoice),
    amo: invoice.amoState,
    amc: invoice.amcState,
    lot: lot?.number ?? null,
    lotId: lot?.id ?? null,
    fileId: lot?.fileId ?? null,
    deadline: invoice.deadline,
    late: isLate(invoice, today),
    completedOn: invoice.completedOn,
    fees: invoice.amounts.fees,
    amoAmount: invoice.amounts.amo,
    amcAmount: invoice.amounts.amc,
    payer: lot?.recipient.label ?? payer,
    held: invoice.held === null ? null : explain(invoice.held),
    releasable: invoice.held?.code === PERHAPS_SENT,
    sheet: sheetOf(invoice),
    notes: invoice.notes.map(explain),
  };
}

export function ackOf({ ack }: Pick<StoredLot, 'ack'>): LotView['ack'] {
  return ack === null ? null : { code: ack.code, label: ack.label, at: ack.at };
}

export function lotView(lot: StoredLot, numbers: ReadonlyMap<string, string>, releasable: boolean): LotView {
  return {
    id: lot.id,
    number: lot.number,
    lotDate: lot.lotDate,
    kind: lot.flow,
    practitioner: lot.billingNumber,
    situation: lot.situation,
    security: lot.security,
    payer: lot.recipient.label,
    invoices: lot.invoiceIds.map((id) => numbers.get(id) ?? '?'),
    fees: lot.totals.fees,
    amo: lot.totals.amo,
    amc: lot.totals.amc,
    state: lot.state,
    fileId: lot.fileId,
    ack: ackOf(lot),
    releasable,
  };
}

export function fileView(
  file: StoredFile,
  lots: readonly StoredLot[],
  numbers: ReadonlyMap<string, string>,
  attempts: readonly StoredAttempt[],
  explain: Explain,
): FileView {
  return {
    id: file.id,
    fileId: file.fileId,
    kind: file.flow,
    recipient: `${file.recipient.type}${file.recipient.number}`,
    payer: file.recipient.label,
    lots: lots.map((lot) => ({ number: lot.number, invoices: lot.invoiceIds.map((id) => numbers.get(id) ?? '?') })),
    sha256: file.sha256,
    messageId: file.messageId,
    state: file.state,
    encrypted: file.encrypted,
    createdAt: file.createdAt,
    handedOverAt: file.handedOverAt,
    attempts: attempts.length,
    attemptList: attempts.map(({ rank, startedAt, endedAt, phase, outcome, reply }) => ({
      rank,
      startedAt,
      endedAt,
      phase,
      outcome,
      reply,
    })),
    failure: file.failure === null ? null : explain(file.failure),
    nextTryAt: file.nextTryAt,
    resendable: mayHaveArrived(file.state),
  };
}
