/** Which ready invoices a card may seal (contract § 2; spec/cps-card.md): the practitioner's own, or a locum's by the number of the locum. Pure. */
import type { Situation } from '../reader/port';
import type { HeldReason, StoredInvoice } from '../store/port';

/** The number whose card seals the invoice: the locum's when there is one. */
export function signerOf(invoice: Pick<StoredInvoice, 'billingNumber' | 'replacement'>): string {
  return invoice.replacement ?? invoice.billingNumber;
}

export type Fit = 'seals' | 'other-card' | 'situation-missing' | 'no-right-to-sign-lots' | 'no-right-to-sign-invoices';

/**
 * @param chosen numéro logique of the situation d'exercice the person chose; null for all of the card.
 * @returns `other-card` for what waits for another card or another choice, the last three for what this card should seal and cannot.
 */
export function fitOf(
  invoice: Pick<StoredInvoice, 'billingNumber' | 'replacement' | 'situation'>,
  situations: readonly Situation[],
  chosen: string | null,
): Fit {
  const signer = signerOf(invoice);
  const own = situations.filter((situation) => situation.billingNumber === signer && situation.valid);
  if (own.length === 0) return 'other-card';
  // A locum's card numbers its own situations: the number on the invoice is the replaced practitioner's.
  const fitting = invoice.replacement === null ? own.filter((situation) => situation.number === invoice.situation) : own;
  if (chosen !== null && (invoice.replacement === null ? invoice.situation !== chosen : !fitting.some(({ number }) => number === chosen)))
    return 'other-card';
  if (fitting.length === 0) return 'situation-missing';
  // A lot carries the seal of each of its invoices and its own: both rights are needed, in one situation.
  if (fitting.some((situation) => situation.signsLot && situation.signsInvoice)) return 'seals';
  return fitting.some((situation) => situation.signsLot) ? 'no-right-to-sign-invoices' : 'no-right-to-sign-lots';
}

const MISFITS: Readonly<Partial<Record<Fit, string>>> = {
  'situation-missing': 'CPS-014',
  'no-right-to-sign-invoices': 'CPS-012',
  'no-right-to-sign-lots': 'CPS-011',
};

/** Why this card should seal the invoice and cannot; null when it can, or when another card is to seal it. */
export function misfitReason(fit: Fit): HeldReason | null {
  const code = MISFITS[fit];
  return code === undefined ? null : { code, details: {} };
}
