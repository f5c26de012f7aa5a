/** The application: what every face (window, standalone program, host commands) asks for, each under the right protection. */
import type { Intake, Taken } from '../intake/intake';
import type { ReaderStatus } from '../reader/port';
import type { DecisionKind, HeldReason, NumbersDecision, Store, StoredLot, TransmissionLock } from '../store/port';
import { codeField, countOf, failureField, idField } from '../diagnostics/log-values';
import { isVitaleError, VitaleError } from '../domain/errors';
import type { RestoreGuard } from '../restore-guard/guard';
import type { AfterRestore } from './after-restore';
import type { PaperDuplicate } from './paper-duplicate';
import type { SheetSending } from './sheet-sending';
import type { TrayDesk } from './tray-desk';
import type { AskedQuestions } from './asked-questions';
import type { BrakeRelease } from './brake-release';
import type { Cancellation } from './cancellation';
import type { OpenedCard } from './card-desk';
import { CardFace, type CardParts } from './card-face';
import type { Collection } from './collection';
import type { FilingDesk } from './filing-desk';
import { retryRefusedFile } from './file-retry';
import { heldInvoices } from './held';
import { importLines } from './import-lines';
import { releaseRefusedLot } from './lot-release';
import { DayOverview, situationSetting, type OverviewSources } from './overview';
import { buildPreflight } from './preflight';
import type { PersonSays } from './decision-questions';
import type {
  CardReport,
  DecisionQuestion,
  Explained,
  Glance,
  FiledReturnView,
  HeldView,
  ImportReport,
  OpenCardView,
  Overview,
  PendingCounts,
  Preflight,
  Progress,
  RecheckReport,
  ReturnsReport,
  Teletrans,
  TransmitChoice,
  TransmitReport,
  TrayView,
} from './port';
import { ThirdPartyApplication, type ThirdPartyParts } from './third-party-desk';
import type { ThirdPartyDesk } from './third-party-port';
import type { Transmission, TransmissionOutcome } from './transmission';
import { transmitReport } from './transmit-report';

export interface TeletransParts extends CardParts {
  readonly store: Store;
  readonly lock: TransmissionLock;
  readonly intake: Intake;
  readonly transmission: Transmission;
  readonly collection: Collection;
  readonly brakeRelease: BrakeRelease;
  readonly guard: RestoreGuard;
  readonly afterRestore: AfterRestore;
  readonly tray: TrayDesk;
  readonly filing: FilingDesk;
  readonly sheets: SheetSending;
  readonly duplicates: PaperDuplicate;
  readonly questions: AskedQuestions;
  readonly overview: OverviewSources;
  readonly releasable: (lot: StoredLot) => boolean;
  readonly thirdParty: ThirdPartyParts;
  /** Takes up the routing tables as they are on the disk. Errors: LOT-014; the ones before stay then. */
  readonly renewTables: () => void;
}

export class TeletransApplication implements Teletrans {
  private readonly listeners = new Set<() => void>();
  private readonly card: CardFace;
  private readonly day: DayOverview;
  readonly thirdParty: ThirdPartyDesk;
  private busy = false;

  constructor(private readonly parts: TeletransParts) {
    this.card = new CardFace(parts, () => this.changed());
    this.day = new DayOverview(parts.overview);
    this.thirdParty = new ThirdPartyApplication(parts.thirdParty, () => this.changed());
  }

  overview(): Promise<Overview> {
    return this.day.build(this.busy);
  }

  glance(): Promise<Glance> {
    return this.day.glance(this.busy);
  }

  pendingCounts(): Promise<PendingCounts> {
    return this.day.pending();
  }

  async preflight(choice: TransmitChoice): Promise<Preflight> {
    return buildPreflight(this.parts.overview, await this.card.withCardHolder(choice), this.card.situations());
  }

  readerStatus(): Promise<ReaderStatus> {
    return this.card.status();
  }

  cardReport(): Promise<CardReport> {
    return this.card.report();
  }

  virtualCards(): Promise<readonly { readonly file: string; readonly holderName: string }[] | null> {
    return this.card.virtualCards();
  }

  insertVirtualCard(file: string | null): Promise<void> {
    return this.card.insertVirtual(file);
  }

  openCard(code: Buffer, lastTryConfirmed: boolean, practitioner: string | null = null): Promise<OpenCardView> {
    return this.card.open(code, lastTryConfirmed, practitioner);
  }

