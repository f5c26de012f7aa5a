/** What may be read and written inside one transaction, table by table. */
import type { Invoice, LocalDate } from '../domain/invoice';
import type { FileState, LotState, PartState } from '../domain/states';
import type { ListedTables } from './listing/port';
import type {
  ArchivedEntity,
  JournalEntry,
  ReturnState,
  StoredArchive,
  StoredAttempt,
  StoredDecision,
  StoredFile,
  StoredInvoice,
  StoredLot,
  StoredReturn,
} from './records';
import type { ThirdPartyTables } from './third-party/port';

/** Where a list goes on: after the row with this identifier, in order of creation; and how many rows at the most. */
export interface Page {
  readonly after?: string | null;
  readonly limit?: number;
}

export interface InvoiceFilter extends Page {
  readonly amoState?: readonly PartState[];
  /** Invoices with at least one part in one of these states. */
  readonly anyState?: readonly PartState[];
  readonly billingNumber?: string;
  readonly lotId?: string;
  readonly number?: string;
  /** False: only those no purge has archived. */
  readonly archived?: false;
}

/** How many invoices have these states, and of them how many with a legal date before a day, or on it. */
export interface InvoiceCount {
  readonly amoState: PartState | null;
  readonly amcState: PartState | null;
  readonly count: number;
  readonly before: number;
  readonly on: number;
}

/** The changes one may ask of a stored invoice. */
export type InvoiceChange = Partial<Pick<StoredInvoice, 'amoState' | 'amcState' | 'held' | 'notes' | 'lotId' | 'sentAt' | 'ackedAt'>>;
export type LotChange = Partial<Pick<StoredLot, 'state' | 'sha256' | 'records' | 'proof' | 'fileId' | 'ack' | 'invoiceIds' | 'totals'>>;
export type FileChange = Partial<
  Pick<StoredFile, 'state' | 'sha256' | 'messageId' | 'envelope' | 'encrypted' | 'handedOverAt' | 'nextTryAt' | 'failure'>
>;
export type ReturnChange = Partial<Pick<StoredReturn, 'kind' | 'state' | 'contentSha256' | 'reason' | 'fileId'>>;

