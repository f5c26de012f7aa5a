/**
 * What is kept of third-party payments: claims, the remittances that payers send (RSP), their lines, and the ledger. The ledger is append-only; every balance is a sum
 * over it. Amounts are centimes. Columns hold no NIR, no name and no act: what payers or persons write freely is encrypted.
 */
import type { ClaimKey, Part } from '../../domain/claims';
import type { InvoiceKind, LocalDate } from '../../domain/invoice';
import type { PartState } from '../../domain/states';

/** Sums over the ledger of one claim: the same whatever the order in which its entries came. */
export interface ClaimSums {
  /** Payments less recoveries. */
  readonly paid: number;
  /** What a person has written off, or added. */
  readonly adjusted: number;
  /** Numbers of entries in force (an entry and its undo count for nothing). */
  readonly payments: number;
  readonly recoveries: number;
  readonly refusals: number;
  readonly deferrals: number;
  readonly closures: number;
}

export interface StoredClaim extends ClaimKey, ClaimSums {
  readonly payer: string;
  readonly expected: number;
  /** State of the part before the payer answered; null before any answer. */
  readonly baseState: PartState | null;
}

/** A claim with what a list shows of its invoice. */
export interface ClaimRow extends StoredClaim {
  readonly number: string;
  readonly kind: InvoiceKind;
  readonly billingNumber: string;
  readonly completedOn: LocalDate;
  readonly sentAt: string | null;
  readonly ackedAt: string | null;
  readonly state: PartState;
  /** Legal clock of a late payer: when the money in force last came; null when none did. */
  readonly paidOn: LocalDate | null;
  /** Who follows it; null for nobody. */
  readonly owner: string | null;
  /** When it was last followed up (note, reminder), null for never. */
  readonly followedAt: string | null;
  /** Number of reminders written. */
  readonly reminders: number;
  /** When the last of them was; null for none. */
  readonly remindedAt: string | null;
}

/** closure: settled by a person's decision; notice: said by the payer, no money. */
export type EntryKind = 'payment' | 'recovery' | 'refusal' | 'deferral' | 'notice' | 'adjustment' | 'closure';

export interface LedgerEntry extends ClaimKey {
  readonly id: string;
  readonly at: string;
  /** Day of the transfer, or of the decision. */
  readonly valueDate: LocalDate;
  readonly actor: string;
  /** Of the entry that is undone, when this one undoes. */
  readonly kind: EntryKind;
  /** Centimes: positive is money for the practice; an undo has the opposite of what it undoes. */
  readonly amount: number;
  /** The remittance line it comes from. */
  readonly lineId: number | null;
  /** The entry this one undoes. */
  readonly undoOf: string | null;
  /** Entries made by one act (a line booked by itself, a bulk validation) share it: they are undone together. */
  readonly batch: string;
  /** A person's reason. Encrypted. */
  readonly note: string | null;
}

export interface StoredTransfer {
  readonly date: LocalDate;
  readonly label: string;
  readonly payingBody: string | null;
}

/** One RSP that was booked. */
export interface StoredRemittance {
  /** That of the return it came in. */
  readonly id: string;
  readonly sha256: string;
  readonly senderType: string;
  readonly senderNumber: string;
  readonly fileId: string;
  readonly fileDate: LocalDate;
  readonly exchangeRef: string;
  /** Sum of its lines: what was transferred. */
  readonly total: number;
  /** What the file itself states; null when it does not. */
  readonly stated: number | null;
  readonly transfers: readonly StoredTransfer[];
  readonly lines: number;
  readonly bookedAt: string;
  /** French, what was odd in the file. */
  readonly warnings: readonly string[];
}

/** part: an answer about an invoice part; debt, lump: money of no invoice; difference: what closes the stated total. */
export type LineKind = 'part' | 'debt' | 'lump' | 'difference';
export type LineStatus = 'open' | 'matched' | 'set-aside';

/** Why a line could not be matched by itself: a key of `addin/tables/third-party.json`. */
export type OpenCause =
  | 'unknown-invoice'
  | 'no-practitioner'
  | 'other-lot'
  | 'other-kind'
  | 'no-such-part'
  | 'other-insurer'
  | 'not-sent'
  | 'no-payment-expected'
  | 'closed'
  | 'recycled'
  | 'no-invoice'
  | 'difference'
  | 'undone';

