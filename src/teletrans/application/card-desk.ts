/**
 * The card whose code has been accepted, for as short a time as possible: closed (and reset) after the work, after a short idle time, or when it is pulled out.
 * The code porteur passes through here once and is wiped.
 */
import type { CardReader, CardSession, Situation } from '../reader/port';
import type { OpenCardView } from './port';

export interface OpenedCard {
  readonly session: CardSession;
  readonly situations: readonly Situation[];
}

export class CardDesk {
  private current: OpenedCard | null = null;
  private idle: NodeJS.Timeout | null = null;

  constructor(
    private readonly reader: CardReader,
    private readonly idleMs: number,
    private readonly onClosed: () => void,
  ) {}

  /** Presents the code once. `code` is zeroed before the promise settles. Errors: CPS-…, LEC-…. */
  async open(code: Buffer, lastTryConfirmed: boolean): Promise<OpenCardView> {
    try {
      await this.close();
      const session = await this.reader.open();
      try {
        await session.verify(code, lastTryConfirmed);
        this.current = { session, situations: await session.situations() };
      } catch (error) {
        await session.close();
        throw error;
      }
    } finally {
      code.fill(0);
    }
    this.touch();
    return viewOf(this.current);
  }

  /** The opened card, or null. */
  opened(): OpenedCard | null {
    return this.current;
  }

  view(): OpenCardView | null {
    return this.current === null ? null : viewOf(this.current);
  }

  /** Keeps the card open while `work` runs, and closes it at the end. */
  async useAndClose<T>(work: (card: OpenedCard | null) => Promise<T>): Promise<T> {
    this.stopIdle();
    try {
      return await work(this.current);
    } finally {
      await this.close();
    }
  }

  async close(): Promise<void> {
    this.stopIdle();
    const closing = this.current;
    this.current = null;
    if (closing === null) return;
    await closing.session.close();
    this.onClosed();
  }

  private touch(): void {
    this.stopIdle();
    this.idle = setTimeout(() => void this.close(), this.idleMs);
    this.idle.unref();
  }

  private stopIdle(): void {
    if (this.idle !== null) clearTimeout(this.idle);
    this.idle = null;
  }
}

function viewOf({ session, situations }: OpenedCard): OpenCardView {
  return { holderName: `${session.holder.lastName} ${session.holder.firstName}`, situations };
}
