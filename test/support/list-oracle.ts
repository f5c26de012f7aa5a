/**
 * What the lists of the window must show, said again without a store: the whole day is in memory, chosen, sorted and added up row by row. The lists of the program are held
 * against it, and the window's tests are served from it.
 */
import type {
  FilesAsked,
  FilesPage,
  InvoicesAsked,
  InvoicesPage,
  ListAsked,
  ListChoices,
  ListedFile,
  ListedInvoice,
  ListedLot,
  ListPage,
  LotsAsked,
  LotsPage,
} from '../../src/teletrans/application/lists/port';
import type { Overview } from '../../src/teletrans/application/port';
import { UNSENT } from '../../src/teletrans/domain/invoice-groups';
import { shownState, type ShownState } from '../../src/teletrans/domain/paper-sheet';
import type { FileState, LotState } from '../../src/teletrans/domain/states';

export type Day = Pick<Overview, 'invoices' | 'lots' | 'files' | 'practitioners' | 'now'>;

type Value = string | number | null;

const COLLATOR = new Intl.Collator('fr', { numeric: true, sensitivity: 'base' });
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase('fr');

/** Null comes last both ways; equal rows keep their order. */
function sorted<R>(rows: readonly R[], valueOf: (row: R) => Value, descending: boolean): R[] {
  const compare = (a: Value, b: Value): number => {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : COLLATOR.compare(String(a), String(b));
    return descending ? -order : order;
  };
  return [...rows].sort((a, b) => compare(valueOf(a), valueOf(b)));
}

interface Oracle<R, S extends string, C extends ListChoices<S>, K extends string, T> {
  readonly all: readonly R[];
  readonly stateOf: (row: R) => S;
  readonly practitionerOf: (row: R) => string | null;
  /** Where a word may be found. */
  readonly texts: (row: R) => readonly string[];
  readonly also?: (row: R, choices: C) => boolean;
  readonly values: Readonly<Record<K, (row: R) => Value>>;
  readonly totals: (rows: readonly R[]) => T;
}

function pageOf<R, S extends string, C extends ListChoices<S>, K extends string, T>(
  { all, stateOf, practitionerOf, texts, also, values, totals }: Oracle<R, S, C, K, T>,
  { choices, order, from, count, view }: ListAsked<C, K>,
): ListPage<R, S, T> {
  const words = folded(choices.text)
    .split(/[\s,]+/u)
    .filter(Boolean)
    .slice(0, 8);
  const found = all.filter(
    (row) =>
      (choices.states === null || choices.states.includes(stateOf(row))) &&
      (choices.practitioner === null || practitionerOf(row) === choices.practitioner) &&
      words.every((word) => texts(row).some((text) => folded(text).includes(word))) &&
      (also?.(row, choices) ?? true),
  );
  const counts = new Map<S, number>();
  for (const row of all) counts.set(stateOf(row), (counts.get(stateOf(row)) ?? 0) + 1);
  return {
    view: view ?? '1',
    from,
    rows: sorted(found, values[order.key], order.direction === 'desc').slice(from, from + count),
    count: found.length,
    all: all.length,
    states: [...counts].map(([state, number]) => ({ state, count: number })),
    totals: totals(found),
  };
}

const sum = <R>(rows: readonly R[], pick: (row: R) => number): number => rows.reduce((total, row) => total + pick(row), 0);
const shortNumber = (number: string): string => number.replace(/^0+/, '');

/** Names of practitioners the practice knows; the others come after, by number. */
function namesOf({ practitioners }: Pick<Day, 'practitioners'>): (billingNumber: string | null) => string {
  const names = new Map(practitioners.map(({ billingNumber, name }) => [billingNumber, name]));
  return (billingNumber) => names.get(billingNumber ?? '') ?? `\u{10ffff}${billingNumber ?? ''}`;
}

