/** What is told before something is done, while it lasts, and of how it ended. */
import type { InvoiceKind } from '../domain/invoice';
import type { ReaderStatus, Situation } from '../reader/port';
import type { Explained, FileView } from './shown';

/** What would leave, before any code is asked. */
export interface Preflight {
  readonly practitioner: string;
  readonly situation: string | null;
  readonly payers: readonly {
    readonly label: string;
    readonly kind: InvoiceKind;
    readonly invoices: number;
    readonly amo: number;
    readonly amc: number;
  }[];
  readonly invoices: number;
  /** Files frozen earlier that leave without a code. */
  readonly waitingFiles: number;
  readonly held: readonly { readonly number: string; readonly reason: Explained }[];
  /** What the card that is open should seal and cannot, by reason: it stays to be sent. Empty while no card is open. */
  readonly unsealable: readonly { readonly invoices: number; readonly reason: Explained }[];
  /** Invoices of this practitioner that another person's card seals (a locum's): they stay in that person's queue. */
  readonly elsewhere: readonly {
    readonly signer: string;
    readonly name: string | null;
    readonly invoices: number;
    readonly reason: Explained;
  }[];
  readonly late: number;
  readonly dueToday: number;
}

/** What examining the held invoices again gave. */
export interface RecheckReport {
  /** Those that are ready now. */
  readonly released: number;
  /** Those that are held still. */
  readonly held: number;
}

export interface ReturnsReport {
  readonly arl: { readonly positive: number; readonly negative: number };
  readonly rsp: number;
  readonly unmatched: number;
  readonly quarantined: number;
}

export interface TransmitReport {
  readonly result: 'sent' | 'nothing' | 'needs-card' | 'partial' | 'incident';
  readonly files: readonly FileView[];
  readonly held: readonly { readonly number: string; readonly code: string; readonly message: string }[];
  readonly returns: ReturnsReport;
  /** Why a card is needed, or what the incident is. */
  readonly reason: Explained | null;
}

/** One step of a transmission, for people: `done` of `total`. */
export interface Progress {
  readonly step: 'collecting' | 'checking' | 'grouping' | 'sealing' | 'freezing' | 'sending';
  readonly done: number;
  readonly total: number;
}

export interface TransmitChoice {
  /** Billing number; null: that of the card. */
  readonly practitioner: string | null;
  /** Null: every situation of the card. */
  readonly situation: string | null;
  /** A person chose the situation among several: it is proposed at the next transmission. */
  readonly chosen?: boolean;
}

/** A card whose code has been accepted; it is closed (and reset) by `closeCard`, after the transmission, after a short idle time, or when it is pulled out. */
export interface OpenCardView {
  readonly holderName: string;
  readonly situations: readonly Situation[];
  /** Set while the card is kept open for work nobody attends: ISO date-times in UTC. */
  readonly unattended: { readonly since: string; readonly until: string } | null;
}

/** Where a code porteur is given: in the window (or on standard input), or on the keypad of the reader. */
export type CodeEntry = 'window' | 'keypad';

/** What can be said of the reader and the card in it, ready to be shown. */
export interface CardReport {
  readonly status: ReaderStatus;
  /** The card whose code has been accepted, null when there is none any more. */
  readonly opened: OpenCardView | null;
  /** Where a code is being presented now, null when none is. On the keypad it may last 30 s. */
  readonly presenting: CodeEntry | null;
  /** What stands in the way of the code, or what must be known before it: no reader, no card, another card, expired, last try, blocked. */
  readonly problem: Explained | null;
  /** The end of the card that comes near: 60, 30 or 7 days at the most. */
  readonly expiry: { readonly stage: 60 | 30 | 7; readonly notice: Explained } | null;
}

export interface ImportReport {
  readonly accepted: number;
  readonly held: number;
  readonly duplicates: number;
  readonly refused: readonly { readonly line: number; readonly id: string | null; readonly code: string; readonly message: string }[];
}
