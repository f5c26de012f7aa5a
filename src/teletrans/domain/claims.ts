/** What a payer owes for one part of an invoice: the claim. An invoice has an AMO claim, an AMC claim, or both, each with its own life. */
import type { Invoice } from './invoice';
import { awaitsNoPayment, partsOf } from './parts';

export type Part = 'amo' | 'amc';

/** One part of one invoice. */
export interface ClaimKey {
  readonly invoiceId: string;
  readonly part: Part;
}

export interface NewClaim {
  readonly part: Part;
  /** AMO: régime, fund and centre (9 digits); AMC: the insurer's number (9 digits); empty when the invoice names none. */
  readonly payer: string;
  /** Centimes the payer is asked to pay to the practice: 0 when the patient has advanced the money. */
  readonly expected: number;
}

/** The claims of an invoice. Pure. */
export function claimsOf(invoice: Pick<Invoice, 'kind' | 'thirdParty' | 'split' | 'amo' | 'amc' | 'totals'>): readonly NewClaim[] {
  const parts = partsOf(invoice);
  const { regime, fund, centre } = invoice.amo;
  const payers: Readonly<Record<Part, string>> = { amo: `${regime}${fund}${centre}`, amc: invoice.amc?.number ?? '' };
  return (['amo', 'amc'] as const)
    .filter((part) => parts[part])
    .map((part) => ({ part, payer: payers[part], expected: awaitsNoPayment(part, invoice.thirdParty) ? 0 : invoice.totals[part] }));
}