export function invoicesOf(day: Day, asked: InvoicesAsked, words: readonly ShownState[]): InvoicesPage {
  const name = namesOf(day);
  const acks = new Map(day.lots.map((lot) => [lot.id, lot.ack]));
  const all = day.invoices.map((invoice): ListedInvoice => ({ ...invoice, ack: acks.get(invoice.lotId ?? '') ?? null }));
  const payer = (row: ListedInvoice): string => row.payer ?? 'Organisme inconnu';
  const today = day.now.slice(0, 10);
  return pageOf(
    {
      all,
      stateOf: (row): ShownState => shownState(row.state, row.sheet),
      practitionerOf: (row) => row.practitioner,
      texts: (row) => [shortNumber(row.number), payer(row), row.lot ?? '', row.kind],
      also: (row, { clock }) =>
        clock === null || (UNSENT.has(row.state) && (clock === 'late' ? row.late : !row.late && row.deadline === today)),
      values: {
        number: (row) => Number(row.number),
        kind: (row) => row.kind,
        practitioner: (row) => name(row.practitioner),
        payer,
        state: (row) => words.indexOf(shownState(row.state, row.sheet)),
        deadline: (row) => `${UNSENT.has(row.state) ? 0 : 9} ${row.deadline}`,
        lot: (row) => row.lot,
        fees: (row) => row.fees,
        amo: (row) => row.amoAmount,
        amc: (row) => row.amcAmount,
      },
      totals: (rows) => ({
        count: rows.length,
        fees: sum(rows, ({ fees }) => fees),
        amo: sum(rows, ({ amoAmount }) => amoAmount),
        amc: sum(rows, ({ amcAmount }) => amcAmount),
      }),
    },
    asked,
  );
}

export function lotsOf(day: Day, asked: LotsAsked, words: readonly LotState[]): LotsPage {
  const name = namesOf(day);
  const all = day.lots.map(({ invoices, ...lot }): ListedLot => {
    const file = day.files.find(({ id, fileId }) => id === lot.fileId || fileId === lot.fileId);
    return { ...lot, count: invoices.length, fileId: file?.id ?? lot.fileId, fileNumber: file?.fileId ?? null };
  });
  return pageOf(
    {
      all,
      stateOf: (row) => row.state,
      practitionerOf: (row) => row.practitioner,
      texts: (row) => [row.number, row.payer, row.kind],
      values: {
        number: (row) => row.number,
        date: (row) => row.lotDate,
        kind: (row) => row.kind,
        practitioner: (row) => name(row.practitioner),
        payer: (row) => row.payer,
        count: (row) => row.count,
        amo: (row) => row.amo,
        amc: (row) => row.amc,
        state: (row) => words.indexOf(row.state),
        file: (row) => row.fileNumber,
      },
      totals: (rows) => ({
        count: rows.length,
        fees: sum(rows, ({ fees }) => fees),
        amo: sum(rows, ({ amo }) => amo),
        amc: sum(rows, ({ amc }) => amc),
      }),
    },
    asked,
  );
}

export function filesOf(day: Day, asked: FilesAsked, words: readonly FileState[]): FilesPage {
  const name = namesOf(day);
  const owners = new Map(day.lots.map((lot) => [lot.fileId, lot.practitioner]));
  const all = day.files.map((file): ListedFile => ({
    id: file.id,
    fileId: file.fileId,
    kind: file.kind,
    recipient: file.recipient,
    payer: file.payer,
    state: file.state,
    encrypted: file.encrypted,
    createdAt: file.createdAt,
    handedOverAt: file.handedOverAt,
    attempts: file.attempts,
    failure: file.failure,
    nextTryAt: file.nextTryAt,
    resendable: file.resendable,
    practitioner: owners.get(file.id) ?? owners.get(file.fileId) ?? null,
    lots: file.lots.map(({ number }) => number),
    count: sum(file.lots, ({ invoices }) => invoices.length),
  }));
  return pageOf(
    {
      all,
      stateOf: (row) => row.state,
      practitionerOf: (row) => row.practitioner,
      texts: (row) => [row.fileId, row.payer, row.lots.join(', '), row.kind],
      values: {
        number: (row) => row.fileId,
        kind: (row) => row.kind,
        practitioner: (row) => name(row.practitioner),
        payer: (row) => row.payer,
        lots: (row) => row.lots.join(', '),
        count: (row) => row.count,
        state: (row) => words.indexOf(row.state),
        created: (row) => row.createdAt,
        attempts: (row) => row.attempts,
      },
      totals: (rows) => ({ count: rows.length, invoices: sum(rows, ({ count }) => count) }),
    },
    asked,
  );
}
