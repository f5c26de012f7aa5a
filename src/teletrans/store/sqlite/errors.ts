import { VitaleError } from '../../domain/errors';

/** Primary SQLite result codes (sqlite.org/rescode.html) that a person can meet. */
const CODES: Readonly<Record<number, string>> = {
  3: 'STO-006', // PERM
  5: 'STO-002', // BUSY
  6: 'STO-002', // LOCKED
  8: 'STO-006', // READONLY
  10: 'STO-006', // IOERR
  11: 'STO-003', // CORRUPT
  13: 'STO-001', // FULL
  14: 'STO-006', // CANTOPEN
  23: 'STO-006', // AUTH
  26: 'STO-003', // NOTADB
};

/** Extended codes of IOERR that mean the file's content is wrong: READ, SHORT_READ, DATA, CORRUPTFS. */
const DAMAGE: ReadonlySet<number> = new Set([266, 522, 8202, 8458]);

/** SQLite's own words (sqlite3_errstr) for what a person can meet: the package gives no number where a row could not be read. */
const WORDS: Readonly<Record<string, number>> = {
  'database is locked': 5,
  'attempt to write a readonly database': 8,
  'disk I/O error': 10,
  'database disk image is malformed': 11,
  'database or disk is full': 13,
  'unable to open database file': 14,
  'file is not a database': 26,
};

/** The extended result code of an error of SQLite (1, any error, where it says none), null for any other error. */
export function sqliteCode(error: unknown): number | null {
  if (typeof error !== 'object' || error === null) return null;
  const { errcode, code, message } = error as { readonly errcode?: unknown; readonly code?: unknown; readonly message?: unknown };
  if (typeof errcode === 'number') return errcode;
  return code === 'ERR_SQLITE_ERROR' ? (WORDS[String(message)] ?? 1) : null;
}

/** True when another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== null && ((code & 0xff) === 5 || (code & 0xff) === 6);
}

/**
 * An error of SQLite as an error of the product; any other, and a broken constraint (a fault of the program), is returned as it is.
 * SQLite's own message is kept as cause: it names tables and columns, never values.
 */
export function asSqliteError(error: unknown): unknown {
  const extended = sqliteCode(error);
  if (extended === null) return error;
  const code = DAMAGE.has(extended) ? 'STO-003' : CODES[extended & 0xff];
  return code === undefined ? error : new VitaleError(code, { sqlite: extended }, { cause: error });
}
