import { Connection } from './connection';
import { PATIENCE_MS } from './open';
import { patiently } from './patience';

/** Readers at the same time; the others wait for one of them. */
const MAX_READERS = 8;

/** Connections for snapshots: they never wait for a writer, nor a writer for them. */
export class Readers {
  private readonly idle: Connection[] = [];
  private readonly waiting: (() => void)[] = [];
  private busy = 0;
  private closed = false;

  /** @param file the database, already migrated. */
  constructor(private readonly file: string) {}

  /** Runs `work` on a connection whose snapshot is the data as committed now. */
  async run<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    while (this.busy >= MAX_READERS) await new Promise<void>((resolve) => this.waiting.push(resolve));
    if (this.closed) throw new Error('the store is closed');
    this.busy += 1;
    try {
      const connection = this.idle.pop() ?? Connection.open(this.file);
      try {
        await patiently(PATIENCE_MS, () => connection.exec('BEGIN DEFERRED'));
        // The snapshot is taken by the first read, not by BEGIN.
        await patiently(PATIENCE_MS, () => connection.get('SELECT count(*) FROM meta'));
        return await work(connection);
      } finally {
        this.release(connection);
      }
    } finally {
      this.busy -= 1;
      this.waiting.shift()?.();
    }
  }

  /** Closes every connection once the works under way have ended; later ones are refused. */
  async close(): Promise<void> {
    this.closed = true;
    while (this.busy > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
    for (const connection of this.idle.splice(0)) connection.close();
  }

  private release(connection: Connection): void {
    try {
      connection.exec('ROLLBACK');
      this.idle.push(connection);
    } catch {
      connection.close();
    }
  }
}
