/** What the installer meets on this computer: running programs, and the practice's data. */
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { REAL_INSTALL_DISK } from '../../installer/disk';
import type { InstallerParts, PracticeData } from '../../installer/installation';
import { HELD_WHILE_RUNNING } from '../../installer/layout';
import { takeProcessLock } from '../../teletrans/store/lock/process-lock';
import { STORE_FILES } from '../../teletrans/store/open';
import { schemaOf } from '../../teletrans/store/sqlite/open';

/** A file that is running, or loaded as a library, cannot be opened for writing: of whichever user the program is. Nothing is written. */
async function isHeld(file: string): Promise<boolean> {
  try {
    await (await open(file, 'r+')).close();
    return false;
  } catch (error) {
    return ['EBUSY', 'ETXTBSY'].includes((error as NodeJS.ErrnoException).code ?? '');
  }
}

/** This installer runs on the Node.js of a version itself; the other files tell then. */
async function isRunning(folder: string): Promise<boolean> {
  for (const name of HELD_WHILE_RUNNING) {
    const file = join(folder, name);
    if (file !== process.execPath && existsSync(file) && (await isHeld(file))) return true;
  }
  return false;
}

/** A lock of data that were never there would make them. */
const NOTHING_TO_HOLD = { release: (): void => undefined };

export function practiceData(home: string): PracticeData {
  const users = join(home, STORE_FILES.users);
  const database = join(home, STORE_FILES.database);
  return {
    home,
    claim: () => (existsSync(users) ? takeProcessLock(users) : NOTHING_TO_HOLD),
    schema: () => (existsSync(database) ? schemaOf(database) : null),
  };
}

export const installerParts = (home: string): InstallerParts => ({ disk: REAL_INSTALL_DISK, data: practiceData(home), isRunning });
