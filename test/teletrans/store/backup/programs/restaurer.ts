/** Restores a backup and prints each step once it is made. Waits after each, so that a kill falls between. */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { REAL_DISK, type BackupDisk } from '../../../../../src/teletrans/store/backup/disk';
import { restoreBackup } from '../../../../../src/teletrans/store/backup/restoring';

async function main(backup: string, home: string): Promise<void> {
  let renamed = 0;
  let written = 0;
  const say = async (line: string): Promise<void> => {
    writeSync(1, `${line}\n`);
    await sleep(40);
  };
  const disk: BackupDisk = {
    ...REAL_DISK,
    copy: async (from, to) => {
      const made = await REAL_DISK.copy(from, to);
      await say(`copying ${String((written += 1))}`);
      return made;
    },
    makeFolder: async (folder) => {
      if (written === 0) await say('checked');
      return REAL_DISK.makeFolder(folder);
    },
    rename: async (from, to) => {
      await REAL_DISK.rename(from, to);
      await say(`renamed ${String((renamed += 1))}`);
    },
  };
  await restoreBackup(backup, home, { disk, clock: { now: () => new Date() }, ids: { uuid: randomUUID } });
}

void main(process.argv[2] ?? '', process.argv[3] ?? '');
