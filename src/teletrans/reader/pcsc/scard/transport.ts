import { PcscError, type PcscCard, type PcscTransport, type ReaderState } from '../transport';
import { DISPOSITION, SHARE, STATE, type Handle, type RawState, type ScardLibrary } from './library';

/** Between two looks at the readers while somebody watches. The service counts cards: one that was changed meanwhile is seen as another. */
const LOOK_EVERY_MS = 250;
const TRIES_TO_LIST = 3;

const isReachable = ({ events }: RawState): boolean => (events & (STATE.unknown | STATE.unavailable)) === 0;

/**
 * PC/SC through the operating system's own library. One context looks at the readers, each connection has its own: an entry on a keypad holds nobody else up.
 * No thread waits for a change; the readers are looked at when asked, and now and then while watched.
 */
export class ScardTransport implements PcscTransport {
  private context: Promise<Handle> | null = null;
  private lives = 0;
  private readonly watchers = new Set<() => void>();
  private readonly cards = new Map<PcscCard, 'reset' | 'leave'>();
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> | null = null;
  private seen: string | null = null;
  private disposed = false;

  constructor(private readonly library: ScardLibrary) {}

  async listReaders(): Promise<readonly ReaderState[]> {
    if (this.disposed) throw new Error('the PC/SC transport is closed');
    this.context ??= this.begin();
    const used = this.context;
    try {
      const states = await this.statesOf(await used);
      return states.filter(isReachable).map(({ name, events, atr }) => ({
        name,
        atr: (events & STATE.present) === 0 ? null : atr,
        insertion: `${this.lives}.${events >>> 16}`,
      }));
    } catch (error) {
      await this.giveUp(used);
      throw error instanceof PcscError && error.fault !== 'no-reader' ? new PcscError('service-stopped', error.status) : error;
    }
  }

  watch(changed: () => void): () => void {
    this.watchers.add(changed);
    this.lookLater(0);
    return () => {
      this.watchers.delete(changed);
    };
  }

  async connect(reader: string, mode: 'shared' | 'exclusive'): Promise<PcscCard> {
    if (this.disposed) throw new Error('the PC/SC transport is closed');
    const context = await this.library.establish();
    const { card, protocol } = await this.library.connect(context, reader, SHARE[mode]).catch(async (error: unknown) => {
      await this.quietly(this.library.release(context));
      throw error;
    });
    const open: PcscCard = {
      transmit: (command) => this.library.transmit(card, protocol, command),
      control: (code, data) => this.library.control(card, code, data),
      disconnect: async (how) => {
        if (!this.cards.delete(open)) return;
        // The card, the reader or the service may have gone: there is nothing left to leave then.
        await this.quietly(this.library.disconnect(card, DISPOSITION[how]));
        await this.quietly(this.library.release(context));
      },
    };
    this.cards.set(open, mode === 'exclusive' ? 'reset' : 'leave');
    return open;
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    this.watchers.clear();
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    await this.looking;
    for (const [card, how] of [...this.cards]) await card.disconnect(how);
    if (this.context !== null) await this.giveUp(this.context);
  }

  private async begin(): Promise<Handle> {
    const context = await this.library.establish();
    this.lives += 1;
    return context;
  }

  /** A context of a service that is gone is of no more use; the next call makes another. */
  private async giveUp(used: Promise<Handle>): Promise<void> {
    if (this.context === used) this.context = null;
    const context = await used.catch(() => null);
    if (context !== null) await this.quietly(this.library.release(context));
  }

  /** A reader may be unplugged between being listed and being asked: then the list is old. */
  private async statesOf(context: Handle): Promise<readonly RawState[]> {
    for (let left = TRIES_TO_LIST; ; left -= 1) {
      const names = await this.library.listReaders(context);
      if (names.length === 0) return [];
      try {
        return await this.library.states(context, names);
      } catch (error) {
        if (left === 1 || !(error instanceof PcscError) || error.fault !== 'no-reader') throw error;
      }
    }
  }

  private lookLater(ms: number): void {
    if (this.disposed || this.watchers.size === 0 || this.timer !== null) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.looking ??= this.look().finally(() => {
        this.looking = null;
        this.lookLater(LOOK_EVERY_MS);
      });
    }, ms);
  }

  private async look(): Promise<void> {
    const before = this.seen;
    this.seen = await this.listReaders().then(
      (readers) => JSON.stringify(readers.map(({ name, atr, insertion }) => [name, atr?.toString('hex') ?? null, insertion])),
      () => 'service-stopped',
    );
    if (before !== this.seen) for (const changed of [...this.watchers]) changed();
  }

  private async quietly(work: Promise<unknown>): Promise<void> {
    await work.catch(() => undefined);
  }
}
