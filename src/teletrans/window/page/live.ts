/** Everything the page shows, kept true by the event stream. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Glance } from '../../application/port';
import type { ApiError, DiagnosticsView, ReaderView, VirtualCards, WindowEvents, WorkView } from '../protocol';
import type { StateWords } from '../state-words';
import { newerWork } from '../view-model/transmission';
import { ApiFailure, readCards, readDiagnostics, readGlance, readReader, readWords, readWork } from './api';

/** connecting: first load; live; lost: the program does not answer; ended: this page's session is over. */
export type Connection = 'connecting' | 'live' | 'lost' | 'ended';

export interface Live {
  readonly connection: Connection;
  /** The program has been started again since this page was opened. */
  readonly restarted: boolean;
  readonly words: StateWords | null;
  readonly overview: Glance | null;
  readonly reader: ReaderView | null;
  readonly diagnostics: DiagnosticsView | null;
  readonly cards: VirtualCards;
  readonly work: WorkView | null;
  /** `startedAt` of the work this tab asked for or saw happening, null before. */
  readonly witnessed: string | null;
  /** Why the day could not be read, null when it could. */
  readonly failure: ApiError | null;
}

const EMPTY: Live = {
  connection: 'connecting',
  restarted: false,
  words: null,
  overview: null,
  reader: null,
  diagnostics: null,
  cards: null,
  work: null,
  witnessed: null,
  failure: null,
};

/** The day is read again at most this often. */
const REFRESH_EVERY_MS = 700;
/** The card may be changed without anybody telling us. */
const READER_EVERY_MS = 4000;
const RECONNECT_MS = 2500;

export interface LiveHandle extends Live {
  /** Reads the day and the reader again. @returns the reader as it is then, null when the program did not answer. */
  readonly refresh: () => Promise<ReaderView | null>;
  readonly setWork: (work: WorkView | null) => void;
}

/** Kept by the tab, so that a reloaded page still shows the report of what it saw. */
const WITNESSED = 'envoi-suivi';

/** A work this tab asked for, or is told of while it happens. */
function happening(work: WorkView | null): Partial<Live> {
  if (work === null) return {};
  sessionStorage.setItem(WITNESSED, work.startedAt);
  return { work, witnessed: work.startedAt };
}

function changed(before: Live, change: Partial<Live>): Live {
  return { ...before, ...change, ...(change.work === undefined ? {} : { work: newerWork(before.work, change.work) }) };
}

/** Keeps {@link Live} while the page is open. */
export function useLive(): LiveHandle {
  const [live, setLive] = useState<Live>(() => ({ ...EMPTY, witnessed: sessionStorage.getItem(WITNESSED) }));
  const keeper = useRef<Keeper | null>(null);
  keeper.current ??= new Keeper((change) => setLive((before) => changed(before, change)));
  const { current } = keeper;
  useEffect(() => current.start(), [current]);
  return { ...live, refresh: () => current.refresh(), setWork: (work) => setLive((before) => changed(before, happening(work))) };
}

class Keeper {
  private source: EventSource | null = null;
  private instance: string | null = null;
  private loaded = false;
  private refreshing = false;
  private again = false;
  private refreshTimer = 0;
  private reconnectTimer = 0;

  constructor(private readonly change: (change: Partial<Live>) => void) {}

  start(): () => void {
    this.connect();
    // The day is asked for at once, and again when the stream has begun: what changes in between is told by nobody.
    void this.refresh();
    const poll = window.setInterval(() => {
      if (document.visibilityState === 'visible' && this.source?.readyState === EventSource.OPEN) void this.readReader();
    }, READER_EVERY_MS);
    return () => {
      window.clearInterval(poll);
      window.clearTimeout(this.refreshTimer);
      window.clearTimeout(this.reconnectTimer);
      this.source?.close();
    };
  }

  async refresh(): Promise<ReaderView | null> {
    if (this.refreshing) {
      this.again = true;
      return this.readReader();
    }
    this.refreshing = true;
    try {
      // All at once: a person waits for the slowest of them, not for one after the other.
      const fixed = this.loaded ? null : Promise.all([readWords(), readCards()]);
      const day = Promise.all([readGlance(), readReader(), readDiagnostics()]);
      const [constant, [overview, reader, diagnostics]] = await Promise.all([fixed, day]);
      if (constant !== null) this.change({ words: constant[0], cards: constant[1] });
      this.loaded = true;
      this.change({ overview, reader, diagnostics, failure: null });
      return reader;
    } catch (error) {
      this.failed(error);
      return null;
    } finally {
      this.refreshing = false;
      if (this.again) {
        this.again = false;
        this.refreshSoon();
      }
    }
  }

  private refreshSoon(): void {
    window.clearTimeout(this.refreshTimer);
    this.refreshTimer = window.setTimeout(() => void this.refresh(), REFRESH_EVERY_MS);
  }

  private async readReader(): Promise<ReaderView | null> {
    try {
      const reader = await readReader();
      this.change({ reader });
      return reader;
    } catch (error) {
      this.failed(error);
      return null;
    }
  }

  private connect(): void {
    this.source?.close();
    const source = new EventSource('/api/events');
    this.source = source;
    source.addEventListener('hello', (event) => void this.greeted(JSON.parse(event.data as string) as WindowEvents['hello']));
    source.addEventListener('changed', () => {
      if (this.refreshing) this.again = true;
      else this.refreshSoon();
    });
    source.addEventListener('progress', (event) => this.change(happening(JSON.parse(event.data as string) as WorkView)));
    source.addEventListener('result', (event) => {
      this.change(happening(JSON.parse(event.data as string) as WorkView));
      void this.refresh();
    });
    source.addEventListener('error', () => void this.interrupted(source));
  }

  private async greeted({ instance }: WindowEvents['hello']): Promise<void> {
    const restarted = this.instance !== null && this.instance !== instance;
    this.instance = instance;
    this.change({ connection: 'live', ...(restarted ? { restarted } : {}) });
    await this.refresh();
    try {
      const work = await readWork();
      this.change(work?.endedAt === null ? happening(work) : { work });
    } catch (error) {
      this.failed(error);
    }
  }

  /** The stream broke: the program is gone for a moment, or this page's session is over. */
  private async interrupted(source: EventSource): Promise<void> {
    if (this.source !== source) return;
    this.change({ connection: 'lost' });
    try {
      await readReader();
    } catch (error) {
      this.failed(error);
      if (error instanceof ApiFailure && error.status === 401) return;
    }
    // The browser reconnects by itself after a broken connection, but not after an answer that was no stream.
    if (source.readyState !== EventSource.CLOSED) return;
    window.clearTimeout(this.reconnectTimer);
    this.reconnectTimer = window.setTimeout(() => this.connect(), RECONNECT_MS);
  }

  private failed(error: unknown): void {
    if (!(error instanceof ApiFailure)) throw error;
    if (error.status === 401) {
      this.source?.close();
      this.change({ connection: 'ended' });
    } else if (error.status === 0) this.change({ connection: 'lost' });
    else this.change({ failure: error.explained });
  }
}
