/**
 * Brings the data of an earlier program to the present schema (docs/decisions/0042): alone on the data folder, after a copy that was read back, in one transaction that is
 * committed only if nothing was lost. Wherever it ends, the database is of the earlier schema with all it held, or of the present one.
 */
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isVitaleError, VitaleError } from '../../domain/errors';
import { takeProcessLock, type ProcessLock } from '../lock/process-lock';
import { STORE_FILES } from '../names';
import { Connection } from '../sqlite/connection';
import { sqliteCode } from '../sqlite/errors';
import { MIGRATIONS } from '../sqlite/migrations';
import { atomically, checkedVersion, mustOpenWith, PATIENCE_MS, type KeyLoader } from '../sqlite/open';
import { patiently } from '../sqlite/patience';
import { makeCopy } from './copies';
import type { UpdateEffects } from './effects';
import { changedBetween, contentOf } from './kept-rows';

/** How long a program waits while another one updates the data: years of a large practice take seconds. Milliseconds. */
const UPDATE_PATIENCE_MS = 120_000;
/** A program that has the data open, perhaps the former version, is waited for no longer than one that is just closing. Milliseconds. */
const USERS_PATIENCE_MS = 5_000;
/** Room wanted on the disk: the copy, and a log of at most the database's size. */
const ROOM_FACTOR = 2;
const MIB = 1 << 20;

/**
 * Updates the data of a folder, or waits until another program has; does nothing where they are of the present schema.
 * Errors: STO-030 no room, STO-031 the update would have lost something, STO-032 another program has the data open, STO-003, STO-006, STO-007, STO-012. Nothing has changed then.
 */
export async function updateData(home: string, loadKeys: KeyLoader, effects: UpdateEffects): Promise<void> {
  const updating = await patientLock(path.join(home, STORE_FILES.updateLock), UPDATE_PATIENCE_MS);
  try {
    const alone = await patientLock(path.join(home, STORE_FILES.users), USERS_PATIENCE_MS);
    try {
      await updateAlone(home, loadKeys, effects);
    } finally {
      alone.release();
    }
  } finally {
    updating.release();
  }
}

/** Waits while another program updates the data of this folder. @returns false when none does. Errors: STO-032 when it takes too long. */
export async function waitForUpdate(home: string): Promise<boolean> {
  const file = path.join(home, STORE_FILES.updateLock);
  const free = takeProcessLock(file);
  free?.release();
  if (free !== null) return false;
  (await patientLock(file, UPDATE_PATIENCE_MS)).release();
  return true;
}

async function patientLock(file: string, patienceMs: number): Promise<ProcessLock> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const lock = takeProcessLock(file);
    if (lock !== null) return lock;
    if (performance.now() >= deadline) throw new VitaleError('STO-032');
    await sleep(50);
  }
}

async function updateAlone(home: string, loadKeys: KeyLoader, effects: UpdateEffects): Promise<void> {
  const connection = await patiently(PATIENCE_MS, () => Connection.open(path.join(home, STORE_FILES.database)));
  try {
    const version = await patiently(PATIENCE_MS, () => checkedVersion(connection));
    if (version === MIGRATIONS.length) return;
    mustOpenWith(connection, await loadKeys(false));
    await mustHaveRoom(home, connection, effects);
    await makeCopy(home, connection, version, effects);
    await change(connection, effects);
  } catch (error) {
    throw isVitaleError(error, 'STO-001') ? new VitaleError('STO-030', { n: roomFor(connection) }, { cause: error }) : error;
  } finally {
    connection.close();
  }
}

/** All changes and the number of the schema, or nothing. */
async function change(connection: Connection, { onStep }: UpdateEffects): Promise<void> {
  await atomically(connection, async () => {
    const before = await contentOf(connection);
    try {
      for (const sql of MIGRATIONS.slice(checkedVersion(connection))) {
        onStep('change', connection);
        connection.exec(sql);
      }
    } catch (error) {
      // Data of a kind the change did not reckon with.
      throw !isVitaleError(error) && sqliteCode(error) !== null ? new VitaleError('STO-031', { tables: '' }, { cause: error }) : error;
    }
    connection.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    onStep('compare', connection);
    const lost = changedBetween(before, await contentOf(connection));
    if (lost.length > 0) throw new VitaleError('STO-031', { tables: lost.join(' ') });
    onStep('commit', connection);
  });
}

/** Mebibytes wanted on the disk before an update begins; 0 where the database cannot say its size. */
function roomFor(connection: Connection): number {
  try {
    const pages = Number(connection.get('PRAGMA page_count')?.['page_count']) * Number(connection.get('PRAGMA page_size')?.['page_size']);
    return Math.ceil((ROOM_FACTOR * pages) / MIB) + 1;
  } catch {
    return 0;
  }
}

/** A disk that does not say how much room it has is tried. Errors: STO-030. */
async function mustHaveRoom(home: string, connection: Connection, { room }: UpdateEffects): Promise<void> {
  const found = await room(home);
  const n = roomFor(connection);
  if (found !== null && found < n * MIB) throw new VitaleError('STO-030', { n });
}