  openCardOnKeypad(lastTryConfirmed: boolean, practitioner: string | null = null): Promise<OpenCardView> {
    return this.card.openOnKeypad(lastTryConfirmed, practitioner);
  }

  keepCardOpen(minutes: number): OpenCardView {
    return this.card.keepOpen(minutes);
  }

  closeCard(locked = false): Promise<void> {
    return this.card.close(locked);
  }

  openedCard(): OpenCardView | null {
    return this.card.opened();
  }

  async transmit(choice: TransmitChoice, onProgress: (progress: Progress) => void, cancellation?: Cancellation): Promise<TransmitReport> {
    if (choice.practitioner !== null && choice.chosen === true) await this.rememberSituation(choice.practitioner, choice.situation);
    return this.send(
      (card) => this.card.withCardHolder(choice).then((resolved) => this.run(resolved, card, onProgress, cancellation)),
      false,
    );
  }

  transmitUnattended(onProgress: (progress: Progress) => void): Promise<TransmitReport> {
    return this.send((card) => this.run({ practitioner: null, situation: null }, card, onProgress), true);
  }

  private run(
    choice: TransmitChoice,
    card: OpenedCard | null,
    onProgress: (progress: Progress) => void,
    cancellation?: Cancellation,
  ): Promise<TransmissionOutcome> {
    const told = (progress: Progress): void => {
      onProgress(progress);
      this.changed();
    };
    return this.parts.transmission.run(choice, card, true, told, cancellation);
  }

  private rememberSituation(practitioner: string, situation: string | null): Promise<void> {
    return this.parts.store.transaction((session) => session.settings.set(situationSetting(practitioner), JSON.stringify(situation)));
  }

  private async send(work: (card: OpenedCard | null) => Promise<TransmissionOutcome>, unattended: boolean): Promise<TransmitReport> {
    const outcome = await this.alone(() => {
      this.takeUpTables();
      return unattended ? this.card.useUnattended(work) : this.card.use(work);
    });
    const { result, fileIds, reason } = outcome;
    this.parts.logger.log('info', 'sending.ended', {
      step: result,
      count: countOf(fileIds.length),
      ...(reason === null ? {} : codeField(reason.code)),
    });
    return transmitReport(this.parts.store, outcome, this.parts.explain);
  }

  /** Tables that were replaced on the disk count from the next transmission on; one that cannot be read leaves those before in place. */
  private takeUpTables(): void {
    try {
      this.parts.renewTables();
    } catch (error) {
      if (!isVitaleError(error)) throw error;
      this.parts.logger.log('warn', 'intake.tables-unreadable', failureField(error));
    }
  }

  async collect(onProgress: (progress: Progress) => void): Promise<ReturnsReport> {
    return this.alone(async () => {
      await this.parts.transmission.recover();
      onProgress({ step: 'collecting', done: 0, total: 1 });
      const { returns, failure } = await this.parts.collection.run();
      onProgress({ step: 'collecting', done: 1, total: 1 });
      this.parts.logger.log('info', 'returns.ended', {
        count: countOf(returns.arl.positive + returns.arl.negative),
        ...(failure === null ? {} : codeField(failure.code)),
      });
      if (failure !== null) throw new VitaleError(failure.code, failure.details);
      return returns;
    });
  }

  /** Before anything else: are these data the practice's latest, on its own computer? */
  checkRestored(): Promise<void> {
    return this.parts.guard.check();
  }

  async recover(): Promise<void> {
    if (!(await this.parts.transmission.hasOpenEnds())) return;
    try {
      await this.alone(() => this.parts.transmission.recover());
    } catch (error) {
      // Another program is transmitting: what is open is its own.
      if (!isVitaleError(error, 'TRA-018')) throw error;
    }
  }

  async sendDue(): Promise<void> {
    await this.alone(() => this.parts.transmission.sendDue());
  }

  async take(document: unknown): Promise<Taken> {
    try {
      return await this.parts.intake.take(document);
    } catch (error) {
      this.parts.logger.log('warn', 'intake.refused', failureField(error));
      throw error;
    } finally {
      this.changed();
    }
  }

  async importLines(lines: AsyncIterable<string>, onProgress: (done: number) => void): Promise<ImportReport> {
    try {
      return await importLines(this.parts.intake, lines, this.parts.explain, onProgress);
    } finally {
      this.changed();
    }
  }

