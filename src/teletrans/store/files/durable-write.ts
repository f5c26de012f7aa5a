import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { renamePatiently, whileHeld } from './held';

/** A name beside `file`, for what is not yet whole. */
export const temporaryName = (file: string): string => `${file}.${randomBytes(6).toString('hex')}.tmp`;

/** True for a name made by {@link temporaryName}. */
export const isTemporaryName = (name: string): boolean => /\.[0-9a-f]{12}\.tmp$/.test(name);

/** Flushes the entries of a folder, so that a rename in it survives a power cut. Windows cannot, and does not need to: NTFS journals its folders. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes a whole file so that after a crash there is either the former content or the new one: temporary file, flush, rename, flush of the folder.
 * The file is readable by its owner only. On failure the temporary file is removed and the former content stays. Errors: those of `node:fs`.
 */
export async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = temporaryName(file);
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await renamePatiently(temporary, file);
  } catch (error) {
    await whileHeld(() => rm(temporary, { force: true }));
    throw error;
  }
  await flushFolder(path.dirname(file));
}
