/** A data folder with months behind it, the backups made of it, and a disk that fails or dies where a test says. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Clock } from '../../../../src/teletrans/domain/clock';
import { VitaleError } from '../../../../src/teletrans/domain/errors';
import { guardState } from '../../../../src/teletrans/restore-guard/guard';
import { DiskBackups } from '../../../../src/teletrans/store/backup/backup-folders';
import { REAL_DISK, type BackupDisk } from '../../../../src/teletrans/store/backup/disk';
import type { MadeBackup } from '../../../../src/teletrans/store/backup/port';
import { systemKeySource } from '../../../../src/teletrans/store/keys/system-key';
import { openStorage, type Storage } from '../../../../src/teletrans/store/open';
import { fillOldPractice, NOW, purgeOf } from '../../../support/old-practice';

export const CLOCK: Clock = { now: () => new Date(NOW) };
export const IDS = { uuid: randomUUID };

/** Files of the practice, one archive, living invoices with their messages. Closed again. */
export async function anOldFolder(home: string): Promise<void> {
  const storage = await openStorage(home);
  await fillOldPractice(storage, { invoices: 12, invoicesPerLot: 3, lotsPerFile: 2 });
  await purgeOf(storage).run();
  await fillOldPractice(storage, { invoices: 12, invoicesPerLot: 3, lotsPerFile: 2, from: 101, stateOf: () => 'ACKED' });
  await storage.store.close();
  mkdirSync(path.join(home, 'certs'), { recursive: true });
  mkdirSync(path.join(home, 'journaux'));
  writeFileSync(path.join(home, 'cabinet.json'), '{"mode":"test"}');
  writeFileSync(path.join(home, 'certs', 'caisse.pem'), 'PEM');
  writeFileSync(path.join(home, 'journaux', 'vitale.jsonl'), '{}');
}

export function backupsOf(home: string, storage: Pick<Storage, 'store'>, disk: BackupDisk = REAL_DISK): DiskBackups {
  const practiceOf = async (session: Parameters<typeof guardState>[0]): Promise<string | null> =>
    (await guardState(session))?.practice ?? null;
  return new DiskBackups({ home, store: storage.store, keySource: systemKeySource(home), practiceOf, disk, clock: CLOCK, ids: IDS });
}

const QUIET = { automatic: false, onPlace: () => Promise.resolve(), onStep: () => undefined } as const;

/** Opens the folder, backs it up, closes it. */
export async function backUp(home: string, folder: string, disk?: BackupDisk): Promise<MadeBackup> {
  const storage = await openStorage(home);
  try {
    return await backupsOf(home, storage, disk).make(folder, QUIET);
  } finally {
    await storage.store.close();
  }
}

export class Death extends Error {}

/**
 * A disk on which the effect of that rank (from 1) does not happen: the process dies there, and nothing works after; or the disk is full there, once.
 * Half of a copy is on the disk by then.
 */
export class FaultyDisk implements BackupDisk {
  effects = 0;
  private dead = false;

  constructor(
    private readonly at: number,
    private readonly fault: 'death' | 'full',
  ) {}

  private async effect<T>(work: () => Promise<T>, half: () => void = () => undefined): Promise<T> {
    if (this.dead) throw new Death();
    this.effects += 1;
    if (this.effects !== this.at) return work();
    half();
    if (this.fault === 'full') throw new VitaleError('STO-001', { errno: 'ENOSPC' });
    this.dead = true;
    throw new Death();
  }

  makeFolder = (folder: string): Promise<boolean> => this.effect(() => REAL_DISK.makeFolder(folder));
  copy = (from: string, to: string): ReturnType<BackupDisk['copy']> =>
    this.effect(
      () => REAL_DISK.copy(from, to),
      () => writeFileSync(to, 'half of it'),
    );
  write = (file: string, content: string | Buffer): Promise<void> => this.effect(() => REAL_DISK.write(file, content));
  rename = (from: string, to: string): Promise<void> => this.effect(() => REAL_DISK.rename(from, to));
  flush = (where: string, what: 'folder' | 'file'): Promise<void> => this.effect(() => REAL_DISK.flush(where, what));
  remove = (where: string): Promise<void> => this.effect(() => REAL_DISK.remove(where));
}
