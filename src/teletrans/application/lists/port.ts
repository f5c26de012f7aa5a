/** The lists of invoices, lots and files as the window asks for them: stretch by stretch, chosen, sorted and added up by the program. Amounts are centimes. */
import type { ShownState } from '../../domain/paper-sheet';
import type { FileState, LotState } from '../../domain/states';
import type { AmountSums, FileSums } from '../../store/listing/port';
import type { FileView, InvoiceView, LotView } from '../port';

/** Rows given at once. */
export const MOST_LISTED = 500;
/** Words looked for at once. */
export const MOST_WORDS = 8;

/** Shown where no table names the payer. */
export const UNKNOWN_PAYER = 'Organisme inconnu';

export type InvoiceColumn = 'number' | 'kind' | 'practitioner' | 'payer' | 'state' | 'deadline' | 'lot' | 'fees' | 'amo' | 'amc';
export type LotColumn = 'number' | 'date' | 'kind' | 'practitioner' | 'payer' | 'count' | 'amo' | 'amc' | 'state' | 'file';
export type FileColumn = 'number' | 'kind' | 'practitioner' | 'payer' | 'lots' | 'count' | 'state' | 'created' | 'attempts';

/** What a person chooses; what is left null takes all. */
export interface ListChoices<S> {
  /** Rows shown in one of these states. */
  readonly states: readonly S[] | null;
  /** Billing number. */
  readonly practitioner: string | null;
  /** Words, each found in a number, a kind, a lot or the payer's name, accents or not; empty for none. */
  readonly text: string;
}
export interface InvoiceChoices extends ListChoices<ShownState> {
  /** Not sent, and the legal date has passed, or is today. */
  readonly clock: 'late' | 'today' | null;
}

export interface ListOrder<K extends string> {
  readonly key: K;
  readonly direction: 'asc' | 'desc';
}

export interface ListAsked<C, K extends string> {
  readonly choices: C;
  readonly order: ListOrder<K>;
  /** Rank of the first row, from 0. */
  readonly from: number;
  /** At most {@link MOST_LISTED}. */
  readonly count: number;
  /** {@link ListPage.view} of an earlier answer, so that rows keep their ranks; null for the list as it is now. */
  readonly view: string | null;
}

export interface ListPage<R, S extends string, T> {
  /** Names the order of this list, kept for a while. */
  readonly view: string;
  readonly from: number;
  readonly rows: readonly R[];
  /** Rows of the whole list, as chosen. */
  readonly count: number;
  /** Rows of everything, whatever was chosen. */
  readonly all: number;
  /** The states there are among everything, with their rows. */
  readonly states: readonly { readonly state: S; readonly count: number }[];
  /** Of the whole list, as chosen. */
  readonly totals: T;
}

/** An invoice with the ARL of its lot. */
export interface ListedInvoice extends InvoiceView {
  readonly ack: LotView['ack'];
}
export interface ListedLot extends Omit<LotView, 'invoices'> {
  /** Invoices it holds. */
  readonly count: number;
  /** The 6 digits of its file; null before it is in one. */
  readonly fileNumber: string | null;
}
export interface ListedFile extends Omit<FileView, 'lots' | 'attemptList' | 'sha256' | 'messageId'> {
  /** Whose lots it carries. */
  readonly practitioner: string | null;
  /** Their numbers. */
  readonly lots: readonly string[];
  /** Invoices in them. */
  readonly count: number;
}

export type InvoicesAsked = ListAsked<InvoiceChoices, InvoiceColumn>;
export type LotsAsked = ListAsked<ListChoices<LotState>, LotColumn>;
export type FilesAsked = ListAsked<ListChoices<FileState>, FileColumn>;
export type InvoicesPage = ListPage<ListedInvoice, ShownState, AmountSums>;
export type LotsPage = ListPage<ListedLot, LotState, AmountSums>;
export type FilesPage = ListPage<ListedFile, FileState, FileSums>;

/** What the window lists. `words`: every state in the order of the words people see, which sorting by state goes by. */
export interface ListDesk {
  invoices(asked: InvoicesAsked, words: readonly ShownState[]): Promise<InvoicesPage>;
  lots(asked: LotsAsked, words: readonly LotState[]): Promise<LotsPage>;
  files(asked: FilesAsked, words: readonly FileState[]): Promise<FilesPage>;
  /** One invoice as its list shows it; null when there is none, or it is in an archive. */
  invoice(id: string): Promise<ListedInvoice | null>;
}
