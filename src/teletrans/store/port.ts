/**
 * Where everything the product must not lose is kept. Asynchronous, so that another engine can follow; every adapter passes `test/teletrans/store/contract.ts`.
 *
 * All changes happen in {@link Store.transaction}: when its promise resolves, they are on the disk (synchronous commit); when it rejects, nothing happened.
 * Bodies (invoices, lots, returns) are encrypted at rest; columns hold no NIR, no name and no act. `at` fields are ISO date-times in UTC.
 */
import type { WrittenB2Version } from '../domain/b2-version';
import type { Invoice, InvoiceKind, LocalDate, Marking, Securing, ThirdParty } from '../domain/invoice';
import type { Recipient } from '../domain/routing';
import type { FileState, LotState, PartState } from '../domain/states';
import type { ListedTables } from './listing/port';
import type { ThirdPartyTables } from './third-party/port';

export type { Recipient };

/** Why an invoice is held back: a code of the error catalogue and the values of its sentence (never patient data). */
export interface HeldReason {
  readonly code: string;
  readonly details: Readonly<Record<string, string | number>>;
}

/** What is known of an invoice without opening its body. */
export interface StoredInvoice {
  /** UUID, ours. */
  readonly id: string;
  /** The host's identifier (`Invoice.id`). */
  readonly hostId: string;
  readonly kind: InvoiceKind;
  readonly number: string;
  readonly billingNumber: string;
  readonly situation: string;
  readonly replacement: string | null;
  readonly marking: Marking;
  readonly securing: Securing;
  readonly thirdParty: ThirdParty;
  readonly completedOn: LocalDate;
  /** Last day of the legal delay. */
  readonly deadline: LocalDate;
  readonly linkedTo: string | null;
  /** Centimes. */
  readonly amounts: { readonly fees: number; readonly amo: number; readonly amc: number };
  /** Keyed hash of the canonical document: same id + same content is a duplicate. */
  readonly contentHash: string;
  /** Null where the invoice has no such part. */
  readonly amoState: PartState | null;
  readonly amcState: PartState | null;
  readonly held: HeldReason | null;
  /** Things noted on the invoice, each a code of the error catalogue with its values. */
  readonly notes: readonly HeldReason[];
  /** The lot the invoice is in, or was in last; null before. */
  readonly lotId: string | null;
  readonly receivedAt: string;
  /** When a file carrying it was first handed over. */
  readonly sentAt: string | null;
  /** When a positive ARL was received, whatever the state went on to. */
  readonly ackedAt: string | null;
}

export interface SealProof {
  /** SHA-256 of the sealed lot, hexadecimal. */
  readonly sha256: string;
  /** Signature by the card's key, base64. */
  readonly signature: string;
  /** PEM. */
  readonly certificate: string;
  readonly sealedAt: string;
}

export interface StoredLot {
  readonly id: string;
  readonly billingNumber: string;
  readonly situation: string;
  readonly replacement: string | null;
  readonly flow: InvoiceKind;
  readonly security: Securing;
  readonly marking: Marking;
  /** Criterion of homogeneity: work accident or not. */
  readonly insuranceGroup: string;
  readonly recipient: Recipient;
  /** By which it is sealed, whatever the profile says by then; a file holds lots of one alone. */
  readonly version: WrittenB2Version;
  /** 3 digits, 001-999. */
  readonly number: string;
  readonly lotDate: LocalDate;
  readonly state: LotState;
  readonly invoiceIds: readonly string[];
  /** Centimes. */
  readonly totals: { readonly fees: number; readonly amo: number; readonly amc: number };
  /** Of the sealed bytes; null before sealing. */
  readonly sha256: string | null;
  /** Number of 128-byte records; null before sealing. */
  readonly records: number | null;
  readonly proof: SealProof | null;
  readonly fileId: string | null;
  readonly createdAt: string;
  /** Last ARL result about this lot. */
  readonly ack: { readonly code: string; readonly label: string; readonly class: string; readonly at: string } | null;
}

export interface StoredFile {
  readonly id: string;
  readonly senderNumber: string;
  /** 6 digits. */
  readonly fileId: string;
  readonly fileDate: LocalDate;
  readonly flow: InvoiceKind;
  readonly marking: Marking;
  readonly recipient: Recipient;
  readonly lotIds: readonly string[];
  readonly invoices: number;
  readonly state: FileState;
  /** Of the B2 bytes; null until frozen, like the three that follow. */
  readonly sha256: string | null;
  readonly messageId: string | null;
  /** 19 digits. */
  readonly compostage: string;
  /** Envelope of the frozen message. */
  readonly envelope: { readonly from: string; readonly to: string } | null;
  readonly profile: string;
  readonly encrypted: boolean;
  readonly createdAt: string;
  readonly handedOverAt: string | null;
  /** For automatic tries: not before this time. */
  readonly nextTryAt: string | null;
  /** Why the last attempt failed: a code of the error catalogue and its values. */
  readonly failure: HeldReason | null;
}

