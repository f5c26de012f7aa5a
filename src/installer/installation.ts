/** The folder a practice installs into, held by one installer: what every change of it begins with and how the version is changed. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { isVitaleError, VitaleError, type ErrorDetails } from '../teletrans/domain/errors';
import { isTemporaryName } from '../teletrans/store/files/durable-write';
import { takeProcessLock, type ProcessLock } from '../teletrans/store/lock/process-lock';
import type { InstallDisk } from './disk';
import { IN_PROGRESS, LAUNCHERS, LAYOUT, TO_REMOVE } from './layout';
import { pointerText, readPointer, type Pointer } from './pointer';

/** The data of the practice, which no installer changes. */
export interface PracticeData {
  /** Absolute path. */
  readonly home: string;
  /** Keeps every program from the data while it is held; null when one has them open. */
  claim(): ProcessLock | null;
  /** The shape the data have; null when there are none. Called with the data held. */
  schema(): number | null;
}

export interface InstallerParts {
  readonly disk: InstallDisk;
  readonly data: PracticeData;
  /** True when a program of this version runs, of whichever user. @param folder absolute path. */
  readonly isRunning: (folder: string) => Promise<boolean>;
}

const CODES: Readonly<Record<string, string>> = {
  ENOSPC: 'INS-009',
  EDQUOT: 'INS-009',
  EACCES: 'INS-010',
  EPERM: 'INS-010',
  EROFS: 'INS-010',
  ENOTDIR: 'INS-010',
  EBUSY: 'INS-002',
};

/** What is written in the folder itself, each first under a temporary name. */
const OURS: readonly string[] = [...LAUNCHERS, LAYOUT.pointer];

/** A file system error, or one of the lock's file, in the installer's words. */
export function asInstallError(error: unknown, details: ErrorDetails): unknown {
  if (isVitaleError(error, 'STO-001')) return new VitaleError('INS-009', details);
  if (isVitaleError(error, 'STO-006')) return new VitaleError('INS-010', details);
  const code = CODES[(error as NodeJS.ErrnoException | null)?.code ?? ''];
  return isVitaleError(error) || code === undefined ? error : new VitaleError(code, details);
}

export class Installation {
  private constructor(
    /** Absolute path. */
    readonly target: string,
    readonly parts: InstallerParts,
  ) {}

  /**
   * Runs `work` while no other installer works in this folder.
   * Errors: INS-003 another one does, INS-009 disk full, INS-010 rights, INS-002 Windows keeps a file because a program runs, and those of `work`.
   */
  static async hold<T>(target: string, parts: InstallerParts, work: (held: Installation) => Promise<T>): Promise<T> {
    try {
      const lock = takeProcessLock(join(target, LAYOUT.lock));
      if (lock === null) throw new VitaleError('INS-003');
      try {
        return await work(new Installation(target, parts));
      } finally {
        lock.release();
      }
    } catch (error) {
      throw asInstallError(error, { dossier: target });
    }
  }

  path(...names: string[]): string {
    return join(this.target, ...names);
  }

  pointer(): Promise<Pointer | null> {
    return readPointer(this.target);
  }

  /** The schema of the data. Errors: INS-002 a program of ours is open. */
  async mustBeClosed(pointer: Pointer | null): Promise<number | null> {
    if (pointer !== null && (await this.parts.isRunning(this.path(pointer.current.folder)))) throw new VitaleError('INS-002');
    return this.whileClosed(() => Promise.resolve(this.parts.data.schema()));
  }

  /** The change of version: one file, while no program begins. Errors: INS-002. */
  pointTo(pointer: Pointer): Promise<void> {
    return this.whileClosed(() => this.parts.disk.write(this.path(LAYOUT.pointer), pointerText(pointer)));
  }

  async whileClosed<T>(work: () => Promise<T>): Promise<T> {
    const data = this.parts.data.claim();
    if (data === null) throw new VitaleError('INS-002');
    try {
      return await work();
    } finally {
      data.release();
    }
  }

  /** What an installer that died left. */
  async tidy(): Promise<void> {
    for (const name of await this.names())
      if (name.startsWith(IN_PROGRESS) || name.startsWith(TO_REMOVE)) await this.parts.disk.remove(this.path(LAYOUT.versions, name));
    for (const name of await readdir(this.target))
      if (isTemporaryName(name) && OURS.some((ours) => name.startsWith(ours))) await this.parts.disk.remove(this.path(name));
  }

  /**
   * Takes away every version but these. One whose files are held is left: Windows gives no folder another name in which a program runs.
   * @returns the names of what is left.
   */
  async keepOnly(kept: readonly string[]): Promise<readonly string[]> {
    const left: string[] = [];
    for (const name of await this.names()) {
      if (kept.includes(`${LAYOUT.versions}/${name}`)) continue;
      const aside = this.path(LAYOUT.versions, `${TO_REMOVE}${name}`);
      try {
        await this.parts.disk.rename(this.path(LAYOUT.versions, name), aside);
        await this.parts.disk.remove(aside);
      } catch (error) {
        if (!['EBUSY', 'EPERM', 'EACCES', 'ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
        left.push(name);
      }
    }
    return left;
  }

  private async names(): Promise<readonly string[]> {
    const folder = this.path(LAYOUT.versions);
    return existsSync(folder) ? readdir(folder) : [];
  }
}

/** True when `inner` is `outer` or lies in it. Absolute paths. */
export function liesIn(inner: string, outer: string): boolean {
  const way = relative(outer, inner);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}
