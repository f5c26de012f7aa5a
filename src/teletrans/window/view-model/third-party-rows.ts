/** What a person may ask of the list of claims. Pure. */
import type { ClaimChoices } from '../../application/third-party-port';

export const EVERY_OPEN_CLAIM: ClaimChoices = {
  part: null,
  payer: null,
  practitioner: null,
  age: null,
  settlement: 'open',
  search: '',
};

/** The digits of a search, as many as an invoice number has: nothing else that was typed by mistake leaves the page. */
export const digitsOf = (typed: string): string => typed.replace(/\D/g, '').slice(0, 9);
