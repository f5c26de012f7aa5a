/**
 * What the faces show of the day, ready to be shown: codes and numbers, with the sentences of the error catalogue. Dates are `AAAA-MM-JJ`, date-times ISO in UTC,
 * amounts centimes.
 */
import type { InvoiceKind, LocalDate } from '../domain/invoice';
import type { Sheet } from '../domain/paper-sheet';
import type { FileState, LotState, PartState } from '../domain/states';
import type { DecisionKind, ReturnKind, SendPhase, StoredAttempt } from '../store/port';

/** An error or reason ready to be shown. */
export interface Explained {
  readonly code: string;
  /** French sentence. */
  readonly message: string;
  /** French, what to do. */
  readonly action: string;
}

export interface InvoiceView {
  readonly id: string;
  readonly number: string;
  readonly kind: InvoiceKind;
  /** Billing number. */
  readonly practitioner: string;
  readonly situation: string;
  readonly state: PartState;
  readonly amo: PartState | null;
  readonly amc: PartState | null;
  readonly lot: string | null;
  readonly lotId: string | null;
  readonly fileId: string | null;
  readonly deadline: LocalDate;
  /** The legal date has passed and the invoice has not been sent. */
  readonly late: boolean;
  readonly completedOn: LocalDate;
  readonly fees: number;
  readonly amoAmount: number;
  readonly amcAmount: number;
  /** Label of the payer the invoice goes to, null while none is known. */
  readonly payer: string | null;
  readonly held: Explained | null;
  /** Held because another copy of the data may have sent it: a person may let it leave. */
  readonly releasable: boolean;
  /** The sheet of paper of a degraded invoice, or a paper duplicate: a person must send it and note it, or has; null when none is due. */
  readonly sheet: Sheet | null;
  readonly notes: readonly Explained[];
}

export interface LotView {
  readonly id: string;
  readonly number: string;
  readonly lotDate: LocalDate;
  readonly kind: InvoiceKind;
  readonly practitioner: string;
  readonly situation: string;
  readonly security: string;
  readonly payer: string;
  readonly invoices: readonly string[];
  readonly fees: number;
  readonly amo: number;
  readonly amc: number;
  readonly state: LotState;
  readonly fileId: string | null;
  readonly ack: { readonly code: string; readonly label: string; readonly at: string } | null;
  /** A person may release its invoices for a new lot (negative ARL whose code allows it). */
  readonly releasable: boolean;
}

export interface FileView {
  readonly id: string;
  /** 6 digits. */
  readonly fileId: string;
  readonly kind: InvoiceKind;
  /** Type and number of the recipient, as in B2 000: 26-41. */
  readonly recipient: string;
  readonly payer: string;
  readonly lots: readonly { readonly number: string; readonly invoices: readonly string[] }[];
  readonly sha256: string | null;
  readonly messageId: string | null;
  readonly state: FileState;
  readonly encrypted: boolean;
  readonly createdAt: string;
  readonly handedOverAt: string | null;
  readonly attempts: number;
  /** The attempts themselves, in order: how far each dialogue went. */
  readonly attemptList: readonly AttemptView[];
  readonly failure: Explained | null;
  readonly nextTryAt: string | null;
  /** It may have arrived and no ARL has come: a person may decide to send the same bytes again. */
  readonly resendable: boolean;
}

/** One connection that tried to hand a file over: how far the dialogue went and how it ended. */
export interface AttemptView {
  readonly rank: number;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly phase: SendPhase;
  /** Null while it runs. */
  readonly outcome: StoredAttempt['outcome'];
  /** Text of the server's last reply. */
  readonly reply: string | null;
}

/** A file an unmatched ARL may answer, with what agrees and what does not. */
export interface CandidateView {
  readonly fileId: string;
  /** 6 digits. */
  readonly number: string;
  readonly payer: string;
  readonly createdAt: string;
  readonly state: FileState;
  readonly fits: readonly { readonly label: string; readonly fits: boolean; readonly said: string; readonly ours: string }[];
}

