/**
 * The sheet of paper an invoice owes its payer, a degraded one from the start and another whose electronic sending was given up, and what follows once a person has sent
 * it (spec/lots-and-files.md § 6.1 rows 14, 25, 39 and 40). Pure.
 */
import type { Invoice } from './invoice';
import { awaitsNoPayment, type PartStates } from './parts';
import { stepPart, type PartState } from './states';
import { undecidable } from './undecidable';

/** Code of the note that says the sheet was sent: where a payment is still awaited, the state stays and the note alone tells. */
export const SHEET_SENT = 'FAC-041';

/** owed: somebody must send it; sent: a person noted that it was, and a payment is awaited. */
export type Sheet = 'owed' | 'sent';

/** What people are shown of a part: its state, and SHEET_SENT for one whose sheet has gone. */
export type ShownState = PartState | 'SHEET_SENT';

/** A part that goes to its payer on paper. */
export const onPaper = (state: PartState | null): boolean => state === 'NO_ACK_EXPECTED' || state === 'PAPER_DUPLICATE';

/** Null: no part of the invoice awaits a sheet, or what follows one. */
export function sheetOf(invoice: PartStates & { readonly notes: readonly { readonly code: string }[] }): Sheet | null {
  if (!onPaper(invoice.amoState) && !onPaper(invoice.amcState)) return null;
  return invoice.notes.some(({ code }) => code === SHEET_SENT) ? 'sent' : 'owed';
}

export const shownState = (state: PartState, sheet: Sheet | null): ShownState =>
  onPaper(state) && sheet === 'sent' ? 'SHEET_SENT' : state;

/** The parts once the sheet is sent: closed when no payer owes anything for them; the others wait for their payment. Errors: DEC-002, DEC-003 when no sheet is owed. */
export function afterSheet(
  invoice: PartStates & { readonly notes: readonly { readonly code: string }[]; readonly thirdParty: Invoice['thirdParty'] },
): PartStates {
  const { amoState, amcState, thirdParty } = invoice;
  if (sheetOf(invoice) !== 'owed') throw undecidable(true);
  const close = (part: 'amo' | 'amc', state: PartState | null): PartState | null =>
    state !== null && onPaper(state) && awaitsNoPayment(part, thirdParty)
      ? stepPart(state, state === 'NO_ACK_EXPECTED' ? 'CLOSED_NO_RSP' : 'CLOSED_BY_PERSON')
      : state;
  return { amoState: close('amo', amoState), amcState: close('amc', amcState) };
}
