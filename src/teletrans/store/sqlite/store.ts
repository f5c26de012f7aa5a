import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import type { DerivedKeys } from '../keys/derive';
import { Mutex } from '../mutex';
import type { Store, StoreSession } from '../port';
import { Access } from './access';
import type { Connection } from './connection';
import { openDatabase, PATIENCE_MS, type KeyLoader } from './open';
import { patiently } from './patience';
import { QuietCheckpoint } from './quiet-checkpoint';
import { Readers } from './readers';
import { sessionOn } from './session';

/** The store on SQLite: one writing connection behind a queue, some reading ones. */
export class SqliteStore implements Store {
  private readonly writers = new Mutex();
  private readonly readers: Readers;
  /** The session that the running asynchronous call is inside of. */
  private readonly inside = new AsyncLocalStorage<{ over: boolean }>();
  private readonly checkpoint: QuietCheckpoint;
  private closed = false;
  private readonly atClose: (() => void)[] = [];

  private constructor(
    file: string,
    private readonly connection: Connection,
    private readonly keys: DerivedKeys,
  ) {
    this.readers = new Readers(file);
    this.checkpoint = new QuietCheckpoint(connection, this.writers);
  }

  /**
   * @param file absolute path of the database; its folder exists.
   * @throws EarlierSchema. Errors: STO-001, STO-002, STO-003, STO-006, STO-007, STO-012.
   */
  static async open(file: string, loadKeys: KeyLoader): Promise<{ readonly store: SqliteStore; readonly keys: DerivedKeys }> {
    const { connection, keys } = await openDatabase(file, loadKeys);
    return { store: new SqliteStore(file, connection, keys), keys };
  }

  async transaction<T>(work: (session: StoreSession) => Promise<T>): Promise<T> {
    this.refuseMisuse();
    return this.writers.run(async () => {
      await patiently(PATIENCE_MS, () => this.connection.exec('BEGIN IMMEDIATE'));
      const access = new Access(this.connection, true);
      try {
        const result = await this.enter(access, work);
        access.mustBeWhole();
        this.connection.exec('COMMIT');
        this.checkpoint.committed();
        return result;
      } catch (error) {
        this.rollback();
        throw error;
      }
    });
  }

  async read<T>(work: (session: StoreSession) => Promise<T>): Promise<T> {
    this.refuseMisuse();
    return this.readers.run((connection) => this.enter(new Access(connection, false), work));
  }

  keyedHash(text: string): string {
    return this.keys.keyedHash(text);
  }

  expectHandOvers(): void {
    if (!this.closed) this.checkpoint.makeRoom();
  }

  /** Reads the whole database, indexes too. @returns what SQLite found wrong, nothing when it is sound. It takes its time and lets nobody in between. */
  async integrityFaults(): Promise<readonly string[]> {
    return this.readers.run((connection) => {
      const found = connection.all('PRAGMA integrity_check(20)').map((row) => String(row['integrity_check']));
      return Promise.resolve(found.length === 1 && found[0] === 'ok' ? [] : found);
    });
  }

  /**
   * Copies the whole database into a new file as it is at one instant, while the program goes on; then runs `work` on the data of that same instant.
   * Errors: STO-001, STO-006.
   */
  async copyTo<T>(file: string, work: (session: StoreSession) => Promise<T>): Promise<T> {
    this.refuseMisuse();
    return this.readers.run(async (connection) => {
      await connection.copyTo(file);
      return this.enter(new Access(connection, false), work);
    });
  }

  /** Lets SQLite look for faults, table by table while `timeLeft`, giving way to others in between. @returns faults found, tables read, tables there are. */
  async quickCheck(timeLeft: () => boolean): Promise<{ readonly faults: number; readonly checked: number; readonly tables: number }> {
    return this.readers.run(async (connection) => {
      const names = connection.all(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid`).map((row) => String(row['name']));
      let checked = 0;
      let faults = 0;
      for (const name of names) {
        if (!timeLeft()) break;
        const found = connection.all('SELECT quick_check AS fault FROM pragma_quick_check(?)', name);
        faults += found.filter((row) => row['fault'] !== 'ok').length;
        checked += 1;
        await setImmediate();
      }
      return { faults, checked, tables: names.length };
    });
  }

  /** Waits for what is under way, then closes; later calls are refused. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.writers.idle();
    this.checkpoint.stop();
    await this.readers.close();
    this.gather();
    this.connection.close();
    for (const then of this.atClose) then();
  }

  /** Runs `work` on the writing connection before anybody else uses it. */
  async atOpening(work: (connection: Connection) => Promise<void>): Promise<void> {
    await this.writers.run(() => work(this.connection));
  }

  /** Called once everything is closed. */
  onClose(then: () => void): void {
    this.atClose.push(then);
  }

  /** Brings what is in the write-ahead log into the database file, so that the file alone is a whole copy. */
  private gather(): void {
    try {
      this.connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // Full disk, or another program reading: what is committed stays safe in the log.
    }
  }

  private async enter<T>(access: Access, work: (session: StoreSession) => Promise<T>): Promise<T> {
    const scope = { over: false };
    try {
      return await this.inside.run(scope, () => work(sessionOn(access, this.keys.bodies)));
    } finally {
      scope.over = true;
      access.end();
    }
  }

  private refuseMisuse(): void {
    if (this.closed) throw new Error('the store is closed');
    if (this.inside.getStore()?.over === false)
      throw new Error('a store session is open already: pass it on instead of opening another one');
  }

  private rollback(): void {
    try {
      this.connection.exec('ROLLBACK');
    } catch {
      // Nothing to roll back: SQLite has done so by itself, or BEGIN has failed.
    }
  }
}
