/**
 * The application as its faces see it: the window, the standalone program and the add-in's commands all speak to {@link Teletrans} and to nothing below.
 * Dates are `AAAA-MM-JJ`, date-times ISO in UTC, amounts centimes. Views carry codes and numbers; sentences come from the error catalogue and the state words.
 */
import type { ReaderStatus } from '../reader/port';
import type { DecisionKind, HeldReason, NumbersDecision } from '../store/port';
import type { Cancellation } from './cancellation';
import type { PersonSays } from './decision-questions';
import type {
  CardReport,
  ImportReport,
  OpenCardView,
  Preflight,
  Progress,
  RecheckReport,
  ReturnsReport,
  TransmitChoice,
  TransmitReport,
} from './reports';
import type { DecisionQuestion, Explained, FiledReturnView, Glance, HeldView, Overview, PendingCounts, TrayView } from './shown';
import type { ThirdPartyDesk } from './third-party-port';

export type * from './reports';
export type * from './shown';

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
  /**
   * The same for one invoice that is held because it can leave no more (too old, or for a payer no table knows): it goes on paper and never leaves electronically.
   * Errors: DEC-001, DEC-002, DEC-003 when it is not held for that.
   */
  declareInvoiceOnPaper(invoiceId: string, says: PersonSays): Promise<void>;
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
