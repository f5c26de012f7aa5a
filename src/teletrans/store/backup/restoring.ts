/**
 * Puts a backup in the place of a data folder. The folder that was there is kept aside under another name, never overwritten.
 *
 * Everything is prepared beside the data folder and flushed; then two renamings, announced before in a note beside the folder, put it in place. Whoever opens the folder
 * next finishes what a dead process left ({@link finishRestoring}): before the first renaming the old folder stays, after it the new one is put in place. Either is whole.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { localStamp, type Clock } from '../../domain/clock';
import { VitaleError } from '../../domain/errors';
import type { Identifiers } from '../../domain/identifiers';
import { readMark } from '../files/marks';
import { restorationText } from '../files/restoration';
import { takeProcessLock, type ProcessLock } from '../lock/process-lock';
import { STORE_FILES } from '../names';
import { checkBackup, type OnFile } from './checking';
import type { BackupDisk } from './disk';
import type { BackupManifest } from './port';

export interface RestorerParts {
  readonly disk: BackupDisk;
  readonly clock: Clock;
  readonly ids: Identifiers;
}

export type RestoreStep = 'checking' | 'copying';

export interface Restored {
  readonly manifest: BackupManifest;
  /** Where the data folder that was there is now; null when there was none. */
  readonly aside: string | null;
}

/** The note beside the data folder: names in the same folder. */
interface Intent {
  readonly staging: string;
  /** Null when there was no data folder. */
  readonly aside: string | null;
  /** Everything is in `staging`, whole and flushed. */
  readonly ready: boolean;
}

const noteOf = (home: string): string => `${home}.restauration.json`;
const lockOf = (home: string): string => `${home}.restauration.lock`;

/**
 * @param backup absolute path of the backup's folder. @param home absolute path of the data folder, which need not exist; the one above it must.
 * Errors: those of {@link checkBackup}; SAV-008 a program has the data folder open; SAV-009 another restoration is under way; STO-001, STO-006. Nothing has changed then.
 */
export async function restoreBackup(
  backup: string,
  home: string,
  { disk, clock, ids }: RestorerParts,
  onStep: (step: RestoreStep, done: number, total: number) => void = () => undefined,
): Promise<Restored> {
  const manifest = await checkBackup(backup, (done, total) => onStep('checking', done, total));
  const restoring = takeProcessLock(lockOf(home));
  if (restoring === null) throw new VitaleError('SAV-009');
  try {
    await settle(home, disk);
    const there = existsSync(home);
    const alone = there ? releasedOnce(takeAlone(home)) : null;
    try {
      const stamp = localStamp(clock.now());
      const intent: Intent = {
        staging: `${path.basename(home)}.restauration-${stamp}`,
        aside: there ? freeName(home, `avant-restauration-${stamp}`) : null,
        ready: false,
      };
      await disk.write(noteOf(home), JSON.stringify(intent));
      try {
        await stage(backup, manifest, beside(home, intent.staging), home, { disk, ids }, (done, total) => onStep('copying', done, total));
        await disk.write(noteOf(home), JSON.stringify({ ...intent, ready: true }));
        // Windows renames no folder in which a file is open; whoever comes in between makes the renaming fail, and the old folder stays.
        if (process.platform === 'win32') alone?.release();
        await swap(home, intent, disk);
      } catch (error) {
        await settle(home, disk).catch(() => undefined);
        throw error;
      }
      return { manifest, aside: intent.aside === null ? null : beside(home, intent.aside) };
    } finally {
      alone?.release();
    }
  } finally {
    restoring.release();
  }
}

/**
 * Finishes, or undoes, a restoration that was interrupted; does nothing where there was none. Called before a data folder is opened.
 * Errors: SAV-009 while it is under way in another process; STO-006.
 */
