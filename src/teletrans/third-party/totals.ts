/** Totals of third-party payments. Every screen and every export adds up the same rows with this one function, so that they agree. Pure. */
import type { ClaimRow } from '../store/third-party/port';
import { dueOf } from './ageing';

export interface Total {
  /** Invoice parts. */
  readonly count: number;
  /** Those not settled to the centime. */
  readonly open: number;
  /** Centimes. */
  readonly expected: number;
  readonly paid: number;
  readonly adjusted: number;
  readonly due: number;
}

type Amounts = Pick<ClaimRow, 'expected' | 'paid' | 'adjusted'>;

const ZERO: Total = { count: 0, open: 0, expected: 0, paid: 0, adjusted: 0, due: 0 };

function plus(total: Total, row: Amounts): Total {
  const due = dueOf(row);
  return {
    count: total.count + 1,
    open: total.open + (due === 0 ? 0 : 1),
    expected: total.expected + row.expected,
    paid: total.paid + row.paid,
    adjusted: total.adjusted + row.adjusted,
    due: total.due + due,
  };
}

export function totalOf(rows: Iterable<Amounts>): Total {
  let total = ZERO;
  for (const row of rows) total = plus(total, row);
  return total;
}

/** One total a key, in order of the keys. */
export function totalsBy<R extends Amounts>(rows: readonly R[], keyOf: (row: R) => string): readonly (Total & { readonly key: string })[] {
  const totals = new Map<string, Total>();
  for (const row of rows) totals.set(keyOf(row), plus(totals.get(keyOf(row)) ?? ZERO, row));
  return [...totals].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([key, total]) => ({ key, ...total }));
}
