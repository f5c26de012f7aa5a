/**
 * Lists of claims as people look at them: chosen, sorted and added up by the store, handed out stretch by stretch. The order of a list is kept while it is scrolled
 * (8 bytes a claim), for the last few lists only: memory does not grow with what is asked.
 */
import type { PracticeCalendar } from '../domain/calendar';
import type { Part } from '../domain/claims';
import { localDate, type Clock } from '../domain/clock';
import type { LocalDate } from '../domain/invoice';
import type { RoutingTables } from '../domain/routing';
import type { Store, StoreSession } from '../store/port';
import type { ClaimHandle, ClaimSelection, ClaimSort, ClaimSortKey, ThirdPartyTables, Total } from '../store/third-party/port';
import { AgeingOn } from '../third-party/ageing';
import type { ThirdPartyRules } from '../third-party/rules';
import { sumOf } from '../third-party/totals';
import { MOST_ROWS, type ClaimChoices, type ClaimColumn, type ClaimOrder, type ClaimsAsked, type ClaimsPage } from './third-party-port';
import type { ClaimsExportAsked, ClaimView, ThirdPartyDesk } from './third-party-port';
import { claimView, PayerNames } from './third-party-views';

export interface ListParts {
  readonly store: Store;
  readonly rules: ThirdPartyRules;
  readonly routes: RoutingTables;
  readonly calendar: PracticeCalendar;
  readonly clock: Clock;
}

/** What a day's views are made with. */
export interface Frame {
  readonly today: LocalDate;
  readonly names: PayerNames;
  readonly ageing: AgeingOn;
}

/** What is known of a list that is read from one end to the other. */
export interface WholeList {
  readonly totals: Readonly<Record<Part, Total>>;
  readonly today: LocalDate;
}

/** A list somebody looks at. */
interface KeptList {
  /** What was asked for. */
  readonly asked: string;
  readonly selection: ClaimSelection;
  readonly sort: ClaimSort;
  readonly totals: Readonly<Record<Part, Total>>;
  /** Its order, found when somebody goes beyond its first rows: a list is answered sooner without. */
  handles: Float64Array | null;
}

/** Several windows, or one person who goes back and forth. */
const KEPT_LISTS = 4;

const SORT_KEYS: Readonly<Record<ClaimColumn, ClaimSortKey>> = {
  number: 'number',
  part: 'part',
  payer: 'payer',
  date: 'date',
  age: 'sent',
  expected: 'expected',
  paid: 'paid',
  due: 'due',
  state: 'state',
};

export class ClaimLists {
  private readonly kept = new Map<string, KeptList>();
  private serial = 0;
  private ofToday: Frame | null = null;

  constructor(private readonly parts: ListParts) {}

  /** Kept for the day: names and working days are looked up once. */
  frame(): Frame {
    const { rules, calendar, routes, clock } = this.parts;
    const today = localDate(clock.now());
    if (this.ofToday?.today !== today)
      this.ofToday = { today, names: new PayerNames(routes, today), ageing: new AgeingOn(rules, calendar, today) };
    return this.ofToday;
  }

  /** See {@link ThirdPartyDesk.claims}. */
  async page({ choices, order, from, count, view }: ClaimsAsked): Promise<ClaimsPage> {
    const frame = this.frame();
    const asked = JSON.stringify([frame.today, choices, order]);
    return this.parts.store.read(async ({ thirdParty: { claims } }) => {
      const known = view === null ? undefined : this.kept.get(view);
      const [name, list] =
        view !== null && known?.asked === asked
          ? ([view, known] as const)
          : this.keep(await this.find(claims, frame, choices, order, asked));
      const end = from + Math.min(count, MOST_ROWS);
      if (list.handles === null && (from > 0 || name === view)) list.handles = await claims.select(list.selection, list.sort);
      const handles = list.handles ?? (await claims.select(list.selection, list.sort, end));
      return {
        view: name,
        from,
        rows: await this.views(claims, frame, Array.from(handles.subarray(from, end))),
        count: list.totals.amo.count + list.totals.amc.count,
        totals: list.totals,
      };
    });
  }

  /**
   * The whole of a list in its order, all of one snapshot, stretch by stretch: the next one is read once `take` has taken the one before.
   * @param chosen of these alone; null for all.
   */
  async whole(
    { choices, order, chosen }: Pick<ClaimsExportAsked, 'choices' | 'order' | 'chosen'>,
    begin: (list: WholeList) => Promise<void>,
    take: (rows: readonly ClaimView[]) => Promise<void>,
  ): Promise<WholeList> {
    const frame = this.frame();
    return this.parts.store.read(async ({ thirdParty: { claims } }) => {
      const { selection, sort } = await this.chosenBy(claims, frame, choices, order);
      const own = chosen === null ? selection : { ...selection, keys: chosen };
      const list = { totals: await claims.totals(own), today: frame.today };
      await begin(list);
      // Those chosen keep the order of the list they were chosen in, among equals too.
      const wanted = chosen === null ? null : new Set(await claims.select(own, sort));
      const handles = (await claims.select(selection, sort)).filter((handle) => wanted?.has(handle) ?? true);
      for (let from = 0; from < handles.length; from += MOST_ROWS)
        await take(await this.views(claims, frame, Array.from(handles.subarray(from, from + MOST_ROWS))));
      return list;
    });
  }

