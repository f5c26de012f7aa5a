/** An update that dies, or meets a full disk, at the effect of a given rank. */
import { VitaleError } from '../../../../src/teletrans/domain/errors';
import { REAL_DISK, type BackupDisk } from '../../../../src/teletrans/store/backup/disk';
import { REAL_EFFECTS, type UpdateEffects } from '../../../../src/teletrans/store/update/effects';
import { Death } from '../backup/rig';

/** Calls `before` with the name of each effect before it happens. */
export function effectsWith(before: (name: string) => void): UpdateEffects {
  const told = Object.entries(REAL_DISK).map(([name, effect]) => [
    name,
    async (...words: unknown[]) => {
      before(name);
      return (effect as (...given: unknown[]) => Promise<unknown>)(...words);
    },
  ]);
  return { ...REAL_EFFECTS, disk: Object.fromEntries(told) as BackupDisk, onStep: (step) => before(step) };
}

/** The effect of that rank (from 1) does not happen: the process dies there, and nothing works after; or the disk is full there, once. */
export function failingAt(rank: number, fault: 'death' | 'full'): UpdateEffects {
  let met = 0;
  let dead = false;
  return effectsWith(() => {
    if (dead) throw new Death();
    met += 1;
    if (met !== rank) return;
    if (fault === 'full') throw new VitaleError('STO-001', { errno: 'ENOSPC' });
    dead = true;
    throw new Death();
  });
}
