/** The card as the faces ask for it: what lies in the reader, its code presented once, kept open or closed. No code porteur outlives a call. */
import { countOf, failureField } from '../diagnostics/log-values';
import type { Logger } from '../diagnostics/logger';
import type { Clock } from '../domain/clock';
import { VitaleError } from '../domain/errors';
import type { Practitioner } from '../domain/practice';
import type { CardReader, CardSession, ReaderStatus, Situation, VirtualReaderControl } from '../reader/port';
import type { HeldReason } from '../store/port';
import { cardExpiry, cardProblem } from './card-check';
import { CardDesk, type OpenedCard } from './card-desk';
import type { CardReport, CodeEntry, Explained, OpenCardView, TransmitChoice } from './port';

/** How long an opened card waits for the next step before it is closed. */
const CARD_IDLE_MS = 120_000;

export interface CardParts {
  readonly reader: CardReader;
  /** Null with a real reader. */
  readonly virtualReader: VirtualReaderControl | null;
  readonly practitioners: readonly Practitioner[];
  readonly clock: Clock;
  readonly logger: Logger;
  readonly explain: (reason: HeldReason) => Explained;
}

/** The card's part of `Teletrans` (port.ts), method by method: what each promises and which errors it gives stands there. */
export class CardFace {
  private readonly desk: CardDesk;
  private endWatch: (() => void) | null = null;

  /** @param changed called after every change others may want to show. */
  constructor(
    private readonly parts: CardParts,
    private readonly changed: () => void,
  ) {
    this.desk = new CardDesk(parts.reader, CARD_IDLE_MS, parts.clock, (why) => {
      parts.logger.log('info', 'card.closed', { step: why });
      changed();
    });
  }

  /** Nobody chosen: the holder of the card in the reader, when the RPPS tells who that is. */
  async withCardHolder(choice: TransmitChoice): Promise<TransmitChoice> {
    if (choice.practitioner !== null || this.desk.opened() !== null) return choice;
    const status = await this.parts.reader.status();
    const own = this.parts.practitioners.filter(({ rpps }) => status.state === 'card' && rpps === status.holder.rpps);
    const [holder] = own;
    return own.length === 1 && holder !== undefined ? { ...choice, practitioner: holder.billingNumber } : choice;
  }

  /** What the reader says; a card that is gone is closed by that. */
  async status(): Promise<ReaderStatus> {
    this.watchReader();
    const open = this.desk.opened();
    const status = await this.parts.reader.status();
    // A card that was taken out is not open any more, whoever finds it out.
    const there = status.state === 'card' && status.cardId === open?.session.cardId;
    if (open !== null && !there && status.state !== 'unavailable' && this.desk.opened() === open) await this.desk.close('removed');
    return status;
  }

  async report(): Promise<CardReport> {
    const status = await this.status();
    const now = this.parts.clock.now();
    const problem = cardProblem(status, now);
    const expiry = cardExpiry(status, now);
    return {
      status,
      opened: this.desk.view(),
      presenting: this.desk.presenting,
      problem: problem === null ? null : this.parts.explain(problem),
      expiry: expiry === null ? null : { stage: expiry.stage, notice: this.parts.explain(expiry.reason) },
    };
  }

  async virtualCards(): Promise<readonly { readonly file: string; readonly holderName: string }[] | null> {
    const cards = await this.parts.virtualReader?.cards();
    return cards?.map(({ file, holder }) => ({ file, holderName: `${holder.lastName} ${holder.firstName}` })) ?? null;
  }

  async insertVirtual(file: string | null): Promise<void> {
    await this.desk.close('removed');
    await this.parts.virtualReader?.insert(file);
    this.changed();
  }

  async open(code: Buffer, lastTryConfirmed: boolean, practitioner: string | null = null): Promise<OpenCardView> {
    try {
      return await this.presentCode('window', practitioner, (session) => session.verify(code, lastTryConfirmed));
    } finally {
      code.fill(0);
    }
  }

  openOnKeypad(lastTryConfirmed: boolean, practitioner: string | null = null): Promise<OpenCardView> {
    return this.presentCode('keypad', practitioner, (session) => session.verifyOnKeypad(lastTryConfirmed));
  }

  keepOpen(minutes: number): OpenCardView {
    const opened = this.desk.keepOpen(minutes);
    this.parts.logger.log('info', 'card.kept-open', { count: countOf(minutes) });
    this.changed();
    return opened;
  }

  close(locked = false): Promise<void> {
    return this.desk.close(locked ? 'locked' : 'choice');
  }

  /** The situations d'exercice of the card that is open, null when none is. */
  situations(): readonly Situation[] | null {
    return this.desk.opened()?.situations ?? null;
  }

  opened(): OpenCardView | null {
    return this.desk.view();
  }

  /** With the card that is open, if one is; it is closed afterwards. */
  use<T>(work: (card: OpenedCard | null) => Promise<T>): Promise<T> {
    return this.desk.use(work);
  }

  /** With the card of the unattended session and no other. */
  useUnattended<T>(work: (card: OpenedCard | null) => Promise<T>): Promise<T> {
    return this.desk.useUnattended(work);
  }

  /** The program ends: the card is closed and the reader let go. */
  async dispose(): Promise<void> {
    this.endWatch?.();
    await this.desk.close('program');
    await this.parts.reader.dispose();
  }

  /** From the first time the reader is asked: what only reads the store opens no reader. */
  private watchReader(): void {
    this.endWatch ??= this.parts.reader.watch(() => {
      this.status()
        .catch((error: unknown) => this.parts.logger.log('warn', 'card.unreadable', failureField(error)))
        .finally(() => this.changed());
    });
  }

  private async presentCode(
    where: CodeEntry,
    practitioner: string | null,
    present: (session: CardSession) => Promise<void>,
  ): Promise<OpenCardView> {
    try {
      await this.refuseBeforeCode(practitioner);
      const opened = await this.desk.open(where, (session) => {
        this.changed();
        return present(session);
      });
      this.parts.logger.log('info', 'card.opened');
      return opened;
    } catch (error) {
      this.parts.logger.log('warn', 'card.refused', failureField(error));
      throw error;
    } finally {
      this.changed();
    }
  }

  /** No try is spent on a card that has expired, nor on another practitioner's of the practice: its certificate tells without any code. */
  private async refuseBeforeCode(practitioner: string | null): Promise<void> {
    const status = await this.status();
    if (status.state !== 'card') return;
    const problem = cardProblem(status, this.parts.clock.now());
    if (problem?.code === 'CPS-008') throw new VitaleError(problem.code, problem.details);
    if (practitioner === null) return;
    const known = this.parts.practitioners.filter(({ rpps }) => rpps === status.holder.rpps);
    if (known.length === 0 || known.some(({ billingNumber }) => billingNumber === practitioner)) return;
    throw new VitaleError('CPS-010', { titulaire: `${status.holder.lastName} ${status.holder.firstName}` });
  }
}