/** Reads and writes inside one transaction. Lists are in order of creation. */
export interface StoreSession {
  readonly invoices: {
    insert(invoice: StoredInvoice, body: Invoice): Promise<void>;
    get(id: string): Promise<StoredInvoice | null>;
    /** The document as received; decrypts. */
    body(id: string): Promise<Invoice>;
    byHostId(hostId: string): Promise<StoredInvoice | null>;
    byNumber(billingNumber: string, number: string): Promise<StoredInvoice | null>;
    /** Invoices of a practitioner that name this number in `linkedTo`. */
    linkedTo(billingNumber: string, number: string): Promise<readonly StoredInvoice[]>;
    list(filter?: InvoiceFilter): Promise<readonly StoredInvoice[]>;
    update(id: string, change: InvoiceChange): Promise<void>;
    /** Forgets the document for good: it is in an archive. What identifies the invoice stays, so that it can never be taken again. */
    dropBody(id: string): Promise<void>;
    /** Invoices ever taken. */
    count(): Promise<number>;
    /** Number of invoices by state of each part. */
    countByState(): Promise<readonly { readonly state: PartState; readonly part: 'amo' | 'amc'; readonly count: number }[]>;
    /** All that no purge has archived, counted in the same way. */
    countLiving(today: LocalDate): Promise<readonly InvoiceCount[]>;
    /** Invoices with at least one part in one of these states, counted by the states of both parts and by whether their legal date is past or `today`. */
    countUnsettled(anyState: readonly PartState[], today: LocalDate): Promise<readonly InvoiceCount[]>;
  };
  readonly lots: {
    insert(lot: StoredLot): Promise<void>;
    get(id: string): Promise<StoredLot | null>;
    list(
      filter?: Page & {
        readonly state?: readonly LotState[];
        readonly billingNumber?: string;
        readonly fileId?: string;
        /** False: only those no purge has archived. */
        readonly archived?: false;
      },
    ): Promise<readonly StoredLot[]>;
    /** Those no purge has archived. */
    count(): Promise<number>;
    /** Lots of a PS with this number and date: a return carries nothing else. */
    byNumber(billingNumber: string, number: string, lotDate: LocalDate): Promise<readonly StoredLot[]>;
    /** Lots whose last ARL result came at `since` or later. */
    answered(since: string, which: 'any' | 'not-positive'): Promise<readonly StoredLot[]>;
    update(id: string, change: LotChange): Promise<void>;
    /** Keeps the sealed bytes; with {@link LotChange} in the same transaction. */
    putBytes(id: string, bytes: Buffer): Promise<void>;
    bytes(id: string): Promise<Buffer | null>;
    /** Forgets the sealed bytes for good: they are in an archive. */
    dropBytes(id: string): Promise<void>;
    /** Numbers the reuse guard refuses for this PS: lot not terminal, or dated on or after `since`. */
    numbersInUse(billingNumber: string, since: LocalDate): Promise<ReadonlySet<string>>;
  };
  readonly files: {
    insert(file: StoredFile): Promise<void>;
    get(id: string): Promise<StoredFile | null>;
    list(
      filter?: Page & {
        readonly state?: readonly FileState[];
        /** False: only those no purge has archived. */
        readonly archived?: false;
      },
    ): Promise<readonly StoredFile[]>;
    /** Those no purge has archived. */
    count(): Promise<number>;
    byCompostage(compostage: string): Promise<StoredFile | null>;
    /** True while this id of the sender could be confused: a file of it is dated on or after `since`, or is not settled. */
    idInUse(senderNumber: string, fileId: string, since: LocalDate): Promise<boolean>;
    byIdentity(senderNumber: string, fileId: string, fileDate: LocalDate): Promise<readonly StoredFile[]>;
    update(id: string, change: FileChange): Promise<void>;
  };
  readonly attempts: {
    insert(attempt: StoredAttempt): Promise<void>;
    update(id: string, change: Partial<Pick<StoredAttempt, 'endedAt' | 'phase' | 'outcome' | 'reply' | 'failure'>>): Promise<void>;
    ofFile(fileId: string): Promise<readonly StoredAttempt[]>;
    /** Attempts that ended so, at `since` or later. */
    ended(outcome: NonNullable<StoredAttempt['outcome']>, since: string): Promise<readonly StoredAttempt[]>;
    open(): Promise<readonly StoredAttempt[]>;
    /** Attempts ever made. */
    count(): Promise<number>;
  };
  readonly returns: {
    /** Keeps the mail as received. */
    insert(entry: StoredReturn, mail: Buffer): Promise<void>;
    get(id: string): Promise<StoredReturn | null>;
    mail(id: string): Promise<Buffer>;
    /** Forgets the mail for good: it is in an archive. What recognises it again stays. */
    dropMail(id: string): Promise<void>;
    list(
      filter?: Page & {
        readonly state?: readonly ReturnState[];
        readonly fileId?: string;
      },
    ): Promise<readonly StoredReturn[]>;
    /** The first return with this content, not itself a duplicate. */
    byContent(contentSha256: string): Promise<StoredReturn | null>;
    byMail(uidl: string, mailSha256: string): Promise<StoredReturn | null>;
    update(id: string, change: ReturnChange): Promise<void>;
  };
  readonly archives: {
    insert(archive: StoredArchive): Promise<void>;
    update(id: string, change: Partial<Omit<StoredArchive, 'id' | 'createdAt'>>): Promise<void>;
    /** Forgets an archive that was never finished, and what was chosen for it. */
    remove(id: string): Promise<void>;
    /** In order of creation. */
    list(): Promise<readonly StoredArchive[]>;
    /** Puts things in an archive; a thing is in one archive at the most. */
    add(id: string, entity: ArchivedEntity, itemIds: readonly string[]): Promise<void>;
    /** Takes one thing out of an archive again. */
    takeOut(entity: ArchivedEntity, itemId: string): Promise<void>;
    /** What an archive holds, in order of creation. */
    items(id: string, entity: ArchivedEntity, page: Required<Page>): Promise<readonly string[]>;
    /** The archive a thing is in, null for none. */
    of(entity: ArchivedEntity, itemId: string): Promise<string | null>;
  };
  readonly counters: {
    /** Adds 1 and returns the new value; after `max` comes `min`. The first value is `min`. */
    next(scope: string, min: number, max: number): Promise<number>;
    value(scope: string): Promise<number | null>;
    /** Makes `value` the last one used: numbers are taken up after a restored backup. */
    set(scope: string, value: number): Promise<void>;
    /** Every counter, for the high-water copy. */
    all(): Promise<Readonly<Record<string, number>>>;
  };
  readonly journal: {
    append(entry: JournalEntry): Promise<void>;
    of(entity: JournalEntry['entity'], entityId: string): Promise<readonly JournalEntry[]>;
    last(count: number): Promise<readonly JournalEntry[]>;
    /** Rank of the last entry (0 when there is none) and its hash (SHA-256, hexadecimal; empty when there is none). */
    tip(): Promise<{ readonly length: number; readonly tip: string }>;
    /** Hash of the entry of this rank; null when there is none. */
    tipAt(rank: number): Promise<string | null>;
  };
  readonly decisions: {
    append(decision: StoredDecision): Promise<void>;
    of(entityId: string): Promise<readonly StoredDecision[]>;
  };
  /** What people list, a stretch at a time. */
  readonly lists: ListedTables;
  /** Claims, remittances and the ledger. */
  readonly thirdParty: ThirdPartyTables;
  /** Small remembered choices (last practitioner, situation): names are ours, values JSON. */
  readonly settings: {
    get(name: string): Promise<string | null>;
    set(name: string, value: string): Promise<void>;
  };
}