export interface LineRejection {
  readonly code: string;
  readonly refined: string | null;
  readonly label: string;
  readonly level: 'invoice' | 'line' | null;
  readonly line: number | null;
}

/** What a line says in words: encrypted. */
export interface LineDetail {
  readonly rejections: readonly LineRejection[];
  readonly comments: readonly string[];
  /** Code of a debt or lump sum. */
  readonly code: string | null;
  readonly reference: string | null;
}

export interface NewLine {
  readonly remittanceId: string;
  /** Of its entity in the file, counted from 1; 0 for a difference. */
  readonly record: number;
  readonly kind: LineKind;
  readonly part: Part | null;
  readonly billingNumber: string | null;
  readonly number: string | null;
  readonly lotNumber: string | null;
  readonly lotDate: LocalDate | null;
  /** Letter of 102: 30. */
  readonly docKind: string | null;
  /** 9 digits. */
  readonly amcNumber: string | null;
  readonly requested: number | null;
  /** Centimes; negative when money is taken back. */
  readonly amount: number;
  /** As `RspState`; null when it is no answer about a part. */
  readonly answer: string | null;
  /** Rank of its transfer, from 0; null for none. */
  readonly transfer: number | null;
  readonly status: LineStatus;
  readonly cause: OpenCause | null;
  readonly detail: LineDetail | null;
}

export interface StoredLine extends NewLine {
  readonly id: number;
  /** What a person said when they last decided about it; null when none did. */
  readonly said: string | null;
}

/** A note, a reminder or a change of owner. */
export interface FollowUp extends ClaimKey {
  readonly at: string;
  readonly actor: string;
  readonly kind: 'note' | 'owner' | 'reminder';
  /** The note, or the owner's name. Encrypted. */
  readonly text: string;
}

/** Claims whose payer is beyond a delay that ends before an instant. */
export interface OverdueClaims {
  readonly part: Part;
  /** Acknowledged at or after this instant; empty for no bound. */
  readonly from: string;
  /** Acknowledged before this instant. */
  readonly before: string;
}

/** Claims a reminder is due for. */
export interface RemindableClaims {
  readonly part: Part;
  /** Least amount due, centimes. */
  readonly minDue: number;
  /** Acknowledged (or sent, without an ARL) before this instant. */
  readonly before: string;
  /** Not reminded since this instant. */
  readonly remindedBefore: string;
}

/** Which claims a list takes: every member given must hold. Those of parts that no payer was asked to pay are never in it. */
export interface ClaimSelection {
  readonly part?: Part;
  /** Of these alone. */
  readonly keys?: readonly ClaimKey[];
  readonly payers?: readonly string[];
  readonly billingNumber?: string;
  /** Sent at or after this instant. */
  readonly sentFrom?: string;
  /** Sent before this instant. */
  readonly sentBefore?: string;
  /** Settled to the centime, or not. */
  readonly settled?: boolean;
  /** Any of these, with something due, in one of the states. */
  readonly overdue?: { readonly any: readonly OverdueClaims[]; readonly states: readonly PartState[] };
  readonly remindable?: { readonly any: readonly RemindableClaims[]; readonly states: readonly PartState[] };
  /** Digits an invoice's number contains. */
  readonly number?: string;
}

export type ClaimSortKey = 'number' | 'part' | 'payer' | 'date' | 'sent' | 'expected' | 'paid' | 'due' | 'state';

export interface ClaimSort {
  readonly key: ClaimSortKey;
  readonly descending: boolean;
  /** Every payer, in the order of their names: what sorting by payer goes by. */
  readonly payers?: readonly string[];
}

/** Sums over claims. */
export interface Total {
  /** Invoice parts. */
  readonly count: number;
  /** Those not settled to the centime. */
  readonly open: number;
  /** Centimes. */
  readonly expected: number;
  readonly paid: number;
  readonly adjusted: number;
  readonly due: number;
}

/** By what claims are added up: day of the invoice, payer, billing number. */
export type ClaimGrouping = 'day' | 'payer' | 'practitioner';

export interface GroupTotal extends Total {
  readonly key: string;
  readonly part: Part;
}

/** What the ledger booked in one month on listed claims, centimes. */
export interface MonthTotal {
  /** `AAAA-MM` of the days of the entries. */
  readonly month: string;
  readonly part: Part;
  /** Payments less recoveries. */
  readonly paid: number;
  readonly adjusted: number;
}

