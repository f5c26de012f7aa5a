/** The rows of the list of claims. */
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { ClaimColumn, ClaimOrder, ClaimView } from '../../../application/third-party-port';
import { formatCount } from '../../view-model/format';
import type { Slice } from '../../view-model/tables';
import { sliceOf, TableFrame, useScroll, type Column } from '../ui/table-frame';
import { keyOfClaim } from './use-chosen';
import { WHOLE, type ClaimsList } from './use-claims';

interface ClaimTableProps {
  readonly list: ClaimsList;
  readonly count: number;
  readonly columns: readonly Column<ClaimView, ClaimColumn>[];
  readonly order: ClaimOrder;
  readonly onSort: (key: ClaimColumn) => void;
  readonly printing: boolean;
}

export function ClaimTable({ list, count, columns, order, onSort, printing }: ClaimTableProps): VNode {
  const scroll = useScroll();
  const slice = sliceOf(count, scroll, printing && count <= WHOLE);
  const { look } = list;
  useEffect(() => look({ start: slice.start, end: slice.end }), [look, slice.start, slice.end]);
  return (
    <>
      {isWhole(list, slice, count) ? null : (
        <p class="print-only">
          Cette impression n’est pas complète : toutes les {formatCount(count)} parts de facture ne sont pas sur ce papier. Les totaux, eux,
          les comptent toutes. Resserrez les choix pour imprimer {formatCount(WHOLE)} parts au plus à la fois, ou exportez la liste.
        </p>
      )}
      <TableFrame
        caption="Ce que doivent les organismes"
        name="claims"
        columns={columns}
        count={count}
        slice={slice}
        rowAt={list.rowAt}
        idOf={keyOfClaim}
        sorting={order}
        onSort={onSort}
        box={scroll.box}
      />
    </>
  );
}

/** Every row is drawn and has come: what is printed is the list. */
function isWhole({ rowAt }: ClaimsList, { start, end }: Slice, count: number): boolean {
  if (start > 0 || end < count) return false;
  for (let rank = 0; rank < count; rank++) if (rowAt(rank) === undefined) return false;
  return true;
}