export type SendPhase = 'started' | 'connected' | 'greeted' | 'envelope' | 'body' | 'dot-sent' | 'replied';

export interface StoredAttempt {
  readonly id: string;
  readonly fileId: string;
  /** 1 for the first. */
  readonly rank: number;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly phase: SendPhase;
  /** Null while open. */
  readonly outcome: 'HANDED_OVER' | 'TEMP_FAILED' | 'PERM_FAILED' | 'UNCERTAIN' | null;
  /** Text of the server's last reply. */
  readonly reply: string | null;
  /** Why it failed: a code of the error catalogue; null while open and when handed over. */
  readonly failure: string | null;
}

export type ReturnKind = 'ARL' | 'RSP' | 'DELIVERY_REPORT' | 'UNKNOWN';
/**
 * spooled: on disk, not yet read; applied; unmatched: understood, but of nothing we know; quarantined: not understood; filed: one of these two, put away by a person's
 * decision; duplicate: same bytes before.
 */
export type ReturnState = 'spooled' | 'applied' | 'unmatched' | 'quarantined' | 'filed' | 'duplicate';

/** A mail fetched from the practice's mailbox, kept as received. */
export interface StoredReturn {
  readonly id: string;
  readonly uidl: string;
  /** Of the mail's bytes. */
  readonly mailSha256: string;
  /** Of the file inside (ARL, RSP), when there is one. */
  readonly contentSha256: string | null;
  readonly kind: ReturnKind;
  readonly state: ReturnState;
  readonly receivedAt: string;
  /** Why it is unmatched or quarantined: a code of the error catalogue and its values. */
  readonly reason: HeldReason | null;
  /** The file it answers, once matched. */
  readonly fileId: string | null;
}

/** One line of the journal: every transition and every decision, written in the transaction that makes it. */
export interface JournalEntry {
  readonly at: string;
  /** `software`, `external`, or `person:<name of the role>`. */
  readonly actor: string;
  readonly entity: 'invoice' | 'lot' | 'file' | 'return' | 'card' | 'practice';
  readonly entityId: string;
  readonly event: string;
  readonly from: string | null;
  readonly to: string | null;
  /** Codes and numbers only. */
  readonly detail: Readonly<Record<string, string | number>>;
}

/** What a person may decide about sending and returns; each kind has its question in `addin/tables/decisions.json`. */
export const DECISION_KINDS = [
  'resend',
  'release-brake',
  'numbers-hold',
  'numbers-continue',
  'release-held',
  'attach-return',
  'file-return',
  'sheet-sent',
  'paper-duplicate',
] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];
/** After a restored backup: something may have been sent since, or nothing was. */
export type NumbersDecision = Extract<DecisionKind, 'numbers-hold' | 'numbers-continue'>;

/** A person's decision, kept whole as proof. Who, why and what was stated are encrypted at rest: people write what they like. */
export interface StoredDecision {
  readonly id: string;
  readonly at: string;
  readonly kind: DecisionKind;
  /** What it is about: the id of an invoice, a file or a return, or the name of what was stopped. */
  readonly entityId: string;
  /** Name the person gave. */
  readonly by: string;
  /** Why, in the person's words. */
  readonly reason: string;
  /** The consequences, as they were shown. */
  readonly stated: readonly string[];
}

/** Where a list goes on: after the row with this identifier, in order of creation; and how many rows at the most. */
export interface Page {
  readonly after?: string | null;
  readonly limit?: number;
}

export type ArchivedEntity = 'invoice' | 'lot' | 'file' | 'return';

/**
 * One purge and its archive. PLANNED: what goes is chosen, the archive is being written, the originals are whole; VERIFIED: the archive has been read back from the
 * disk and is whole, the originals are being removed; DONE: they are gone.
 */
export interface StoredArchive {
  /** `AAAA-MM-JJ-nnnn`: the day it was made, and its number. */
  readonly id: string;
  readonly state: 'PLANNED' | 'VERIFIED' | 'DONE';
  /** First and last day of completion of its invoices; null when it holds none. */
  readonly firstDay: LocalDate | null;
  readonly lastDay: LocalDate | null;
  readonly invoices: number;
  readonly lots: number;
  readonly files: number;
  readonly returns: number;
  /** SHA-256 of the archive's file as it lies on the disk, and its size in bytes; null while PLANNED. */
  readonly sha256: string | null;
  readonly bytes: number | null;
  /** `sha256` of the archive before this one; null for the first. */
  readonly previous: string | null;
  readonly createdAt: string;
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
  /** Claims, remittances and the ledger. */
  /** What people list, a stretch at a time. */
  readonly lists: ListedTables;
  readonly thirdParty: ThirdPartyTables;
  /** Small remembered choices (last practitioner, situation): names are ours, values JSON. */
  readonly settings: {
    get(name: string): Promise<string | null>;
    set(name: string, value: string): Promise<void>;
  };
}

