/**
 * Makes a backup while the program runs: a folder laid out as the data folder, consistent as of the instant at which SQLite copied the database.
 *
 * Order: messages and archives that are there → the database, and in the same snapshot the list of all it speaks of → what has come meanwhile. A message or archive is
 * written before the database speaks of it and removed only after it no longer does, so everything the copy speaks of has been there in one of the two passes. Then all
 * is read back, and the manifest is written last: a folder without one is no backup.
 */
import * as path from 'node:path';
import { localStamp, type Clock } from '../../domain/clock';
import { VitaleError } from '../../domain/errors';
import type { Identifiers } from '../../domain/identifiers';
import { hashFile, type FileHash } from '../files/hashing';
import { openKeyFile } from '../keys/key-file';
import type { KeySource } from '../keys/key-source';
import { takeProcessLock } from '../lock/process-lock';
import { STORE_FILES } from '../names';
import type { StoreSession } from '../port';
import { Connection } from '../sqlite/connection';
import type { SqliteStore } from '../sqlite/store';
import { checkContent } from './checking';
import { filesUnder, isInside, ownFiles, spokenOf } from './contents';
import type { BackupDisk } from './disk';
import { MANIFEST_FILE, manifestText } from './manifest';
import type { BackupManifest, MadeBackup, MakeOptions, OnBackupStep } from './port';
import { restorationText } from '../files/restoration';

export interface MakerParts {
  /** Absolute path of the data folder. */
  readonly home: string;
  readonly store: Pick<SqliteStore, 'copyTo' | 'keyedHash'>;
  readonly keySource: Pick<KeySource, 'key'>;
  /** The practice's own UUID, as the database of the backup has it; null in one that has none yet. */
  readonly practiceOf: (session: StoreSession) => Promise<string | null>;
  readonly disk: BackupDisk;
  readonly clock: Clock;
  readonly ids: Identifiers;
}

/** What the database of the copy says. */
interface Snapshot {
  readonly practice: string;
  readonly journal: BackupManifest['journal'];
  readonly invoices: number;
  readonly spoken: ReadonlySet<string>;
}

export class BackupMaker {
  constructor(private readonly parts: MakerParts) {}

  /**
   * @param folder absolute path of the folder that holds the backups; made when missing.
   * Errors: SAV-001 another one is being made, SAV-002 inside the data folder, SAV-005…SAV-007 what was written does not read back, STO-001, STO-006, STO-012, STO-022. Nothing is left.
   */
  async make(folder: string, { automatic, onPlace, onStep }: MakeOptions): Promise<MadeBackup> {
    const { home, disk } = this.parts;
    await disk.makeFolder(folder);
    if (await isInside(folder, home)) throw new VitaleError('SAV-002');
    const lock = takeProcessLock(path.join(home, STORE_FILES.backupLock));
    if (lock === null) throw new VitaleError('SAV-001');
    try {
      const place = await this.freshPlace(folder);
      try {
        await onPlace(place);
        return { manifest: await this.fill(place, automatic, onStep), place };
      } catch (error) {
        // What could not be made whole only takes room; where even that fails, it has no manifest and is no backup.
        await disk.remove(place).catch(() => undefined);
        throw error;
      }
    } finally {
      lock.release();
    }
  }

  /** A name nobody has: two backups may begin in one second, on two computers even. */
  private async freshPlace(folder: string): Promise<string> {
    const { clock, disk } = this.parts;
    const [, day, time] = /^(\d{8})(\d{6})$/.exec(localStamp(clock.now())) ?? [];
    const dashed = String(day).replace(/^(....)(..)(..)$/, '$1-$2-$3');
    for (let rank = 1; ; rank++) {
      const place = path.join(folder, `vitale-${dashed}-${String(time)}${rank === 1 ? '' : `-${String(rank)}`}`);
      if (await disk.makeFolder(place)) return place;
    }
  }

  private async fill(place: string, automatic: boolean, onStep: OnBackupStep): Promise<BackupManifest> {
    const { home, disk, clock, ids, store } = this.parts;
    const copied = new Map<string, FileHash>();
    const pieces = [...(await filesUnder(home, STORE_FILES.frozen)), ...(await filesUnder(home, STORE_FILES.archives))];
    await this.copyAll([...(await ownFiles(home)), ...pieces], place, copied, onStep);
    copied.set(STORE_FILES.key, await this.writeKey(path.join(place, STORE_FILES.key)));
    onStep('database', 0, 1);
    const createdAt = clock.now().toISOString();
    const { practice, journal, invoices, spoken } = await this.copyDatabase(place);
    onStep('database', 1, 1);
    await this.copyAll(
      [...spoken].filter((name) => !copied.has(name)),
      place,
      copied,
      onStep,
    );
    for (const name of pieces) {
      if (spoken.has(name) || !copied.delete(name)) continue;
      await disk.remove(path.join(place, name));
    }
    await disk.write(path.join(place, STORE_FILES.restoration), restorationText({ id: ids.uuid(), marks: [] }));
    for (const name of [STORE_FILES.database, STORE_FILES.restoration]) copied.set(name, await hashFile(path.join(place, name)));
    await this.flushFolders(place, [...copied.keys()]);
    const manifest: BackupManifest = {
      format: 1,
      id: path.basename(place),
      practice,
      createdAt,
      automatic,
      journal,
      invoices,
      missing: [...spoken].filter((name) => !copied.has(name)),
      files: [...copied].map(([name, { bytes, sha256 }]) => ({ path: name, bytes, sha256 })),
    };
    await checkContent(place, manifest, (done, total) => onStep('checking', done, total));
    await disk.write(
      path.join(place, MANIFEST_FILE),
      manifestText(manifest, (text) => store.keyedHash(text)),
    );
    await disk.flush(path.dirname(place), 'folder');
    return manifest;
  }

  /** A file that has gone since its name was read is not copied: the second pass tells whether it is missed. */
  private async copyAll(names: readonly string[], place: string, copied: Map<string, FileHash>, onStep: OnBackupStep): Promise<void> {
    const { home, disk } = this.parts;
    for (const [rank, name] of names.entries()) {
      const to = path.join(place, name);
      if (name.includes('/')) await disk.makeFolder(path.dirname(to));
      const made = await disk.copy(path.join(home, name), to);
      if (made !== null) copied.set(name, made);
      onStep('files', rank + 1, names.length);
    }
  }

  /** In the open: only so can the backup be read on another computer. */
  private async writeKey(file: string): Promise<FileHash> {
    const content = openKeyFile(await this.parts.keySource.key(false));
    try {
      await this.parts.disk.write(file, content);
    } finally {
      content.fill(0);
    }
    return hashFile(file);
  }

  private async copyDatabase(place: string): Promise<Snapshot> {
    const { store, practiceOf, ids, disk } = this.parts;
    const file = path.join(place, STORE_FILES.database);
    const found = await store.copyTo(file, async (session) => {
      const { length, tip } = await session.journal.tip();
      return {
        practice: (await practiceOf(session)) ?? ids.uuid(),
        journal: { length, tip },
        invoices: await session.invoices.count(),
        spoken: await spokenOf(session),
      };
    });
    const connection = Connection.open(file);
    try {
      // A copy that is read only must need no file beside it.
      connection.exec('PRAGMA journal_mode = DELETE');
    } finally {
      connection.close();
    }
    await disk.flush(file, 'file');
    return found;
  }

  private async flushFolders(place: string, names: readonly string[]): Promise<void> {
    const folders = new Set(names.map((name) => path.dirname(path.join(place, name))));
    for (const folder of [...folders, place]) await this.parts.disk.flush(folder, 'folder');
  }
}
