/**
 * The database as it was before an update of the data, in a folder of the data folder: `vitale-v<schema>.db`, one file, read back before anything is changed. The newest stays
 * for {@link KEPT_DAYS} days, every other goes at the next opening.
 */
import { readdir, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { VitaleError } from '../../domain/errors';
import { isTemporaryName, temporaryName } from '../files/durable-write';
import { errnoOf } from '../files/errors';
import type { BackupDisk } from '../backup/disk';
import { STORE_FILES } from '../names';
import { Connection } from '../sqlite/connection';
import { isSound } from '../sqlite/soundness';
import { setCopyAlarm } from './copy-alarm';
import type { UpdateEffects } from './effects';
import { changedBetween, contentOf } from './kept-rows';

/** Within this many days a practice notices what an update did to it. */
export const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

export interface CopyBefore {
  readonly file: string;
  /** Schema of the data in it. */
  readonly version: number;
}

export const copiesFolder = (home: string): string => path.join(home, STORE_FILES.beforeUpdate);

/**
 * Copies the database that `connection` has open, and reads the copy back; nobody else writes meanwhile. What a dead process left half made is removed first.
 * Errors: STO-001 disk full, STO-003 the data are damaged already, STO-006. No copy is left then.
 */
export async function makeCopy(home: string, connection: Connection, version: number, { disk, onStep }: UpdateEffects): Promise<void> {
  const folder = copiesFolder(home);
  const file = path.join(folder, `vitale-v${version}.db`);
  await disk.makeFolder(folder);
  for (const name of await namesIn(folder)) if (isLeftover(name)) await disk.remove(path.join(folder, name));
  const temporary = temporaryName(file);
  try {
    // Made by us and not by SQLite, for its owner alone.
    await disk.write(temporary, '');
    onStep('copy', connection);
    await connection.copyTo(temporary);
    await sealCopy(temporary, connection, onStep);
    await disk.flush(temporary, 'file');
    await disk.rename(temporary, file);
    await disk.flush(folder, 'folder');
    await disk.flush(home, 'folder');
  } catch (error) {
    await disk.remove(temporary).catch(() => undefined);
    throw error;
  }
}

async function sealCopy(file: string, source: Connection, onStep: UpdateEffects['onStep']): Promise<void> {
  const copy = Connection.open(file);
  try {
    // One file, without a log beside it.
    copy.exec('PRAGMA journal_mode = DELETE');
    onStep('alarm', copy);
    setCopyAlarm(copy);
    onStep('read-back', copy);
    const lost = changedBetween(await contentOf(source), await contentOf(copy));
    if (lost.length > 0 || !(await isSound(copy))) throw new VitaleError('STO-003', { tables: lost.join(' ') });
  } finally {
    copy.close();
  }
}

/** The copy of the newest schema older than `version`; null when there is none. */
export async function newestCopy(home: string, version: number): Promise<CopyBefore | null> {
  return (await copiesIn(home)).filter((copy) => copy.version < version).sort((a, b) => b.version - a.version)[0] ?? null;
}

/** Removes the copies that are no longer kept; what cannot be removed only takes room. @param version schema of the data. */
export async function pruneCopies(
  home: string,
  version: number,
  disk: Pick<BackupDisk, 'remove'>,
  now: () => number = Date.now,
): Promise<void> {
  const newest = await newestCopy(home, version);
  for (const { file } of await copiesIn(home)) {
    const isKept = file === newest?.file && now() - (await madeAt(file)) < KEPT_DAYS * DAY_MS;
    if (!isKept) await disk.remove(file).catch(() => undefined);
  }
}

async function copiesIn(home: string): Promise<readonly CopyBefore[]> {
  const folder = copiesFolder(home);
  return (await namesIn(folder)).flatMap((name) => {
    const version = /^vitale-v(\d{1,6})\.db$/.exec(name)?.[1];
    return version === undefined ? [] : [{ file: path.join(folder, name), version: Number(version) }];
  });
}

/** A copy that was being written, or SQLite's own file beside it. */
const isLeftover = (name: string): boolean => isTemporaryName(name.replace(/-(journal|wal|shm)$/, ''));

/** Of a file that went meanwhile: just now, so that it is left alone. */
const madeAt = (file: string): Promise<number> =>
  stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => Date.now(),
  );

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}