  async releaseLot(lotId: string): Promise<void> {
    await releaseRefusedLot(this.parts.store, lotId, this.parts.releasable, this.parts.clock);
    this.changed();
  }

  async retryFile(fileId: string): Promise<void> {
    const frozen = await this.parts.guard.stop();
    if (frozen !== null) throw new VitaleError(frozen.code, frozen.details);
    await retryRefusedFile(this.parts.store, this.parts.overview.brake, fileId, this.parts.clock);
    this.changed();
  }

  async question(kind: DecisionKind, id: string): Promise<DecisionQuestion> {
    const { refused, ...text } = await this.parts.questions[kind](id);
    return { ...text, refused: refused === null ? null : this.parts.explain(refused) };
  }

  async resendFile(fileId: string, says: PersonSays): Promise<void> {
    await this.alone(() => this.parts.transmission.resend(fileId, says));
    this.parts.logger.log('info', 'sending.resent', idField(fileId));
  }

  async releaseBrake(id: string, says: PersonSays): Promise<void> {
    await this.parts.brakeRelease.release(id, says);
    this.parts.logger.log('warn', 'sending.brake-released', idField(id));
    this.changed();
  }

  async takeUpNumbers(kind: NumbersDecision, says: PersonSays): Promise<void> {
    await this.alone(async () => {
      await this.parts.transmission.recover();
      await this.parts.afterRestore.takeUp(kind, says);
    });
    this.parts.logger.log('warn', 'sending.numbers-taken-up');
  }

  async releaseHeld(invoiceId: string, says: PersonSays): Promise<void> {
    await this.parts.afterRestore.release(invoiceId, says);
    this.changed();
  }

  async noteSheetSent(invoiceId: string, says: PersonSays): Promise<void> {
    await this.parts.sheets.note(invoiceId, says);
    this.changed();
  }

  async declareOnPaper(lotId: string, says: PersonSays): Promise<void> {
    // Alone: nothing of the lot may be leaving, and no answer to it be applied, meanwhile. What has come is read first, where the mailbox can be reached.
    await this.alone(async () => {
      await this.parts.collection.run();
      await this.parts.duplicates.declare(lotId, says);
    });
    this.changed();
  }

  async declareInvoiceOnPaper(invoiceId: string, says: PersonSays): Promise<void> {
    await this.parts.duplicates.declareInvoice(invoiceId, says);
    this.changed();
  }

  heldInvoices(): Promise<readonly HeldView[]> {
    return heldInvoices(this.parts.overview.store, this.parts.explain);
  }

  async recheckHeld(): Promise<RecheckReport> {
    const released = await this.alone(async () => {
      this.parts.renewTables();
      return this.parts.transmission.recheck();
    });
    const held = (await this.heldInvoices()).length;
    this.parts.logger.log('info', 'intake.rechecked', { count: countOf(released) });
    return { released, held };
  }

  tray(): Promise<readonly TrayView[]> {
    return this.parts.tray.view();
  }

  filedReturns(): Promise<readonly FiledReturnView[]> {
    return this.parts.filing.view();
  }

  async fileReturn(returnId: string, says: PersonSays): Promise<void> {
    await this.alone(() => this.parts.filing.file(returnId, says));
    this.parts.logger.log('info', 'returns.filed', idField(returnId));
  }

  async takeBackReturn(returnId: string): Promise<void> {
    await this.alone(() => this.parts.filing.takeBack(returnId));
  }

  trayMail(returnId: string): Promise<Buffer> {
    return this.parts.tray.mail(returnId);
  }

  async attachReturn(returnId: string, fileId: string, says: PersonSays): Promise<void> {
    await this.alone(() => this.parts.tray.attach(returnId, fileId, says));
    this.parts.logger.log('info', 'returns.attached', idField(returnId));
  }

  explain(reason: HeldReason): Explained {
    return this.parts.explain(reason);
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  async dispose(): Promise<void> {
    await this.card.dispose();
    await this.parts.store.close();
  }

  /** Runs alone among the programs of the practice. Errors: TRA-018. */
  private async alone<T>(work: () => Promise<T>): Promise<T> {
    return this.parts.lock.hold(async () => {
      this.busy = true;
      this.changed();
      try {
        return await work();
      } finally {
        this.busy = false;
        this.changed();
      }
    });
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
