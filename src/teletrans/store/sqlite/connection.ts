import { asSqliteError } from './errors';
import type { SqlDatabase, SqlRow, SqlStatement, SqlValue } from './engine';
import { backUpSqlite, openSqlite } from './engine';

/** How long, in milliseconds, one call may block the event loop on a lock; what may last longer waits asynchronously. */
const BUSY_MS = 20;

/** One connection: prepared statements kept, errors translated. Every SQL text given to it is a constant of the program. */
export class Connection {
  private readonly statements = new Map<string, SqlStatement>();

  private constructor(private readonly db: SqlDatabase) {}

  /** @param file absolute path, made when missing. Errors: STO-002, STO-003, STO-006. */
  static open(file: string): Connection {
    let db: SqlDatabase | null = null;
    try {
      db = openSqlite(file);
      db.exec(`PRAGMA busy_timeout=${BUSY_MS}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;`);
      return new Connection(db);
    } catch (error) {
      db?.close();
      throw asSqliteError(error);
    }
  }

  exec(sql: string): void {
    this.guard(() => this.db.exec(sql));
  }

  /** @returns number of rows changed. */
  run(sql: string, ...values: SqlValue[]): number {
    return this.guard(() => Number(this.statement(sql).run(...values).changes));
  }

  get(sql: string, ...values: SqlValue[]): SqlRow | null {
    return this.guard(() => this.statement(sql).get(...values) ?? null);
  }

  all(sql: string, ...values: SqlValue[]): SqlRow[] {
    return this.guard(() => this.statement(sql).all(...values));
  }

  /** Copies the data as this connection sees them into a new file. Errors: STO-001, STO-006. */
  async copyTo(file: string): Promise<void> {
    try {
      await backUpSqlite(this.db, file);
    } catch (error) {
      throw asSqliteError(error);
    }
  }

  /**
   * With the package, statements that were prepared live on until they are collected, and the file stays open with them; whatever must end now (a transaction, a
   * lock) is ended by its own command before, never by `close` alone, unless nothing was prepared.
   */
  close(): void {
    this.statements.clear();
    this.db.close();
  }

  private statement(sql: string): SqlStatement {
    let statement = this.statements.get(sql);
    if (statement === undefined) {
      statement = this.db.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }

  private guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw asSqliteError(error);
    }
  }
}