/** A return that belongs to nothing we know, or a mail that could not be read: kept, shown, never deleted. */
export interface TrayView extends Explained {
  readonly id: string;
  readonly kind: ReturnKind;
  readonly state: 'unmatched' | 'quarantined';
  readonly receivedAt: string;
  /** The best first; empty for what is no ARL. */
  readonly candidates: readonly CandidateView[];
}

/** A return a person put away without attaching it. */
export interface FiledReturnView {
  readonly id: string;
  readonly kind: ReturnKind;
  readonly receivedAt: string;
  /** Why it was in the tray. */
  readonly message: string;
  readonly filedAt: string;
  /** Who put it away and why, in their words. */
  readonly by: string;
  readonly reason: string;
}

/** A question put to a person before a decision: the consequences, and what stands in its way now. */
export interface DecisionQuestion {
  readonly title: string;
  readonly lines: readonly string[];
  /** Word of the button that does it. */
  readonly action: string;
  /** Null: it can be decided now. */
  readonly refused: Explained | null;
}

/** What waits for one practitioner. */
export interface PractitionerView {
  readonly billingNumber: string;
  /** Null when `cabinet.json` does not name this number. */
  readonly name: string | null;
  readonly ready: number;
  readonly readyBySituation: readonly { readonly situation: string; readonly count: number }[];
  /** The situation chosen at the last transmission; null: all of them, or none chosen yet. */
  readonly lastSituation: string | null;
}

export interface Counts {
  readonly ready: number;
  readonly held: number;
  /** Unsent with the legal date passed. */
  readonly late: number;
  /** Unsent with the legal date today. */
  readonly dueToday: number;
  readonly sent: number;
  readonly uncertain: number;
  readonly acked: number;
  readonly refused: number;
}

/** The counts of what is not settled: cheap, however much was sent before. */
export type UnsettledCounts = Omit<Counts, 'acked'>;

/** What the badge tells. */
export interface PendingCounts extends UnsettledCounts {
  /** What stops sending, the first only; null when nothing does. */
  readonly stopped: Explained | null;
}

/** Sending is stopped until a person decides, or until the evidence says that it may go on. */
export interface StopView extends Explained {
  /** What the decision is about. */
  readonly id: string;
  /** The decisions that end it; one is enough. */
  readonly decisions: readonly DecisionKind[];
  /** ISO date-time. */
  readonly since: string;
}

export interface Overview {
  readonly mode: 'demo' | 'test' | 'reel';
  readonly now: string;
  readonly counts: Counts;
  readonly practitioners: readonly PractitionerView[];
  readonly invoices: readonly InvoiceView[];
  readonly lots: readonly LotView[];
  readonly files: readonly FileView[];
  readonly returns: { readonly unmatched: number; readonly quarantined: number };
  /** What stops sending; empty when nothing does. */
  readonly stops: readonly StopView[];
  /** Most pressing first: what the person should know or do. */
  readonly advice: readonly Explained[];
  /** A transmission or a collection is under way in this program. */
  readonly busy: boolean;
}

/** The day without its lists: cheap, however much was sent before. */
export interface Glance extends Omit<Overview, 'invoices' | 'lots' | 'files'> {
  /** Everything that is in no archive. */
  readonly totals: { readonly invoices: number; readonly lots: number; readonly files: number };
  /** Invoices whose ARL is still to come, and of them those it should have come for. */
  readonly awaited: number;
  readonly overdue: number;
  /** Sheets of paper that somebody must send. */
  readonly paper: number;
}

/** An invoice that stays until somebody does something, and why. */
export interface HeldView {
  readonly id: string;
  readonly number: string;
  readonly kind: InvoiceKind;
  /** Billing number. */
  readonly practitioner: string;
  readonly reason: Explained;
  /** The payer no table knows: the key of a fund, or the number of a complementary insurer; null for any other reason. */
  readonly payer: { readonly regime: string; readonly fund: string; readonly centre: string } | { readonly amc: string } | null;
}
