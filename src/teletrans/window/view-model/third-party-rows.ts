/** What payers owe, as rows of a list: choices, search, sorting, totals of what is shown. Pure. */
import type { ClaimView, Total } from '../../application/third-party-port';
import { totalOf } from '../../third-party/totals';
import type { SortValue } from './tables';

/** open: not settled to the centime; late: the AMO is beyond its legal delay; remind: a reminder is due. */
export type Settlement = 'open' | 'settled' | 'late' | 'remind' | 'all';

export interface ClaimChoices {
  readonly part: 'amo' | 'amc' | null;
  readonly payer: string | null;
  readonly practitioner: string | null;
  readonly age: string | null;
  readonly settlement: Settlement;
  /** Digits of an invoice number. */
  readonly search: string;
}

export const EVERY_OPEN_CLAIM: ClaimChoices = {
  part: null,
  payer: null,
  practitioner: null,
  age: null,
  settlement: 'open',
  search: '',
};

const SETTLED: Readonly<Record<Settlement, (claim: ClaimView) => boolean>> = {
  all: () => true,
  open: ({ due }) => due !== 0,
  settled: ({ due }) => due === 0,
  late: ({ lateDays, due }) => lateDays !== null && due > 0,
  remind: ({ remind }) => remind,
};

export function chosenClaims(claims: readonly ClaimView[], choices: ClaimChoices): readonly ClaimView[] {
  const { part, payer, practitioner, age, settlement } = choices;
  const digits = choices.search.replace(/\D/g, '');
  return claims.filter(
    (claim) =>
      (part === null || claim.part === part) &&
      (payer === null || claim.payer === payer) &&
      (practitioner === null || claim.practitioner === practitioner) &&
      (age === null || claim.ageClass === age) &&
      SETTLED[settlement](claim) &&
      (digits === '' || claim.number.includes(digits)),
  );
}

/** Totals of the rows shown, AMO and AMC apart. */
export function totalsShown(claims: readonly ClaimView[]): Readonly<Record<'amo' | 'amc', Total>> {
  return { amo: totalOf(claims.filter(({ part }) => part === 'amo')), amc: totalOf(claims.filter(({ part }) => part === 'amc')) };
}

/** Distinct values, in order. */
export const distinct = (values: readonly string[]): readonly string[] =>
  [...new Set(values)].sort((a, b) => a.localeCompare(b, 'fr', { numeric: true }));

export type ClaimColumn = 'number' | 'part' | 'payer' | 'date' | 'age' | 'expected' | 'paid' | 'due' | 'state';

export function claimSortValue(claim: ClaimView, column: ClaimColumn): SortValue {
  return claim[column];
}
