/**
 * Puts the database as it was before the last update of the data back in place, so that the former program can open it. What happened since is not in it: the database that
 * was there is set aside for good, and the copy carries the alarm that freezes sending (docs/decisions/0042).
 */
import { existsSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { localStamp, type Clock } from '../../domain/clock';
import { VitaleError } from '../../domain/errors';
import type { BackupDisk } from '../backup/disk';
import { temporaryName } from '../files/durable-write';
import { takeProcessLock } from '../lock/process-lock';
import { STORE_FILES } from '../names';
import { Connection } from '../sqlite/connection';
import { isSound } from '../sqlite/soundness';
import { copiesFolder, newestCopy, type CopyBefore } from './copies';

export interface GoingBackParts {
  readonly disk: BackupDisk;
  readonly clock: Clock;
}

export interface WentBack {
  /** Schema of the data now in place. */
  readonly version: number;
  /** Where the database that was there is. */
  readonly aside: string;
}

/** The copy that {@link goBack} would put in place. Errors: STO-033 there is none, STO-006. */
export async function copyToGoBackTo(home: string): Promise<CopyBefore> {
  const copy = await newestCopy(home, versionIn(home));
  if (copy === null) throw new VitaleError('STO-033');
  return copy;
}

/**
 * @param home absolute path of the data folder.
 * Errors: SAV-008 a program has the data open, STO-033 no copy, STO-003 the copy is damaged, STO-001, STO-006. Nothing has changed then.
 */
export async function goBack(home: string, { disk, clock }: GoingBackParts): Promise<WentBack> {
  const alone = takeProcessLock(path.join(home, STORE_FILES.users));
  if (alone === null) throw new VitaleError('SAV-008');
  try {
    const { file, version } = await copyToGoBackTo(home);
    await mustBeSound(file);
    const database = path.join(home, STORE_FILES.database);
    gather(database);
    const aside = await setAside(home, database, { disk, clock });
    const fresh = temporaryName(database);
    try {
      await disk.copy(file, fresh);
      // A log belongs to the database it was written for; what of it could not be gathered lies aside with it.
      for (const log of logsOf(database)) await disk.remove(log);
      await disk.rename(fresh, database);
    } catch (error) {
      await disk.remove(fresh).catch(() => undefined);
      throw error;
    }
    await disk.flush(home, 'folder');
    return { version, aside };
  } finally {
    alone.release();
  }
}

const logsOf = (database: string): readonly string[] => ['-wal', '-shm'].map((end) => database + end);

/** Schema of the data that are there; the highest there can be where they cannot be read. */
function versionIn(home: string): number {
  const file = path.join(home, STORE_FILES.database);
  if (!existsSync(file)) return Number.MAX_SAFE_INTEGER;
  let connection: Connection | null = null;
  try {
    connection = Connection.open(file);
    return Number(connection.get('PRAGMA user_version')?.['user_version']);
  } catch {
    return Number.MAX_SAFE_INTEGER;
  } finally {
    connection?.close();
  }
}

async function mustBeSound(file: string): Promise<void> {
  const connection = Connection.open(file);
  try {
    if (!(await isSound(connection))) throw new VitaleError('STO-003');
  } finally {
    connection.close();
  }
}

/** Brings the log into the database; a damaged one is set aside as it is, with its log. */
function gather(database: string): void {
  let connection: Connection | null = null;
  try {
    connection = Connection.open(database);
    connection.get('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // As said.
  } finally {
    connection?.close();
  }
}

async function setAside(home: string, database: string, { disk, clock }: GoingBackParts): Promise<string> {
  const folder = copiesFolder(home);
  const name = `vitale-ecartee-${localStamp(clock.now())}`;
  let aside = '';
  for (let rank = 1; aside === '' || existsSync(aside); rank++)
    aside = path.join(folder, `${name}${rank === 1 ? '' : `-${String(rank)}`}.db`);
  const [log = ''] = logsOf(database);
  try {
    await disk.copy(database, aside);
    if (existsSync(log) && statSync(log).size > 0) await disk.copy(log, `${aside}-wal`);
    await disk.flush(folder, 'folder');
  } catch (error) {
    for (const half of [aside, `${aside}-wal`]) await disk.remove(half).catch(() => undefined);
    throw error;
  }
  return aside;
}
