import { Connection } from './connection';
import { PATIENCE_MS } from './open';
import { patiently } from './patience';

/** Readers at the same time; the others wait for one of them. */
const MAX_READERS = 8;

/** Connections for snapshots: they never wait for a writer, nor a writer for them. */
export class Readers {
  private readonly idle: Connection[] = [];
  private readonly waiting: (() => void)[] = [];
  private readonly works = new Set<Promise<unknown>>();
  private busy = 0;

  /** @param file the database, already migrated. */
  constructor(private readonly file: string) {}

  /** Runs `work` on a connection whose snapshot is the data as committed when its turn comes. */
  run<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const running = this.turn(work);
    const settled = running.catch(() => undefined);
    this.works.add(settled);
    void settled.then(() => this.works.delete(settled));
    return running;
  }

  /** Closes every connection once the works asked for have ended. */
  async close(): Promise<void> {
    while (this.works.size > 0) await Promise.all(this.works);
    for (const connection of this.idle.splice(0)) connection.close();
  }

  private async turn<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    while (this.busy >= MAX_READERS) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.busy += 1;
    try {
      const connection = this.idle.pop() ?? (await patiently(PATIENCE_MS, () => Connection.open(this.file)));
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

  private release(connection: Connection): void {
    try {
      connection.exec('ROLLBACK');
      this.idle.push(connection);
    } catch {
      connection.close();
    }
  }
}
