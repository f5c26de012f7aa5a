/** What every long list looks like: heads that sort, rows in sight, space for the others. */
import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { visibleSlice, type Slice, type Sorting } from '../../view-model/tables';

export interface Column<R, K extends string> {
  readonly key: K;
  readonly label: string;
  readonly align?: 'right';
  readonly cell: (row: R) => ComponentChildren;
  /** The cell that names the row. */
  readonly head?: boolean;
}

/** Up to here every row is drawn: searching in the page and reading by ear then see all of them. */
const DRAW_ALL = 150;
/** Height of a row in units of the root's letter size; the style sheet says the same. */
const ROW_REM = 3.25;

export interface Scroll {
  readonly box: { current: HTMLDivElement | null };
  readonly top: number;
  readonly height: number;
}

/** Where a scrolling box is, followed frame by frame. */
export function useScroll(): Scroll {
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ top: 0, height: 800 });
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    let frame = 0;
    const follow = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => setPlace({ top: element.scrollTop, height: element.clientHeight }));
    };
    const sizes = new ResizeObserver(follow);
    sizes.observe(element);
    element.addEventListener('scroll', follow, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      element.removeEventListener('scroll', follow);
    };
  }, []);
  return { box, ...place };
}

const rowPixels = (): number => ROW_REM * parseFloat(getComputedStyle(document.documentElement).fontSize);

/** The rows to draw of a list of `count`. */
export function sliceOf(count: number, { top, height }: Scroll, all: boolean): Slice {
  return all || count <= DRAW_ALL ? { start: 0, end: count, before: 0, after: 0 } : visibleSlice(count, rowPixels(), top, height);
}

const SORT_WORDS = { asc: 'ascending', desc: 'descending' } as const;

export interface TableFrameProps<R, K extends string> {
  readonly caption: string;
  readonly name: string;
  readonly columns: readonly Column<R, K>[];
  /** Rows of the whole list. */
  readonly count: number;
  readonly slice: Slice;
  /** Undefined: not here yet. */
  readonly rowAt: (rank: number) => R | undefined;
  readonly idOf: (row: R) => string;
  readonly sorting: Sorting<K>;
  readonly onSort: (key: K) => void;
  readonly box: Scroll['box'];
}

export function TableFrame<R, K extends string>(props: TableFrameProps<R, K>): VNode {
  const { caption, name, columns, count, slice, rowAt, idOf, sorting, onSort, box } = props;
  const spacer = (pixels: number): VNode | null =>
    pixels === 0 ? null : (
      <tr class="spacer" aria-hidden="true" style={{ height: `${pixels}px` }}>
        <td colSpan={columns.length} />
      </tr>
    );
  const ranks = Array.from({ length: slice.end - slice.start }, (_, index) => slice.start + index);
  return (
    <div class="table-box" ref={box} tabIndex={0} role="region" aria-label={caption}>
      <table class={`list list-${name}`} aria-rowcount={count + 1}>
        <caption class="unseen">{caption}</caption>
        <colgroup>
          {columns.map((column) => (
            <col key={column.key} class={`col-${column.key}`} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                class={column.align === 'right' ? 'right' : ''}
                aria-sort={sorting.key === column.key ? SORT_WORDS[sorting.direction] : 'none'}
              >
                <button type="button" class="sort" onClick={() => onSort(column.key)}>
                  {column.label}
                  <span class="sort-mark" aria-hidden="true">
                    {sorting.key === column.key ? (sorting.direction === 'asc' ? '▲' : '▼') : ''}
                  </span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {spacer(slice.before)}
          {ranks.map((rank) => {
            const row = rowAt(rank);
            return row === undefined ? (
              <tr key={`rank ${rank}`} aria-rowindex={rank + 2} aria-busy="true">
                <td colSpan={columns.length}>…</td>
              </tr>
            ) : (
              <tr key={idOf(row)} aria-rowindex={rank + 2}>
                {columns.map((column) => cellOf(column, row))}
              </tr>
            );
          })}
          {spacer(slice.after)}
        </tbody>
      </table>
    </div>
  );
}

function cellOf<R, K extends string>(column: Column<R, K>, row: R): VNode {
  const align = column.align === 'right' ? 'right' : '';
  return column.head === true ? (
    <th key={column.key} scope="row" class={align}>
      {column.cell(row)}
    </th>
  ) : (
    <td key={column.key} class={align}>
      {column.cell(row)}
    </td>
  );
}
