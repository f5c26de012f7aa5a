/**
 * The application as its faces see it: the window, the standalone program and the add-in's commands all speak to {@link Teletrans} and to nothing below.
 * Dates are `AAAA-MM-JJ`, date-times ISO in UTC, amounts centimes. Views carry codes and numbers; sentences come from the error catalogue and the state words.
 */
import type { ThirdPartyDesk } from './third-party-port';
import type { InvoiceKind, LocalDate } from '../domain/invoice';
import type { Sheet } from '../domain/paper-sheet';
import type { FileState, LotState, PartState } from '../domain/states';
import type { ReaderStatus, Situation } from '../reader/port';
import type { DecisionKind, HeldReason, NumbersDecision, ReturnKind, SendPhase, StoredAttempt } from '../store/port';
import type { Cancellation } from './cancellation';
import type { PersonSays } from './decision-questions';

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

export interface Teletrans {
  overview(): Promise<Overview>;
  /** The same day without its lists. */
  glance(): Promise<Glance>;
  pendingCounts(): Promise<PendingCounts>;
  preflight(choice: TransmitChoice): Promise<Preflight>;
  readerStatus(): Promise<ReaderStatus>;
  /** The reader, the card and what is to be known of them; never rejects for a reader or a card that cannot be used. */
  cardReport(): Promise<CardReport>;
  /** Card files that may be put in a virtual reader; null when the reader is a real one. */
  virtualCards(): Promise<readonly { readonly file: string; readonly holderName: string }[] | null>;
  insertVirtualCard(file: string | null): Promise<void>;
  /**
   * Presents the code porteur once. `code` is wiped before the promise settles, whatever happens.
   * @param practitioner billing number chosen; a card known to be someone else's is refused before any try is spent (CPS-010).
   * Errors: CPS-…, LEC-… (VitaleError).
   */
  openCard(code: Buffer, lastTryConfirmed: boolean, practitioner?: string | null): Promise<OpenCardView>;
  /** The same with the code typed on the keypad of the reader, once, within 30 s. Errors: those of `openCard`, CPS-021, CPS-022, LEC-012. */
  openCardOnKeypad(lastTryConfirmed: boolean, practitioner?: string | null): Promise<OpenCardView>;
  /**
   * Keeps the opened card open for work nobody attends (the closing of the day), until the time is over, the card is taken out, or {@link closeCard}.
   * @param minutes 5 to 720. Errors: CPS-027 when no card is open.
   */
  keepCardOpen(minutes: number): OpenCardView;
  /** @param locked the workstation or the practice software was locked, not a person's choice here. */
  closeCard(locked?: boolean): Promise<void>;
  /** The card opened by {@link openCard}, null when there is none any more. */
  openedCard(): OpenCardView | null;
  /**
   * Collects returns first, then groups, seals, freezes and sends all that is ready.
   * Errors: TRA-018 when another program is at it, TRA-043 when it was cancelled: nothing was sealed and nothing left.
   */
  transmit(choice: TransmitChoice, onProgress: (progress: Progress) => void, cancellation?: Cancellation): Promise<TransmitReport>;
  /** The same for everybody, with the card of the unattended session and no other: without one, what needs a card stays and the answer is `needs-card`. */
  transmitUnattended(onProgress: (progress: Progress) => void): Promise<TransmitReport>;
  collect(onProgress: (progress: Progress) => void): Promise<ReturnsReport>;
  /**
   * Sends what may leave by itself: files frozen earlier and never tried, failed ones whose waiting time is over while their legal date is not.
   * Errors: TRA-018.
   */
  sendDue(): Promise<void>;
  /** Takes one invoice as the host hook would; resolves once it is on the disk. */
  take(document: unknown): Promise<'accepted' | 'held' | 'duplicate'>;
  /** Takes documents of an NDJSON text; a bad one never stops the others. */
  importLines(lines: AsyncIterable<string>, onProgress: (done: number) => void): Promise<ImportReport>;
  /** Releases the invoices of a refused lot for a new one, by a person's decision. Errors: DEC-002, DEC-003 when the lot's ARL does not allow it. */
  releaseLot(lotId: string): Promise<void>;
  /** Lets a file that was refused for good leave again unchanged, once a person has mended the cause. Errors: DEC-002, DEC-003 when it was not refused. */
  retryFile(fileId: string): Promise<void>;
  /** What a person must know before deciding about `id`. Errors: DEC-002, DEC-003 when there is nothing to decide. */
  question(kind: DecisionKind, id: string): Promise<DecisionQuestion>;
  /**
   * Sends a file that may have arrived once more, the same bytes under the same identity, by a person's recorded decision. Returns are fetched first.
   * Errors: DEC-001, TRA-018, TRA-030…032, DEC-002, DEC-003; how the attempt ended is in the file.
   */
  resendFile(fileId: string, says: PersonSays): Promise<void>;
  /** Lets sending go on although the brake stopped it, by a person's recorded decision. Errors: DEC-001, DEC-002, DEC-003 when it is not stopped any more. */
  releaseBrake(id: string, says: PersonSays): Promise<void>;
  /**
   * After a restored backup or a change of computer: the numbers go on after the highest known, by a person's recorded decision. Returns are fetched first.
   * `numbers-hold`: something may have been sent since, so what has not left is held back; `numbers-continue`: nothing was. Errors: DEC-001, TRA-018, TRA-030, DEC-002, DEC-003.
   */
  takeUpNumbers(kind: NumbersDecision, says: PersonSays): Promise<void>;
  /** Lets an invoice leave that was held because another copy of the data may have sent it (`InvoiceView.releasable`). Errors: DEC-001, DEC-002, DEC-003. */
  releaseHeld(invoiceId: string, says: PersonSays): Promise<void>;
  /**
   * Gives up the electronic sending of a lot that is refused, in doubt beyond its legal date, or without its ARL: its invoices go on paper, its bytes never leave again.
   * Errors: DEC-001, DEC-002, DEC-003, TRA-018, TRA-039.
   */
  declareOnPaper(lotId: string, says: PersonSays): Promise<void>;
  /** Notes that the sheet of paper of an invoice (`InvoiceView.sheet` owed) has been sent. Errors: DEC-001, DEC-002, DEC-003. */
  noteSheetSent(invoiceId: string, says: PersonSays): Promise<void>;
  /** Held and refused invoices, each with its reason. */
  heldInvoices(): Promise<readonly HeldView[]>;
  /** Reads the routing tables again and examines the held invoices with them: what has no cause any more is ready. Errors: TRA-018, LOT-014. */
  recheckHeld(): Promise<RecheckReport>;
  /** Unmatched returns and unreadable mails, the newest first. */
  tray(): Promise<readonly TrayView[]>;
  /** Returns a person put away, the newest first. */
  filedReturns(): Promise<readonly FiledReturnView[]>;
  /** Puts an entry of the tray away by a person's recorded decision: kept, applied to nothing. Errors: DEC-001, DEC-002, DEC-003, RET-055, RET-056. */
  fileReturn(returnId: string, says: PersonSays): Promise<void>;
  /** Takes a return that was put away back to the tray. Errors: DEC-002, DEC-003. */
  takeBackReturn(returnId: string): Promise<void>;
  /** The mail of an entry of the tray, or of one that was put away, as it was received. Errors: DEC-002, DEC-003. */
  trayMail(returnId: string): Promise<Buffer>;
  /** Applies an unmatched ARL to a file, by a person's recorded decision; not undone. Errors: DEC-001, DEC-002, DEC-003, RET-050, RET-007. */
  attachReturn(returnId: string, fileId: string, says: PersonSays): Promise<void>;
  /** What payers owe, pay and refuse. */
  readonly thirdParty: ThirdPartyDesk;
  explain(reason: HeldReason): Explained;
  /** Called after every change others may want to show. Returns the function that ends it. */
  onChange(listener: () => void): () => void;
  dispose(): Promise<void>;
}
