/** A sortable table that draws only the rows in sight once they are many. */
import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { nextSorting, sortRows, type Sorting, type SortValue } from '../../view-model/tables';
import { sliceOf, TableFrame, useScroll, type Column } from './table-frame';

export type { Column };

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

export function DataTable<R, K extends string>(props: DataTableProps<R, K>): VNode {
  const { caption, name, columns, rows, idOf, sortValue, initial, printing } = props;
  const [sorting, setSorting] = useState(initial);
  const sorted = useMemo(() => sortRows(rows, sorting, sortValue), [rows, sorting, sortValue]);
  const scroll = useScroll();
  return (
    <TableFrame
      caption={caption}
      name={name}
      columns={columns}
      count={sorted.length}
      slice={sliceOf(sorted.length, scroll, printing)}
      rowAt={(rank) => sorted[rank]}
      idOf={idOf}
      sorting={sorting}
      onSort={(key) => setSorting((current) => nextSorting(current, key))}
      box={scroll.box}
    />
  );
}
