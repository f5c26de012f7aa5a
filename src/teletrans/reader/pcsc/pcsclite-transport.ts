import { asPcscError, type Binding, type BoundReader } from './binding';
import { ReaderMonitor } from './monitor';
import { makeTalker, PcscliteCard } from './pcsclite-card';
import { PcscError, type PcscCard, type PcscTransport, type ReaderState } from './transport';

const BACK_OFF_MS = { first: 250, most: 5_000 };

/** PC/SC through the package `pcsclite`. One life of the service at a time: after a failure everything is made again. */
export class PcscliteTransport implements PcscTransport {
  private monitor: ReaderMonitor | null = null;
  private readonly watchers = new Set<() => void>();
  /** Readers to talk through that are free, of this life: each holds one connection at a time. */
  private talkers = new Map<string, BoundReader[]>();
  private readonly cards = new Map<PcscCard, 'reset' | 'leave'>();
  private lives = 0;
  private timer: NodeJS.Timeout | null = null;
  private wait = BACK_OFF_MS.first;
  private disposed = false;

  constructor(private readonly binding: Binding) {}

  async listReaders(): Promise<readonly ReaderState[]> {
    return this.current().readers();
  }

  watch(changed: () => void): () => void {
    this.watchers.add(changed);
    this.tryAgain();
    return () => {
      this.watchers.delete(changed);
    };
  }

  async connect(reader: string, mode: 'shared' | 'exclusive'): Promise<PcscCard> {
    const monitor = this.current();
    await monitor.readers();
    const watched = monitor.find(reader);
    if (watched === null) throw new PcscError('no-reader');
    const free = this.talkers.get(reader) ?? [];
    this.talkers.set(reader, free);
    const talker = free.pop() ?? makeTalker(watched);
    let lost = false;
    const card = await PcscliteCard.connect(talker, mode, () => (lost = true)).catch((error: unknown) => {
      // Any other failure may come from a context of a service that is gone.
      if (asPcscError(error).fault === 'sharing-violation') free.push(talker);
      throw error;
    });
    const open: PcscCard = {
      transmit: (command) => card.transmit(command),
      control: (code, data) => card.control(code, data),
      disconnect: async (how) => {
        if (!this.cards.delete(open)) return;
        await card.disconnect(how);
        if (!lost) free.push(talker);
      },
    };
    this.cards.set(open, mode === 'exclusive' ? 'reset' : 'leave');
    return open;
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    if (this.timer !== null) clearTimeout(this.timer);
    for (const [card, how] of [...this.cards]) await card.disconnect(how);
    this.watchers.clear();
    this.talkers.clear();
    this.monitor?.close();
    this.monitor = null;
  }

  private current(): ReaderMonitor {
    if (this.disposed) throw new Error('the PC/SC transport is closed');
    this.monitor ??= this.begin();
    return this.monitor;
  }

  private begin(): ReaderMonitor {
    this.lives += 1;
    const monitor = new ReaderMonitor(
      this.binding,
      this.lives,
      () => {
        this.wait = BACK_OFF_MS.first;
        this.tell();
      },
      () => {
        if (this.monitor !== monitor) return;
        this.monitor = null;
        this.talkers = new Map();
        this.tell();
        this.later();
      },
    );
    return monitor;
  }

  private tell(): void {
    for (const changed of [...this.watchers]) changed();
  }

  private tryAgain(): void {
    if (this.disposed || this.monitor !== null) return;
    try {
      this.monitor = this.begin();
    } catch {
      this.later();
    }
  }

  /** The wait doubles up to 5 s; nobody waits for a service nobody watches. */
  private later(): void {
    if (this.disposed || this.watchers.size === 0 || this.timer !== null) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.tryAgain();
    }, this.wait);
    this.wait = Math.min(2 * this.wait, BACK_OFF_MS.most);
  }
}
