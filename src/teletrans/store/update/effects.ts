import { statfs } from 'node:fs/promises';
import { REAL_DISK, type BackupDisk } from '../backup/disk';
import type { Connection } from '../sqlite/connection';

/** What SQLite is asked for in an update of the data, in this order; each change of the schema is a step of its own. */
export type UpdateStep = 'copy' | 'alarm' | 'read-back' | 'change' | 'compare' | 'commit';

/** The effects of an update, in one place, so that tests stop it at any of them. */
export interface UpdateEffects {
  readonly disk: BackupDisk;
  /** Bytes free for this user where the folder is; null where nobody says. */
  readonly room: (folder: string) => Promise<number | null>;
  /** Called before each step, with the connection that makes it; what it throws ends the update there. */
  readonly onStep: (step: UpdateStep, connection: Connection) => void;
}

async function roomIn(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bsize > 0 ? bavail * bsize : null;
  } catch {
    return null;
  }
}

export const REAL_EFFECTS: UpdateEffects = { disk: REAL_DISK, room: roomIn, onStep: () => undefined };
