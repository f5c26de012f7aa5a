/**
 * The card whose code has been accepted, for as short a time as possible: closed (and reset) after the work, after a short idle time, or when it is taken out; or, when
 * the practitioner says so, kept open for a stated time (the unattended session, docs/decisions/0022-unattended-session.md). No code porteur passes through here.
 */
import type { Clock } from '../domain/clock';
import { VitaleError } from '../domain/errors';
import type { CardReader, CardSession, Situation } from '../reader/port';
import type { CodeEntry, OpenCardView } from './port';

export interface OpenedCard {
  readonly session: CardSession;
  readonly situations: readonly Situation[];
}

/** Why a card was closed. */
export type CardEnd = 'work' | 'choice' | 'idle' | 'time' | 'removed' | 'replaced' | 'locked' | 'program';

interface Unattended {
  readonly since: Date;
  readonly until: Date;
  readonly timer: NodeJS.Timeout;
}

/** The end of an unattended session is looked at this often too: a computer that slept moves no timer. */
const LOOK_MS = 15_000;

export class CardDesk {
  private current: OpenedCard | null = null;
  private unattended: Unattended | null = null;
  private idle: NodeJS.Timeout | null = null;
  private entry: CodeEntry | null = null;

  /** @param idleMs how long an opened card waits for the next step before it is closed. */
  constructor(
    private readonly reader: CardReader,
    private readonly idleMs: number,
    private readonly clock: Clock,
    private readonly onClosed: (why: CardEnd) => void,
  ) {}

  /** Opens the card by presenting its code once. Errors: CPS-…, LEC-…, CPS-028 when a code is being presented already. */
  async open(where: CodeEntry, present: (session: CardSession) => Promise<void>): Promise<OpenCardView> {
    if (this.entry !== null) throw new VitaleError('CPS-028');
    this.entry = where;
    try {
      await this.close('replaced');
      const session = await this.reader.open();
      try {
        await present(session);
        this.current = { session, situations: await session.situations() };
      } catch (error) {
        await session.close();
        throw error;
      }
      this.touch();
      return this.viewOf(this.current);
    } finally {
      this.entry = null;
    }
  }

  /** Where a code is being presented now. */
  get presenting(): CodeEntry | null {
    return this.entry;
  }

  /** Keeps the opened card open for this time, for work nobody attends. Errors: CPS-027 when no card is open any more. */
  keepOpen(minutes: number): OpenCardView {
    if (this.current === null) throw new VitaleError('CPS-027');
    this.stopTimers();
    const since = this.clock.now();
    const until = new Date(since.getTime() + minutes * 60_000);
    const started = performance.now();
    const timer = setInterval(() => {
      if (this.clock.now() >= until || performance.now() - started >= minutes * 60_000) void this.close('time');
    }, LOOK_MS);
    timer.unref();
    this.unattended = { since, until, timer };
    return this.viewOf(this.current);
  }

  /** The opened card, or null. */
  opened(): OpenedCard | null {
    return this.current;
  }

  view(): OpenCardView | null {
    return this.current === null ? null : this.viewOf(this.current);
  }

  /** Keeps the card open while `work` runs, and closes it at the end unless it is open for work nobody attends. */
  async use<T>(work: (card: OpenedCard | null) => Promise<T>): Promise<T> {
    if (this.isUnattended()) return this.useUnattended(work);
    this.stopTimers();
    try {
      return await work(this.current);
    } finally {
      // The person may have decided to keep it open meanwhile.
      if (!this.isUnattended()) await this.close('work');
    }
  }

  /** The same for work nobody attends: with the card of the unattended session, and no other. */
  async useUnattended<T>(work: (card: OpenedCard | null) => Promise<T>): Promise<T> {
    if (this.unattended !== null && this.clock.now() >= this.unattended.until) await this.close('time');
    return work(this.unattended === null ? null : this.current);
  }

  async close(why: CardEnd): Promise<void> {
    this.stopTimers();
    this.unattended = null;
    const closing = this.current;
    this.current = null;
    if (closing === null) return;
    await closing.session.close();
    this.onClosed(why);
  }

  private isUnattended(): boolean {
    return this.unattended !== null;
  }

  private touch(): void {
    this.stopTimers();
    this.idle = setTimeout(() => void this.close('idle'), this.idleMs);
    this.idle.unref();
  }

  private stopTimers(): void {
    if (this.idle !== null) clearTimeout(this.idle);
    this.idle = null;
    if (this.unattended !== null) clearInterval(this.unattended.timer);
  }

  private viewOf({ session, situations }: OpenedCard): OpenCardView {
    return {
      holderName: `${session.holder.lastName} ${session.holder.firstName}`,
      situations,
      unattended:
        this.unattended === null ? null : { since: this.unattended.since.toISOString(), until: this.unattended.until.toISOString() },
    };
  }
}
