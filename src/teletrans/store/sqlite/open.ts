import { open } from 'node:fs/promises';
import * as path from 'node:path';
import { VitaleError } from '../../domain/errors';
import { flushFolder } from '../files/durable-write';
import { asStoreError } from '../files/errors';
import type { DerivedKeys } from '../keys/derive';
import { EnvelopeError, placeOf } from '../keys/envelope';
import { Connection } from './connection';
import type { SqlRow } from './engine';
import { MIGRATIONS } from './migrations';
import { patiently } from './patience';
import { blob } from './rows';

/** How long to wait for another program before saying that the data are in use. */
export const PATIENCE_MS = 10_000;

/** Gives the keys; `fresh` is true when the database holds nothing yet, so that a new key loses nothing. */
export type KeyLoader = (fresh: boolean) => Promise<DerivedKeys>;

const KEY_CHECK = 'vitale';
const PLACE_OF_CHECK = placeOf('meta', 'key-check', 'value');

function versionOf(connection: Connection): number {
  return Number(connection.get('PRAGMA user_version')?.['user_version']);
}

/** Errors: STO-007 when the data were written by a newer program. */
export function checkedVersion(connection: Connection): number {
  const version = versionOf(connection);
  if (version > MIGRATIONS.length) throw new VitaleError('STO-007', { a: version, b: MIGRATIONS.length });
  return version;
}

/** Runs `work` in a write transaction of its own. */
function atomically(connection: Connection, work: () => void): void {
  connection.exec('BEGIN IMMEDIATE');
  try {
    work();
    connection.exec('COMMIT');
  } catch (error) {
    try {
      connection.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself (full disk): the first error is the one to tell.
    }
    throw error;
  }
}

/** Brings the schema to the present version, or leaves it as it was. */
function migrate(connection: Connection): void {
  atomically(connection, () => {
    // Read again under the lock: another program may have been first.
    MIGRATIONS.slice(checkedVersion(connection)).forEach((sql) => connection.exec(sql));
    connection.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
}

/** A text sealed with the key of these data: another key does not open it (STO-012). */
function checkKey(connection: Connection, keys: DerivedKeys): void {
  const row = connection.get(`SELECT value FROM meta WHERE name = 'key-check'`);
  if (row === null) {
    connection.run(
      `INSERT INTO meta (name, value) VALUES ('key-check', ?) ON CONFLICT DO NOTHING`,
      keys.bodies.seal(Buffer.from(KEY_CHECK), PLACE_OF_CHECK),
    );
    checkKey(connection, keys);
    return;
  }
  if (!opens(row, keys)) throw new VitaleError('STO-012');
}

function opens(row: SqlRow, keys: DerivedKeys): boolean {
  try {
    keys.bodies.open(blob(row, 'value'), PLACE_OF_CHECK);
    return true;
  } catch (error) {
    if (error instanceof EnvelopeError) return false;
    throw error;
  }
}

/** True when these data were written with this key; false too for data that never met one. */
export function opensWith(connection: Connection, keys: DerivedKeys): boolean {
  const row = connection.get(`SELECT value FROM meta WHERE name = 'key-check'`);
  return row !== null && opens(row, keys);
}

/** Makes the file, readable by its owner only (SQLite gives its companion files the same rights), and its name in the folder sure to stay. */
async function createPrivately(file: string): Promise<void> {
  try {
    await (await open(file, 'a', 0o600)).close();
    await flushFolder(path.dirname(file));
  } catch (error) {
    throw asStoreError(error);
  }
}

/**
 * Opens a database for writing, migrated and with the right key.
 * Errors: STO-001 disk full, STO-002 locked, STO-003 damaged, STO-006 rights, STO-007 newer schema, STO-012 wrong or missing key.
 */
export async function openDatabase(file: string, loadKeys: KeyLoader): Promise<{ connection: Connection; keys: DerivedKeys }> {
  await createPrivately(file);
  const connection = await patiently(PATIENCE_MS, () => Connection.open(file));
  try {
    const version = await patiently(PATIENCE_MS, () => checkedVersion(connection));
    await patiently(PATIENCE_MS, () => connection.exec('PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 16777216'));
    const keys = await loadKeys(version === 0);
    if (version < MIGRATIONS.length) await patiently(PATIENCE_MS, () => migrate(connection));
    await patiently(PATIENCE_MS, () => checkKey(connection, keys));
    return { connection, keys };
  } catch (error) {
    connection.close();
    throw error;
  }
}