export async function finishRestoring(home: string, disk: BackupDisk): Promise<void> {
  if (!existsSync(noteOf(home))) return;
  const restoring = takeProcessLock(lockOf(home));
  if (restoring === null) throw new VitaleError('SAV-009');
  try {
    await settle(home, disk);
  } finally {
    restoring.release();
  }
}

const beside = (home: string, name: string): string => path.join(path.dirname(home), name);

function freeName(home: string, suffix: string): string {
  const name = `${path.basename(home)}.${suffix}`;
  for (let rank = 1; ; rank++) {
    const candidate = rank === 1 ? name : `${name}-${String(rank)}`;
    if (!existsSync(beside(home, candidate))) return candidate;
  }
}

function takeAlone(home: string): ProcessLock {
  const alone = takeProcessLock(path.join(home, STORE_FILES.users));
  if (alone === null) throw new VitaleError('SAV-008');
  return alone;
}

/** For a lock that is let go early on one way and at the end on every other. */
function releasedOnce(lock: ProcessLock): ProcessLock {
  let held = true;
  return {
    release: () => {
      if (held) lock.release();
      held = false;
    },
  };
}

/** The backup's files beside the data folder, each compared with the manifest, and the marks of the folder that was there. */
async function stage(
  backup: string,
  manifest: BackupManifest,
  staging: string,
  home: string,
  { disk, ids }: Pick<RestorerParts, 'disk' | 'ids'>,
  onFile: OnFile,
): Promise<void> {
  await disk.remove(staging);
  await disk.makeFolder(staging);
  const folders = new Set([staging]);
  for (const [rank, { path: name, sha256 }] of manifest.files.entries()) {
    const to = path.join(staging, name);
    await disk.makeFolder(path.dirname(to));
    folders.add(path.dirname(to));
    if ((await disk.copy(path.join(backup, name), to))?.sha256 !== sha256) throw new VitaleError('SAV-005', { n: 1 });
    onFile(rank + 1, manifest.files.length);
  }
  // A mark that cannot be read stands for nothing; sending is frozen all the same.
  const mark = await readMark(path.join(home, STORE_FILES.mark)).catch(() => null);
  await disk.write(path.join(staging, STORE_FILES.restoration), restorationText({ id: ids.uuid(), marks: mark === null ? [] : [mark] }));
  for (const folder of folders) await disk.flush(folder, 'folder');
  await disk.flush(path.dirname(home), 'folder');
}

/** The two renamings; each leaves a state from which {@link settle} goes on. */
async function swap(home: string, { staging, aside }: Intent, disk: BackupDisk): Promise<void> {
  const parent = path.dirname(home);
  if (aside !== null && existsSync(home) && !existsSync(beside(home, aside))) {
    await disk.rename(home, beside(home, aside));
    await disk.flush(parent, 'folder');
  }
  if (existsSync(beside(home, staging))) {
    await disk.rename(beside(home, staging), home);
    await disk.flush(parent, 'folder');
  }
  await disk.remove(noteOf(home));
  await disk.flush(parent, 'folder');
}

/** What a process that died left. The data folder still in its place: nothing has happened, and what was prepared is thrown away. */
async function settle(home: string, disk: BackupDisk): Promise<void> {
  const intent = await readIntent(home);
  if (intent === null) return;
  const staged = existsSync(beside(home, intent.staging));
  if (intent.ready && staged && !existsSync(home)) return swap(home, intent, disk);
  if (staged) await disk.remove(beside(home, intent.staging));
  await disk.remove(noteOf(home));
}

async function readIntent(home: string): Promise<Intent | null> {
  if (!existsSync(noteOf(home))) return null;
  const { staging, aside, ready } = JSON.parse(await readFile(noteOf(home), 'utf8')) as Intent;
  const isOurs = (name: string): boolean => name.startsWith(`${path.basename(home)}.`) && path.basename(name) === name;
  if (!isOurs(staging) || (aside !== null && !isOurs(aside))) throw new VitaleError('SAV-009');
  return { staging, aside, ready };
}