  /** Every claim a reminder is due for, those of one payer together, oldest first. */
  async remindable({ thirdParty: { claims } }: Pick<StoreSession, 'thirdParty'>): Promise<readonly ClaimView[]> {
    const frame = this.frame();
    const payers = frame.names.inOrder(await claims.payers());
    const found = await claims.select({ remindable: frame.ageing.remindable() }, { key: 'payer', descending: false, payers });
    return this.views(claims, frame, Array.from(found));
  }

  /** See {@link ThirdPartyDesk.owed}. */
  async owed(): ReturnType<ThirdPartyDesk['owed']> {
    const { names, ageing } = this.frame();
    return this.parts.store.read(async ({ thirdParty: { claims } }) => {
      const found = new Map<string, { readonly payer: string; readonly part: Part; readonly age: string; totals: Total[] }>();
      for (const age of ageing.labels)
        for (const { key, part, ...total } of await claims.totalsBy('payer', ageing.sentIn(age))) {
          // A payer may have several numbers and one name.
          const payer = names.of(key);
          const place = JSON.stringify([part, payer, age]);
          const row = found.get(place);
          if (row === undefined) found.set(place, { payer, part, age, totals: [total] });
          else row.totals.push(total);
        }
      const { amo, amc } = await claims.totals();
      const order = names.sorted([...found.values()].map(({ payer }) => payer));
      const rows = [...found.values()].map(({ totals, ...row }) => ({ ...row, ...sumOf(totals) }));
      rows.sort((a, b) => a.part.localeCompare(b.part) || order.indexOf(a.payer) - order.indexOf(b.payer));
      return { rows, totals: { all: sumOf([amo, amc]), amo, amc } };
    });
  }

  private async find(
    claims: ThirdPartyTables['claims'],
    frame: Frame,
    choices: ClaimChoices,
    order: ClaimOrder,
    asked: string,
  ): Promise<KeptList> {
    const { selection, sort } = await this.chosenBy(claims, frame, choices, order);
    return { asked, selection, sort, totals: await claims.totals(selection), handles: null };
  }

  private async chosenBy(
    claims: ThirdPartyTables['claims'],
    { names, ageing }: Frame,
    choices: ClaimChoices,
    { key, direction }: ClaimOrder,
  ): Promise<Pick<KeptList, 'selection' | 'sort'>> {
    const payers = choices.payer !== null || key === 'payer' ? await claims.payers() : [];
    const selection = selectionOf(choices, ageing, (name) => names.called(name, payers));
    // The oldest was sent first.
    const descending = (direction === 'desc') !== (key === 'age');
    const sort: ClaimSort = { key: SORT_KEYS[key], descending, ...(key === 'payer' ? { payers: names.inOrder(payers) } : {}) };
    return { selection, sort };
  }

  private keep(list: KeptList): readonly [string, KeptList] {
    const name = String((this.serial += 1));
    this.kept.set(name, list);
    for (const old of this.kept.keys()) if (this.kept.size > KEPT_LISTS) this.kept.delete(old);
    return [name, list];
  }

  private async views(claims: ThirdPartyTables['claims'], { names, ageing }: Frame, handles: readonly ClaimHandle[]): Promise<ClaimView[]> {
    return (await claims.rows(handles)).map((row) => claimView(row, ageing, names));
  }
}

/** From what a person chose to what the store chooses. Pure. */
function selectionOf(
  { part, payer, practitioner, age, settlement, search }: ClaimChoices,
  ageing: AgeingOn,
  payersCalled: (name: string) => readonly string[],
): ClaimSelection {
  return {
    ...(part === null ? {} : { part }),
    ...(payer === null ? {} : { payers: payersCalled(payer) }),
    ...(practitioner === null ? {} : { billingNumber: practitioner }),
    ...(age === null ? {} : ageing.sentIn(age)),
    ...(settlement === 'open' || settlement === 'settled' ? { settled: settlement === 'settled' } : {}),
    ...(settlement === 'late' ? { overdue: ageing.overdue() } : {}),
    ...(settlement === 'remind' ? { remindable: ageing.remindable() } : {}),
    ...(search === '' ? {} : { number: search }),
  };
}
