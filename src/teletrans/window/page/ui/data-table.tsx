/** A sortable table that draws only the rows in sight once they are many. */
import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { nextSorting, sortRows, visibleSlice, type Sorting, type SortValue } from '../../view-model/tables';

export interface Column<R, K extends string> {
  readonly key: K;
  readonly label: string;
  readonly align?: 'right';
  readonly cell: (row: R) => ComponentChildren;
  /** The cell that names the row. */
  readonly head?: boolean;
}

export interface DataTableProps<R, K extends string> {
  readonly caption: string;
  readonly name: string;
  readonly columns: readonly Column<R, K>[];
  readonly rows: readonly R[];
  readonly idOf: (row: R) => string;
  readonly sortValue: (row: R, key: K) => SortValue;
  readonly initial: Sorting<K>;
  readonly printing: boolean;
}

/** Up to here every row is drawn: searching in the page and reading by ear then see all of them. */
const DRAW_ALL = 150;
/** Height of a row in units of the root's letter size; the style sheet says the same. */
const ROW_REM = 3.25;

/** Where a scrolling box is, followed frame by frame. */
function useScroll(): { readonly box: { current: HTMLDivElement | null }; readonly top: number; readonly height: number } {
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

const SORT_WORDS = { asc: 'ascending', desc: 'descending' } as const;

export function DataTable<R, K extends string>(props: DataTableProps<R, K>): VNode {
  const { caption, name, columns, rows, idOf, sortValue, initial, printing } = props;
  const [sorting, setSorting] = useState(initial);
  const sorted = useMemo(() => sortRows(rows, sorting, sortValue), [rows, sorting, sortValue]);
  const { box, top, height } = useScroll();
  const all = printing || sorted.length <= DRAW_ALL;
  const slice = all ? { start: 0, end: sorted.length, before: 0, after: 0 } : visibleSlice(sorted.length, rowPixels(), top, height);
  const spacer = (pixels: number): VNode | null =>
    pixels === 0 ? null : (
      <tr class="spacer" aria-hidden="true" style={{ height: `${pixels}px` }}>
        <td colSpan={columns.length} />
      </tr>
    );
  return (
    <div class="table-box" ref={box} tabIndex={0} role="region" aria-label={caption}>
      <table class={`list list-${name}`} aria-rowcount={sorted.length + 1}>
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
                <button type="button" class="sort" onClick={() => setSorting((current) => nextSorting(current, column.key))}>
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
          {sorted.slice(slice.start, slice.end).map((row, index) => (
            <tr key={idOf(row)} aria-rowindex={slice.start + index + 2}>
              {columns.map((column) => cellOf(column, row))}
            </tr>
          ))}
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
