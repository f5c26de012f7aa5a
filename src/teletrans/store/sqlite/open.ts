import { open } from 'node:fs/promises';
import * as path from 'node:path';
import { VitaleError } from '../../domain/errors';
import { flushFolder } from '../files/durable-write';
import { asStoreError } from '../files/errors';
import type { DerivedKeys } from '../keys/derive';
import { EnvelopeError, placeOf } from '../keys/envelope';
import { Connection } from './connection';
import type { SqlRow } from './engine';
import { routeEarlierOnes, UNROUTED } from './listing/payers';
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

/** The shape that the data of a file have, 0 when there are none yet. Nobody else uses them. Errors: STO-002, STO-003, STO-006. */
export function schemaOf(file: string): number {
  const connection = Connection.open(file);
  try {
    return versionOf(connection);
  } finally {
    connection.close();
  }
}

/** Errors: STO-007 when the data were written by a newer program. */
export function checkedVersion(connection: Connection): number {
  const version = versionOf(connection);
  if (version > MIGRATIONS.length) throw new VitaleError('STO-007', { a: version, b: MIGRATIONS.length });
  return version;
}

/** Runs `work` in a write transaction of its own, on a connection that nothing else uses meanwhile. */
export async function atomically(connection: Connection, work: () => Promise<void>): Promise<void> {
  connection.exec('BEGIN IMMEDIATE');
  try {
    await work();
    connection.exec('COMMIT');
  } catch (error) {
    rollBack(connection);
    throw error;
  }
}

function rollBack(connection: Connection): void {
  try {
    connection.exec('ROLLBACK');
  } catch {
    // SQLite has rolled back by itself (full disk): the first error is the one to tell.
  }
}

/** Thrown for data of an earlier schema: they are updated first (../update/updating.ts), never by the way. */
export class EarlierSchema extends Error {}

/** Makes the schema in a database that holds nothing, or leaves it so. */
function makeSchema(connection: Connection): void {
  connection.exec('BEGIN IMMEDIATE');
  try {
    // Read again under the lock: another program may have been first.
    if (checkedVersion(connection) === 0) {
      MIGRATIONS.forEach((sql) => connection.exec(sql));
      connection.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    }
    connection.exec('COMMIT');
  } catch (error) {
    rollBack(connection);
    throw error;
  }
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

/** Errors: STO-012 when the data were written with another key. */
export function mustOpenWith(connection: Connection, keys: DerivedKeys): void {
  const row = connection.get(`SELECT value FROM meta WHERE name = 'key-check'`);
  if (row !== null && !opens(row, keys)) throw new VitaleError('STO-012');
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
 * Opens a database for writing, of the present schema (made where there is none) and with the right key.
 * @throws EarlierSchema for one that must be updated first; it is as it was. Errors: STO-001 disk full, STO-002 locked, STO-003 damaged, STO-006 rights, STO-007 newer schema, STO-012 wrong or missing key.
 */
export async function openDatabase(file: string, loadKeys: KeyLoader): Promise<{ connection: Connection; keys: DerivedKeys }> {
  await createPrivately(file);
  const connection = await patiently(PATIENCE_MS, () => Connection.open(file));
  try {
    const version = await patiently(PATIENCE_MS, () => checkedVersion(connection));
    if (version > 0 && version < MIGRATIONS.length) throw new EarlierSchema();
    await patiently(PATIENCE_MS, () => connection.exec('PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 16777216'));
    const keys = await loadKeys(version === 0);
    if (version === 0) await patiently(PATIENCE_MS, () => makeSchema(connection));
    await patiently(PATIENCE_MS, () => checkKey(connection, keys));
    if (connection.get(UNROUTED) !== null)
      await patiently(PATIENCE_MS, () => atomically(connection, () => routeEarlierOnes(connection, keys.bodies)));
    return { connection, keys };
  } catch (error) {
    connection.close();
    throw error;
  }
}
