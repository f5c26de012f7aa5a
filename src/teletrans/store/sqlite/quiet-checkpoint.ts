/**
 * Brings the write-ahead log into the database file when nobody waits. By itself SQLite does it inside the commit that fills the log, while the host waits for that
 * commit; here it is done once nothing was committed for a moment, and SQLite steps in only where commits never pause. What is committed is on the disk either way.
 */
import type { Mutex } from '../mutex';
import type { Connection } from './connection';

/** Pages (of 4 KiB) in the log at which SQLite does not wait for a pause: as much of the log as is kept for use again. */
const MOST_PAGES = 4096;
/** Quiet for this long: nobody waits. */
const QUIET_MS = 300;

export class QuietCheckpoint {
  private timer: NodeJS.Timeout | null = null;

  /** @param writers the queue of the connection's transactions. */
  constructor(
    private readonly connection: Connection,
    private readonly writers: Mutex,
  ) {
    connection.exec(`PRAGMA wal_autocheckpoint = ${MOST_PAGES}`);
  }

  /** After each commit. */
  committed(): void {
    if (this.timer === null) this.timer = setTimeout(() => void this.writers.run(() => this.gather()), QUIET_MS).unref();
    else this.timer.refresh();
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private async gather(): Promise<void> {
    try {
      // PASSIVE: waits for nobody, and leaves for later what a reader still needs.
      this.connection.get('PRAGMA wal_checkpoint(PASSIVE)');
    } catch {
      // Full disk, or another program at it: what is committed stays safe in the log.
    }
    return Promise.resolve();
  }
}