export interface Store {
  /** Runs `work` alone among the writers of every process; commits when it resolves, rolls back when it rejects. Errors: STO-001…007. */
  transaction<T>(work: (session: StoreSession) => Promise<T>): Promise<T>;
  /** Runs `work` on one consistent snapshot; it must not write. */
  read<T>(work: (session: StoreSession) => Promise<T>): Promise<T>;
  /** Keyed hash of arbitrary text (HMAC-SHA-256 with a key of this store), hexadecimal: equal texts can be recognised, nothing can be guessed. */
  keyedHash(text: string): string;
  /** Someone will hand over invoices one by one and wait for each: what makes that quick is made ready once nobody waits. */
  expectHandOvers(): void;
  close(): Promise<void>;
}

/**
 * Frozen messages: the exact bytes that leave, one entry per file, written once (temporary file, flush, rename, flush of the folder), encrypted at rest.
 */
export interface FrozenMessages {
  /** Resolves when the bytes are on the disk. Replaces an entry that was never referred to by a frozen file. */
  write(fileId: string, bytes: Buffer): Promise<void>;
  read(fileId: string): Promise<Buffer>;
  exists(fileId: string): Promise<boolean>;
  remove(fileId: string): Promise<void>;
}

/** What an archive's file says of itself in clear; authenticated with all the rest. */
export interface ArchiveHeader {
  readonly id: string;
  /** SHA-256 of the file of the archive before this one; null for the first. */
  readonly previous: string | null;
}

/**
 * The files of the archives: compressed, encrypted in authenticated pieces, so that content of any size passes through little memory and a changed bit is found
 * wherever it lies.
 */
export interface ArchiveFiles {
  /** Resolves when the whole file is on the disk under its name. */
  write(header: ArchiveHeader, content: AsyncIterable<Uint8Array>): Promise<{ readonly sha256: string; readonly bytes: number }>;
  /** The content as it was written. Errors: ARC-020 as soon as anything is not what was written, or is missing. */
  read(id: string): AsyncIterable<Buffer>;
  /** The header, checked by reading the file's first piece. Errors: ARC-020. */
  header(id: string): Promise<ArchiveHeader>;
  /** SHA-256 of the file as it lies on the disk, hexadecimal; null when there is none. */
  fingerprint(id: string): Promise<string | null>;
  remove(id: string): Promise<void>;
  /** Identifiers of all archive files on the disk, sorted. */
  list(): Promise<readonly string[]>;
}

/** How far the journal and the numbers had gone, as files say it. */
export interface HighWaterMark {
  /** UUID of the practice. */
  readonly practice: string;
  /** Rank of the last journal entry, and its hash. */
  readonly journal: number;
  readonly tip: string;
  /** Attempts ever made. */
  readonly attempts: number;
  readonly counters: Readonly<Record<string, number>>;
  /** Last compostage; empty before the first. */
  readonly compostage: string;
}

/** These data were put in place from a backup; found where they lie. */
export interface Restoration {
  /** UUID of the backup's own file, or of the restoration. */
  readonly id: string;
  /** Marks of the data folder that was there before: how far it had gone. */
  readonly marks: readonly HighWaterMark[];
}

/** The copies of the high-water mark, outside the database. */
export interface HighWaterMarks {
  /** What says that these data come from a backup; null when nothing does. Errors: STO-006. */
  restoration(): Promise<Restoration | null>;
  /** Removes it once the database remembers it. Errors: STO-006. */
  forgetRestoration(): Promise<void>;
  inside(): Promise<HighWaterMark | null>;
  outside(practice: string): Promise<HighWaterMark | null>;
  /** Resolves when it is on the disk. Errors: STO-001, STO-006. */
  writeInside(mark: HighWaterMark): Promise<void>;
  /** The same, false when it could not be written. */
  writeOutside(mark: HighWaterMark): Promise<boolean>;
}

/** One program at a time transmits or collects; the lock ends with the process, however it ends. */
export interface TransmissionLock {
  /** Runs `work` under the lock, or throws TRA-018 at once when another holder has it. */
  hold<T>(work: () => Promise<T>): Promise<T>;
}
