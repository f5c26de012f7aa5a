/** What the lists of invoices, lots and files have in common: filters above, what is shown and what it adds up to, rows, and the whole of it on paper. */
import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Glance } from '../../../application/port';
import { formatCount, plural } from '../../view-model/format';
import { nextSorting } from '../../view-model/tables';
import { Problem } from '../ui/badge';
import { MOST_PRINTED, PagedTable } from '../ui/paged-table';
import type { Column } from '../ui/table-frame';
import type { PagedList } from '../ui/use-paged-list';
import { PractitionerFilter } from './practitioner-filter';
import { SearchField } from './search-field';
import { Empty, Toolbar } from './toolbar';
import type { ListAsked } from './use-list-asked';

export interface DayListProps<L, R, K extends string> {
  readonly title: string;
  /** Of one row, in the singular. */
  readonly noun: string;
  /** `Liste des factures`. */
  readonly caption: string;
  readonly name: string;
  readonly list: PagedList<L, { readonly count: number; readonly all: number }>;
  /** What the list adds up to. */
  readonly sums: string;
  readonly columns: readonly Column<R, K>[];
  readonly rowOf: (listed: L) => R;
  readonly glance: Glance;
  readonly asked: ListAsked<K>;
  /** What may be searched for, in a few words. */
  readonly hint: string;
  readonly printing: boolean;
  /** Where there is nothing at all. */
  readonly nothing: { readonly title: string; readonly text: string };
  /** Where nothing answers to the choices. */
  readonly noneChosen: { readonly title: string; readonly text: string };
  /** The choice of a state, each list's own. */
  readonly children: ComponentChildren;
}

export function DayList<L, R extends { readonly id: string }, K extends string>(props: DayListProps<L, R, K>): VNode {
  const { title, noun, list, sums, glance, asked, hint, children } = props;
  const { found, failure } = list;
  const [preparing, setPreparing] = useState(false);
  const print = async (): Promise<void> => {
    setPreparing(true);
    try {
      await list.fetchWhole(MOST_PRINTED);
    } finally {
      setPreparing(false);
    }
    window.print();
  };
  return (
    <>
      <Toolbar
        title={title}
        status={found === null ? '' : `${plural(found.count, noun)} sur ${formatCount(found.all)}`}
        sums={found === null || found.count === 0 ? '' : sums}
        preparing={preparing}
        print={() => void print()}
      >
        {children}
        <PractitionerFilter overview={glance} value={asked.practitioner} onChange={asked.setPractitioner} />
        <SearchField value={asked.text} hint={hint} onChange={asked.setText} />
      </Toolbar>
      <Problem problem={failure} />
      {found === null ? (
        failure === null ? (
          <p class="loading">Lecture de la liste…</p>
        ) : null
      ) : (
        <Rows {...props} onSort={(key) => asked.setOrder(nextSorting(asked.order, key))} />
      )}
    </>
  );
}

function Rows<L, R extends { readonly id: string }, K extends string>(
  props: DayListProps<L, R, K> & { readonly onSort: (key: K) => void },
): VNode {
  const { caption, name, noun, list, columns, rowOf, asked, onSort, printing, nothing, noneChosen } = props;
  const { count = 0, all = 0 } = list.found ?? {};
  if (count === 0) return all === 0 ? <Empty {...nothing} /> : <Empty {...noneChosen} />;
  return (
    <PagedTable
      caption={caption}
      name={name}
      list={list}
      count={count}
      columns={columns}
      rowOf={rowOf}
      idOf={(row) => row.id}
      order={asked.order}
      onSort={onSort}
      printing={printing}
      partial={`Cette impression n’est pas complète : la liste compte ${plural(count, noun)}, toutes ne sont pas sur ce papier. Pour une liste entière, ${
        count > MOST_PRINTED ? `resserrez les choix (${formatCount(MOST_PRINTED)} lignes au plus), puis ` : ''
      }utilisez le bouton « Imprimer la liste ».`}
    />
  );
}
