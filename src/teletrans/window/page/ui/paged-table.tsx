/** A long list of which the page holds what is in sight: on the screen, and on paper. */
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Sorting } from '../../view-model/tables';
import { sliceOf, TableFrame, useScroll, type Column } from './table-frame';
import type { PagedList } from './use-paged-list';

/** Rows printed at the most; a longer list is not put on paper whole. */
export const MOST_PRINTED = 10_000;

export interface PagedTableProps<L, R, K extends string> {
  readonly caption: string;
  readonly name: string;
  readonly list: PagedList<L, unknown>;
  /** Rows of the whole list. */
  readonly count: number;
  readonly columns: readonly Column<R, K>[];
  /** From what the program gives to what the columns show. */
  readonly rowOf: (listed: L) => R;
  readonly idOf: (row: R) => string;
  readonly order: Sorting<K>;
  readonly onSort: (key: K) => void;
  readonly printing: boolean;
  /** Said on paper where the list is not there whole. */
  readonly partial: string;
}

export function PagedTable<L, R, K extends string>(props: PagedTableProps<L, R, K>): VNode {
  const { list, count, printing, partial, rowOf, order, ...frame } = props;
  const scroll = useScroll();
  const whole = count <= MOST_PRINTED && isHere(list, count);
  const slice = sliceOf(count, scroll, printing && whole);
  const { look } = list;
  useEffect(() => {
    // What the printer is shown is not what one looks at.
    if (!printing) look({ start: slice.start, end: slice.end });
  }, [look, printing, slice.start, slice.end]);
  return (
    <>
      {whole ? null : <p class="print-only">{partial}</p>}
      <TableFrame
        {...frame}
        count={count}
        slice={slice}
        rowAt={(rank) => {
          const listed = list.rowAt(rank);
          return listed === undefined ? undefined : rowOf(listed);
        }}
        sorting={order}
        box={scroll.box}
      />
    </>
  );
}

/** Every row has come. */
function isHere({ rowAt }: PagedList<unknown, unknown>, count: number): boolean {
  for (let rank = 0; rank < count; rank++) if (rowAt(rank) === undefined) return false;
  return true;
}
