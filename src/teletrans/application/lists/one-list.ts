/** One list of the day: from what a person chose to what the store chooses, and back to rows that can be shown. */
import type { LocalDate } from '../../domain/invoice';
import type { Store, StoreSession } from '../../store/port';
import type { ListSelection, ListSort, ListTable, PayerRank, Wanted } from '../../store/listing/port';
import { KeptLists, stretchOf, type KeptList } from './kept-lists';
import { payersWith, placesOf } from './payer-labels';
import { MOST_LISTED, type ListAsked, type ListChoices, type ListPage } from './port';
import { wordsOf } from './sought';

/** What all rows of one answer are made with. */
export interface ListFrame {
  readonly today: LocalDate;
  /** Billing numbers in the order of their names. */
  readonly practitioners: readonly string[];
  /** Names of payers, looked up once for an answer, where it needs them. */
  readonly labels: () => Promise<ReadonlyMap<PayerRank, string | null>>;
}

/** What makes a list one of invoices, of lots or of files. */
export interface ListKind<G, K extends string, Q extends string, S extends string, C extends ListChoices<S>, R, T> {
  readonly table: (session: StoreSession) => ListTable<G, K, T>;
  /** The state people are shown of a group's rows. */
  readonly stateOf: (group: G) => S;
  /** Its dates press nobody. */
  readonly stopped?: (group: G) => boolean;
  readonly sortKeys: Readonly<Record<Q, K>>;
  /** Chosen besides what every list can choose: groups that cannot answer, and days. */
  readonly possible?: (group: G, choices: C) => boolean;
  readonly narrow?: (choices: C, today: LocalDate) => Partial<ListSelection<G>>;
  /** One row to be shown; null when it is gone. */
  readonly row: (session: StoreSession, id: string, frame: ListFrame) => Promise<R | null>;
}

interface DayList<G, K extends string, S extends string, T> extends KeptList {
  readonly selection: ListSelection<G>;
  readonly sort: ListSort<K>;
  readonly facts: Pick<ListPage<never, S, T>, 'count' | 'all' | 'states' | 'totals'>;
}

export class OneList<
  G,
  K extends string,
  Q extends string,
  S extends string,
  C extends ListChoices<S>,
  R,
  T extends { readonly count: number },
> {
  private readonly kept = new KeptLists<DayList<G, K, S, T>>();

  constructor(
    private readonly store: Store,
    private readonly kind: ListKind<G, K, Q, S, C, R, T>,
  ) {}

  /** @param words see {@link ListDesk}. */
  async page(asked: ListAsked<C, Q>, words: readonly S[], frameOf: (session: StoreSession) => ListFrame): Promise<ListPage<R, S, T>> {
    return this.store.read(async (session) => {
      const frame = frameOf(session);
      const table = this.kind.table(session);
      const { from, choices, order } = asked;
      const { view, list, known } = await this.kept.take(asked.view, JSON.stringify([frame.today, choices, order]), () =>
        this.find(table, asked, words, frame),
      );
      const stretch = { from, count: Math.min(asked.count, MOST_LISTED), known };
      const handles = await stretchOf(list, stretch, (limit) => table.select(list.selection, list.sort, limit));
      const rows: R[] = [];
      for (const id of await table.ids(handles)) {
        const row = await this.kind.row(session, id, frame);
        if (row !== null) rows.push(row);
      }
      return { view, from, rows, ...list.facts };
    });
  }

  private async find(
    table: ListTable<G, K, T>,
    { choices, order }: ListAsked<C, Q>,
    words: readonly S[],
    frame: ListFrame,
  ): Promise<DayList<G, K, S, T>> {
    const { stateOf, stopped, sortKeys, possible, narrow } = this.kind;
    const groups = await table.groups();
    const counts = new Map<S, number>();
    for (const group of groups) counts.set(stateOf(group), (counts.get(stateOf(group)) ?? 0) + group.count);
    const wanted = groups
      .filter((group) => (choices.states?.includes(stateOf(group)) ?? true) && (possible?.(group, choices) ?? true))
      .map((group): Wanted<G> => ({ ...group, place: words.indexOf(stateOf(group)), stopped: stopped?.(group) ?? false }));
    const sought = wordsOf(choices.text);
    const key = sortKeys[order.key];
    const labels = sought.length > 0 || key === 'payer' ? await frame.labels() : new Map<PayerRank, null>();
    const selection: ListSelection<G> = {
      groups: wanted,
      ...(choices.practitioner === null ? {} : { billingNumber: choices.practitioner }),
      ...(sought.length === 0 ? {} : { words: sought.map((word) => ({ word, payers: payersWith(labels, word) })) }),
      ...narrow?.(choices, frame.today),
    };
    const totals = await table.sums(selection);
    return {
      asked: JSON.stringify([frame.today, choices, order]),
      selection,
      sort: {
        key,
        descending: order.direction === 'desc',
        practitioners: frame.practitioners,
        payers: key === 'payer' ? placesOf(labels) : new Map(),
      },
      facts: {
        count: totals.count,
        all: groups.reduce((sum, { count }) => sum + count, 0),
        states: [...counts].map(([state, count]) => ({ state, count })),
        totals,
      },
      handles: null,
    };
  }
}
