/**
 * Brings the write-ahead log into the database file when nobody waits. By itself SQLite does it inside the commit that fills the log, while the host waits for that
 * commit; here it is done once nothing was committed for a moment, or between two commits where they never pause. What is committed is on the disk either way.
 */
import type { Mutex } from '../mutex';
import type { Connection } from './connection';

/** Pages (of 4 KiB) in the log at which SQLite does it inside a commit: a little less than `journal_size_limit` keeps for use again. Only large commits reach it. */
const MOST_PAGES = 3800;
/** Bytes of one value in a page of its own. */
const USABLE_BYTES = 4092;
/** About as many pages stay in memory (SQLite’s own cache of 2 MB) and do not reach the log. */
const CACHED_PAGES = 400;
/** Quiet for this long: nobody waits. */
const QUIET_MS = 300;
/** So many commits without a pause, of the dozen pages that taking an invoice writes, come near to {@link MOST_PAGES}. */
const MOST_COMMITS = 200;

export class QuietCheckpoint {
  private timer: NodeJS.Timeout | null = null;
  private commits = 0;
  private stopped = false;
  private roomWanted = false;

  /** @param writers the queue of the connection's transactions. */
  constructor(
    private readonly connection: Connection,
    private readonly writers: Mutex,
  ) {
    connection.exec(`PRAGMA wal_autocheckpoint = ${MOST_PAGES}`);
  }

  /**
   * Makes the log's file, at the next pause, as long as it will become: a commit that makes a file longer takes the file system up to twice as long, and much longer
   * on a busy disk, than one that writes over what is there.
   */
  makeRoom(): void {
    this.roomWanted = true;
    this.committed();
  }

  /** After each commit. */
  committed(): void {
    if (this.timer === null) this.timer = setTimeout(() => this.gatherInTurn(), QUIET_MS).unref();
    else this.timer.refresh();
    this.commits += 1;
    // After whoever waits for this commit has been answered.
    if (this.commits === MOST_COMMITS) setImmediate(() => this.gatherInTurn());
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.stopped = true;
  }

  private gatherInTurn(): void {
    if (this.stopped) return;
    void this.writers.run(() => this.gather());
  }

  private gather(): Promise<void> {
    this.commits = 0;
    if (this.roomWanted) this.attempt(() => this.fillAndTakeBack());
    this.roomWanted = false;
    // PASSIVE: waits for nobody, and leaves for later what a reader still needs.
    this.attempt(() => this.connection.get('PRAGMA wal_checkpoint(PASSIVE)'));
    return Promise.resolve();
  }

  /** Full disk, or another program at it: what is committed stays safe in the log. */
  private attempt(work: () => unknown): void {
    try {
      work();
    } catch {
      // As said: nothing is lost by it.
    }
  }

  /** What does not fit in memory goes to the log before the commit; taken back, it has changed nothing but the length of the file. */
  private fillAndTakeBack(): void {
    const bytes = (MOST_PAGES + CACHED_PAGES) * USABLE_BYTES;
    this.connection.exec('BEGIN IMMEDIATE');
    try {
      this.connection.exec(`CREATE TABLE room (bytes BLOB); INSERT INTO room VALUES (zeroblob(${bytes}))`);
    } finally {
      this.connection.exec('ROLLBACK');
    }
  }
}
