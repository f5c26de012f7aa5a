/** What is kept, as the program knows it: columns hold no NIR, no name and no act, and `at` fields are ISO date-times in UTC. Bodies stand apart, encrypted. */
import type { WrittenB2Version } from '../domain/b2-version';
import type { InvoiceKind, LocalDate, Marking, Securing, ThirdParty } from '../domain/invoice';
import type { Recipient } from '../domain/routing';
import type { FileState, LotState, PartState } from '../domain/states';

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
  'paper-invoice',
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