/** Names one claim within the life of the store; given to nobody outside. */
export type ClaimHandle = number;

/** Amounts of the lines of one remittance, by what became of them. */
export interface LineSums {
  readonly matched: number;
  readonly open: number;
  readonly setAside: number;
  /** It has a line that only closes the stated total. */
  readonly difference: boolean;
}

export interface LineTally {
  readonly count: number;
  /** Centimes. */
  readonly amount: number;
}

export interface ThirdPartyTables {
  readonly claims: {
    get(key: ClaimKey): Promise<StoredClaim | null>;
    /**
     * The claims of a list, in its order: 8 bytes each, so that a list of any length may be kept.
     * @param limit only the first; the others need not be sorted then.
     */
    select(selection: ClaimSelection, sort: ClaimSort, limit?: number): Promise<Float64Array>;
    /** Some of them, in the order given; one that is gone is left out. */
    rows(handles: readonly ClaimHandle[]): Promise<readonly ClaimRow[]>;
    /** AMO and AMC apart. */
    totals(selection?: ClaimSelection): Promise<Readonly<Record<Part, Total>>>;
    /** Those sent before the first of some instants, from each to the next, and from the last on: one more than there are instants, which ascend. */
    totalsBetween(instants: readonly string[]): Promise<readonly Readonly<Record<Part, Total>>[]>;
    /** The instant the first listed one was sent; null for none. */
    firstSent(): Promise<string | null>;
    /** In order of key and part. */
    totalsBy(grouping: ClaimGrouping, selection?: ClaimSelection): Promise<readonly GroupTotal[]>;
    /** Payers of listed claims. */
    payers(): Promise<readonly string[]>;
    /** Refused parts: how many, and the first of them, oldest first. */
    refused(limit: number): Promise<{ readonly count: number; readonly rows: readonly ClaimRow[] }>;
    /** Listed claims on which exactly so much is due, oldest first. */
    owing(due: number, part: Part | null, limit: number): Promise<readonly ClaimKey[]>;
    setBaseState(key: ClaimKey, state: PartState): Promise<void>;
  };
  readonly remittances: {
    insert(remittance: StoredRemittance): Promise<void>;
    get(id: string): Promise<StoredRemittance | null>;
    list(): Promise<readonly StoredRemittance[]>;
    byIdentity(senderType: string, senderNumber: string, fileId: string, fileDate: LocalDate): Promise<StoredRemittance | null>;
    bySha256(sha256: string): Promise<StoredRemittance | null>;
  };
  readonly lines: {
    /** @returns its identifier. */
    insert(line: NewLine): Promise<number>;
    get(id: number): Promise<StoredLine | null>;
    list(filter?: {
      readonly status?: LineStatus;
      readonly remittanceId?: string;
      readonly limit?: number;
    }): Promise<readonly StoredLine[]>;
    /** Number and amount of the lines of a status. */
    tally(status: LineStatus): Promise<LineTally>;
    /** By remittance. */
    sums(): Promise<ReadonlyMap<string, LineSums>>;
    /** @param said who decided and why: encrypted. */
    setStatus(id: number, status: LineStatus, cause: OpenCause | null, said?: string): Promise<void>;
    /** Open lines that name an invoice we have: it may have come, or left, since. */
    retriable(): Promise<readonly StoredLine[]>;
    /** Files that hold an invoice a payer has answered although, for us, it never left. */
    answeredFiles(): Promise<readonly string[]>;
    /** The refusals in force of a claim, newest first. */
    rejectionsOf(key: ClaimKey): Promise<readonly StoredLine[]>;
  };
  readonly ledger: {
    append(entry: LedgerEntry): Promise<void>;
    get(id: string): Promise<LedgerEntry | null>;
    /** True when another entry undoes it. */
    isUndone(id: string): Promise<boolean>;
    list(filter: { readonly claim?: ClaimKey; readonly lineId?: number; readonly batch?: string }): Promise<readonly LedgerEntry[]>;
    /** By month and part, in order: adds up to what is paid and adjusted of all listed claims. */
    monthly(): Promise<readonly MonthTotal[]>;
    /** Every entry of money (payments and recoveries), in order. */
    money(): Promise<readonly LedgerEntry[]>;
  };
  readonly followUps: {
    add(entry: FollowUp): Promise<void>;
    of(key: ClaimKey): Promise<readonly FollowUp[]>;
  };
}
