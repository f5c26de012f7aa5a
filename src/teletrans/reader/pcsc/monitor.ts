import { asPcscError, type Binding, type BoundReader, type BoundService } from './binding';
import { PcscError, type ReaderState } from './transport';

/** A reader that has not told its state after this is listed as empty. */
const FIRST_STATE_MS = 2_000;

interface Watched {
  readonly reader: BoundReader;
  state: ReaderState | null;
  /** False while the driver cannot reach it: as good as unplugged. */
  reachable: boolean;
}

/**
 * The readers of one life of the PC/SC service. Once the service fails it is over (the package never recovers): another one is made.
 * `onChange` is called at each change, `onEnd` once when the service fails.
 */
export class ReaderMonitor {
  private readonly watched = new Map<string, Watched>();
  private readonly service: BoundService;
  private readonly waiting = new Set<() => void>();
  private listed = false;
  private over = false;

  /** Errors: PcscError `service-stopped` at once when there is no service. */
  constructor(
    binding: Binding,
    private readonly life: number,
    private readonly onChange: () => void,
    private readonly onEnd: () => void,
  ) {
    try {
      this.service = binding();
    } catch (error) {
      throw asPcscError(error);
    }
    this.hearFirstList();
    this.service.on('reader', (reader) => this.add(reader)).on('error', () => this.fail());
  }

  /** The readers, once all of them have told their state. */
  async readers(): Promise<readonly ReaderState[]> {
    const deadline = performance.now() + FIRST_STATE_MS;
    while (!this.isReady() && !this.over && performance.now() < deadline) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, deadline - performance.now());
        this.waiting.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    if (this.over) throw new PcscError('service-stopped');
    return [...this.watched.values()]
      .filter(({ reachable }) => reachable)
      .map(({ reader, state }) => state ?? { name: reader.name, atr: null, insertion: '' });
  }

  /** A reader of this life by its name, null when there is none. */
  find(name: string): BoundReader | null {
    return this.watched.get(name)?.reader ?? null;
  }

  close(): void {
    this.over = true;
    this.wake();
    for (const { reader } of this.watched.values()) reader.close();
    this.watched.clear();
    this.service.close();
  }

  /** The package says nothing when it finds no reader: its first list is overheard. */
  private hearFirstList(): void {
    const start = this.service.start.bind(this.service);
    this.service.start = (listed): void =>
      start((error, names) => {
        listed(error, names);
        if (error !== undefined) return;
        this.listed = true;
        this.wake();
      });
  }

  private isReady(): boolean {
    return this.listed && [...this.watched.values()].every(({ state }) => state !== null);
  }

  private wake(): void {
    for (const one of this.waiting) one();
    this.waiting.clear();
  }

  private add(reader: BoundReader): void {
    const watched: Watched = { reader, state: null, reachable: true };
    this.watched.set(reader.name, watched);
    reader
      .on('status', ({ state, atr }) => {
        watched.reachable = (state & (reader.SCARD_STATE_UNKNOWN | reader.SCARD_STATE_UNAVAILABLE)) === 0;
        const present = (state & reader.SCARD_STATE_PRESENT) !== 0;
        // The service counts the comings and goings of cards in the high half of the state.
        watched.state = { name: reader.name, atr: present ? (atr ?? Buffer.alloc(0)) : null, insertion: `${this.life}.${state >>> 16}` };
        this.changed();
      })
      .on('end', () => {
        this.watched.delete(reader.name);
        this.changed();
      })
      .on('error', () => this.fail());
    this.changed();
  }

  private changed(): void {
    this.wake();
    if (!this.over) this.onChange();
  }

  private fail(): void {
    if (this.over) return;
    this.over = true;
    this.wake();
    // Not from here: a lock of the reader that speaks is held.
    setImmediate(() => this.close());
    this.onEnd();
  }
}
