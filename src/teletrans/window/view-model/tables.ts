/** Filtering, sorting and cutting lists of rows; nothing here knows what a row is. */

/** A value rows are sorted by; null comes last. */
export type SortValue = string | number | null;
export type Direction = 'asc' | 'desc';

export interface Sorting<K extends string> {
  readonly key: K;
  readonly direction: Direction;
}

const COLLATOR = new Intl.Collator('fr', { numeric: true, sensitivity: 'base' });

function compare(a: SortValue, b: SortValue, direction: Direction): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : COLLATOR.compare(String(a), String(b));
  return direction === 'asc' ? order : -order;
}

/** A sorted copy; rows that are equal keep their order. */
export function sortRows<R, K extends string>(rows: readonly R[], sorting: Sorting<K>, valueOf: (row: R, key: K) => SortValue): R[] {
  return rows
    .map((row) => ({ row, value: valueOf(row, sorting.key) }))
    .sort((a, b) => compare(a.value, b.value, sorting.direction))
    .map(({ row }) => row);
}

/** The sorting after a click on the head of column `key`: the other direction of the same column, else ascending. */
export function nextSorting<K extends string>(current: Sorting<K>, key: K): Sorting<K> {
  return { key, direction: current.key === key && current.direction === 'asc' ? 'desc' : 'asc' };
}

export interface Slice {
  /** First row to draw, 0-based, and the one after the last. */
  readonly start: number;
  readonly end: number;
  /** Pixels above and below the drawn rows. */
  readonly before: number;
  readonly after: number;
}

/** Rows drawn outside the visible part, so that the keyboard finds the next row before the eye does. */
const OVERSCAN = 12;

/** The rows to draw of `count` rows of `rowHeight` pixels in a view of `height` pixels scrolled by `top`. */
export function visibleSlice(count: number, rowHeight: number, top: number, height: number): Slice {
  const start = Math.min(Math.max(0, Math.floor(top / rowHeight) - OVERSCAN), Math.max(0, count - 1));
  const end = Math.min(count, Math.ceil((Math.max(0, top) + height) / rowHeight) + OVERSCAN);
  return { start, end: Math.max(start, end), before: start * rowHeight, after: Math.max(0, count - Math.max(start, end)) * rowHeight };
}
