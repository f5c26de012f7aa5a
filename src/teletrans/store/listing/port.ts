/**
 * Invoices, lots and files as people list them: chosen, sorted and added up by the store, so that no list is ever read whole. What a purge has archived is in no list.
 * A list is the rows of some groups; which groups answer to a choice, and in which order, is for the caller to say. Columns hold no NIR, no name and no act.
 */
import type { InvoiceKind, LocalDate } from '../../domain/invoice';
import type { FileState, LotState, PartState } from '../../domain/states';

/** Names one row within the life of the store; given to nobody outside. */
export type RowHandle = number;

/** Rows that are shown in one state. */
export interface InvoiceGroup {
  readonly amoState: PartState | null;
  readonly amcState: PartState | null;
  /** The sheet of paper it owed was noted as sent. */
  readonly sheetSent: boolean;
}
export interface LotGroup {
  readonly state: LotState;
}
export interface FileGroup {
  readonly state: FileState;
}

/** How many rows a group has. */
export type Tally<G> = G & { readonly count: number };

/** A group that is wanted, with its place in a list sorted by group. */
export type Wanted<G> = G & {
  readonly place: number;
  /** Its dates press nobody: they come after the others' in a list sorted by date. */
  readonly stopped: boolean;
};

/** A word to be found in a row: in a number, a kind, or the name of one of these payers. Lower case. */
export interface SoughtWord {
  readonly word: string;
  readonly payers: ReadonlySet<PayerRank>;
}

/** Which rows a list takes: every member given must hold. */
export interface ListSelection<G> {
  readonly groups: readonly Wanted<G>[];
  readonly billingNumber?: string;
  /** Legal date before this day, or on it; invoices only. */
  readonly deadlineBefore?: LocalDate;
  readonly deadlineOn?: LocalDate;
  /** Each must be found. */
  readonly words?: readonly SoughtWord[];
}

export interface ListSort<K extends string> {
  readonly key: K;
  readonly descending: boolean;
  /** Billing numbers in the order of their names: what sorting by practitioner goes by. */
  readonly practitioners: readonly string[];
  /** Place of each payer in the order of their names: what sorting by payer goes by. */
  readonly payers: ReadonlyMap<PayerRank, number>;
}

export type InvoiceSortKey = 'number' | 'kind' | 'practitioner' | 'payer' | 'group' | 'deadline' | 'lot' | 'fees' | 'amo' | 'amc';
export type LotSortKey = 'number' | 'date' | 'kind' | 'practitioner' | 'payer' | 'count' | 'amo' | 'amc' | 'group' | 'file';
export type FileSortKey = 'number' | 'kind' | 'practitioner' | 'payer' | 'lots' | 'count' | 'group' | 'created' | 'attempts';

/** Rows and amounts (centimes) of a selection. */
export interface AmountSums {
  readonly count: number;
  readonly fees: number;
  readonly amo: number;
  readonly amc: number;
}
/** Files and the invoices they carry. */
export interface FileSums {
  readonly count: number;
  readonly invoices: number;
}

export interface ListTable<G, K extends string, S> {
  /** Every group that has rows. */
  groups(): Promise<readonly Tally<G>[]>;
  sums(selection: ListSelection<G>): Promise<S>;
  /**
   * The rows of a list, in its order; among equals, in order of creation. 8 bytes each, so that a list of any length may be kept.
   * @param limit only the first; the others need not be sorted then.
   */
  select(selection: ListSelection<G>, sort: ListSort<K>, limit?: number): Promise<Float64Array>;
  /** Identifiers of some of them, in the order given. */
  ids(handles: readonly RowHandle[]): Promise<readonly string[]>;
}

/** Names one payer of the lists; 0 for rows that have none. */
export type PayerRank = number;

/** What routing goes by where no lot has settled the recipient yet: `RoutingTables.recipientOf` needs nothing else. */
export interface RouteKey {
  readonly kind: InvoiceKind;
  readonly regime: string;
  readonly fund: string;
  readonly centre: string;
  /** Number of the complementary insurer; empty for none. */
  readonly insurer: string;
}

/** A payer the lists know: a recipient lots and files carry, or what will be routed when the invoice leaves. */
export interface ListedPayer {
  readonly rank: PayerRank;
  /** Label of the recipient; null where it is for the routing tables to say. */
  readonly label: string | null;
  readonly route: RouteKey | null;
}

/** What a row shows that its own table does not hold. */
export interface ListedTables {
  readonly invoices: ListTable<InvoiceGroup, InvoiceSortKey, AmountSums>;
  readonly lots: ListTable<LotGroup, LotSortKey, AmountSums>;
  readonly files: ListTable<FileGroup, FileSortKey, FileSums>;
  payers(): Promise<readonly ListedPayer[]>;
  /** The payer of an invoice; 0 for none. */
  payerOf(invoiceId: string): Promise<PayerRank>;
  /** The practitioner whose lots a file carries; null before it carries any. */
  senderOf(fileId: string): Promise<string | null>;
}
