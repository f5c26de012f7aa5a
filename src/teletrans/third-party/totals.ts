/** Adding up claims, and putting totals of the store together. Pure. */
import type { ClaimRow, Total } from '../store/third-party/port';
import { dueOf } from './ageing';

type Amounts = Pick<ClaimRow, 'expected' | 'paid' | 'adjusted'>;

export type { Total };

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

/** The total of totals. */
export function sumOf(totals: Iterable<Total>): Total {
  let sum = ZERO;
  for (const one of totals)
    sum = {
      count: sum.count + one.count,
      open: sum.open + one.open,
      expected: sum.expected + one.expected,
      paid: sum.paid + one.paid,
      adjusted: sum.adjusted + one.adjusted,
      due: sum.due + one.due,
    };
  return sum;
}
