import type { Page } from '../port';
import type { Connection } from './connection';
import type { SqlValue } from './engine';
import { text } from './rows';

/**
 * What the tables of one session share: the connection, for as long as the session lasts. The engine is synchronous and the port is not: `read` and `write`
 * turn a result into a promise and a throw into a rejection.
 */
export class Access {
  private over = false;
  private failure: { readonly error: unknown } | null = null;

  /** @param writable false for a snapshot: its writes are refused. */
  constructor(
    private readonly connection: Connection,
    private readonly writable: boolean,
  ) {}

  read<T>(work: (connection: Connection) => T): Promise<T> {
    return new Promise((resolve) => {
      if (this.over) throw new Error('the store session is over: every call must be awaited inside it');
      resolve(work(this.connection));
    });
  }

  write<T>(work: (connection: Connection) => T): Promise<T> {
    return this.read((connection) => {
      if (!this.writable) throw new Error('a read must not write: use a transaction');
      this.mustBeWhole();
      try {
        return work(connection);
      } catch (error) {
        this.failure ??= { error };
        throw error;
      }
    });
  }

  /**
   * Throws the error of a write that failed. SQLite may have ended the transaction by then, or kept half of a change that takes several statements: such a
   * session goes no further and is never committed, even when its user has caught the error.
   */
  mustBeWhole(): void {
    if (this.failure !== null) throw this.failure.error;
  }

  end(): void {
    this.over = true;
  }
}

/** Rank of a row by its identifier; `null` when there is none. */
export function rankOf(connection: Connection, table: 'invoices' | 'lots' | 'returns' | 'files', id: string): number | null {
  const row = connection.get(`SELECT rank FROM ${table} WHERE id = ?`, id);
  return row === null ? null : Number(row['rank']);
}

/** Rank of a row that must exist: a missing one is a fault of the caller. */
export function mustRankOf(connection: Connection, table: 'invoices' | 'lots' | 'returns' | 'files', id: string): number {
  const rank = rankOf(connection, table, id);
  if (rank === null) throw new Error(`no row ${id} in ${table}`);
  return rank;
}

/** `INSERT` of named columns. @returns rank of the new row. */
export function insertRow(connection: Connection, table: string, columns: Readonly<Record<string, SqlValue>>): number {
  const names = Object.keys(columns);
  const sql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')}) RETURNING rank`;
  return Number(connection.get(sql, ...Object.values(columns))?.['rank']);
}

/** `UPDATE` of the columns given, by identifier; a row that does not exist is a fault of the caller. */
export function updateRow(connection: Connection, table: string, id: string, columns: Readonly<Record<string, SqlValue>>): void {
  const names = Object.keys(columns);
  if (names.length === 0) return;
  const changed = connection.run(
    `UPDATE ${table} SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`,
    ...Object.values(columns),
    id,
  );
  if (changed !== 1) throw new Error(`no row ${id} in ${table}`);
}

/** Replaces an ordered list kept in a table of its own (`lot_invoices`, `file_lots`). */
export function putList(connection: Connection, table: string, owner: string, item: string, rank: number, ids: readonly string[]): void {
  connection.run(`DELETE FROM ${table} WHERE ${owner} = ?`, rank);
  ids.forEach((id, position) => connection.run(`INSERT INTO ${table} (${owner}, position, ${item}) VALUES (?, ?, ?)`, rank, position, id));
}

export function getList(connection: Connection, table: string, owner: string, item: string, rank: number): string[] {
  return connection.all(`SELECT ${item} FROM ${table} WHERE ${owner} = ? ORDER BY position`, rank).map((row) => text(row, item));
}

/** Conditions of a list, joined by AND; each with its values. */
export class Conditions {
  private readonly parts: string[] = [];
  private readonly bound: SqlValue[] = [];

  /** Adds `sql` with `values` when `given` is there. */
  when(given: unknown, sql: string, ...values: SqlValue[]): this {
    if (given === undefined) return this;
    this.parts.push(sql);
    this.bound.push(...values);
    return this;
  }

  get where(): string {
    return this.parts.length === 0 ? '' : ` WHERE ${this.parts.join(' AND ')}`;
  }

  get values(): readonly SqlValue[] {
    return this.bound;
  }
}

/** The SQL of one page of a list, in order of creation. */
export function pageSql(
  table: 'invoices' | 'lots' | 'files' | 'returns',
  conditions: Conditions,
  { after, limit }: Page,
): { readonly sql: string; readonly values: readonly SqlValue[] } {
  if (typeof after === 'string') conditions.when(after, `rank > (SELECT rank FROM ${table} WHERE id = ?)`, after);
  const end = limit === undefined ? '' : ' LIMIT ?';
  return {
    sql: `SELECT * FROM ${table}${conditions.where} ORDER BY rank${end}`,
    values: limit === undefined ? conditions.values : [...conditions.values, limit],
  };
}

/** A list of values bound as one parameter: the statement's text stays the same whatever their number. */
export const among = (column: string): string => `${column} IN (SELECT value FROM json_each(?))`;
