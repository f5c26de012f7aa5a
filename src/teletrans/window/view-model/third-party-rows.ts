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

/** Centimes of an amount typed in euros (`12`, `12,3`, `-12.34`); null when it is none. */
export function centimesOf(typed: string): number | null {
  const [, sign = '', euros = '', cents = ''] =
    /^\s*([-−]?)\s*(\d{1,9})(?:[,.](\d{1,2}))?\s*€?\s*$/.exec(typed.replace(/[\u00a0\u202f](?=\d)/g, '')) ?? [];
  if (euros === '') return null;
  const amount = Number(euros) * 100 + Number(cents.padEnd(2, '0'));
  return sign === '' || amount === 0 ? amount : -amount;
}
