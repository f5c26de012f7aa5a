/** Takes the program away. The data of the practice stay where they are. */
import { existsSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { VitaleError } from '../teletrans/domain/errors';
import { Installation, type InstallerParts } from './installation';
import { LAUNCHERS, LAYOUT } from './layout';

export interface Removed {
  /** What is still there because a program holds it, relative to the folder: this installer itself, when it runs from there. */
  readonly left: readonly string[];
}

/**
 * The pointer goes first: from then on nothing is installed, and nobody starts half of it. Who was stopped does it again.
 * @param target absolute path. Errors: INS-002 a program runs, INS-003, INS-004 nothing is installed, INS-010, INS-011.
 */
export async function remove(target: string, parts: InstallerParts): Promise<Removed> {
  if (!existsSync(`${target}/${LAYOUT.pointer}`) && !existsSync(`${target}/${LAYOUT.versions}`))
    throw new VitaleError('INS-004', { dossier: target });
  const left = await Installation.hold(target, parts, async (held) => {
    await held.mustBeClosed(await held.pointer());
    const { disk } = parts;
    await held.whileClosed(() => disk.remove(held.path(LAYOUT.pointer)));
    await disk.flushFolder(target);
    const remaining: string[] = [];
    for (const name of [...LAUNCHERS, LAYOUT.versions]) {
      try {
        await disk.remove(held.path(name));
      } catch (error) {
        if (!['EBUSY', 'EPERM', 'EACCES', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
        remaining.push(name);
      }
    }
    return remaining;
  });
  await parts.disk.remove(`${target}/${LAYOUT.lock}`);
  // What somebody else put there stays, and with it the folder.
  await rmdir(target).catch(() => undefined);
  return { left };
}
