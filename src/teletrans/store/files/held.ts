import { renameSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { errnoOf } from './errors';

/** How Windows answers while another program has the file, or one in the folder, open. */
const HELD: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EBUSY', 'ENOTEMPTY']);

/** Antivirus, indexer and synchroniser look at a file that was just written, for tens of milliseconds as a rule. Milliseconds. */
const PATIENCE_MS = 3_000;

/** True for an error that may mean on Windows that another program has the file open. */
export function isHeld(error: unknown): boolean {
  return HELD.has(errnoOf(error) ?? '');
}

export interface HeldOptions {
  readonly isWindows?: boolean;
  readonly patienceMs?: number;
}

/**
 * Does `work` again, on Windows, while another program has the file open: there an open file can be neither renamed, replaced nor removed. Elsewhere the same errors
 * mean missing rights, and are told at once.
 * @throws the last error of `work`.
 */
export async function whileHeld<T>(
  work: () => Promise<T>,
  { isWindows = process.platform === 'win32', patienceMs = PATIENCE_MS }: HeldOptions = {},
): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (let pause = 5; ; pause = Math.min(pause * 2, 200)) {
    try {
      return await work();
    } catch (error) {
      if (!isWindows || !isHeld(error) || performance.now() >= deadline) throw error;
    }
    await sleep(pause);
  }
}

/** Gives a file or a folder another name, with the patience of {@link whileHeld}. Errors: those of `node:fs`. */
export function renamePatiently(from: string, to: string, options?: HeldOptions): Promise<void> {
  return whileHeld(() => rename(from, to), options);
}

/** Milliseconds between two tries, and tries, of what nothing else goes on beside. */
const SYNC_PAUSE_MS = 25;
const SYNC_TRIES = 20;

/** {@link renamePatiently} where a small file is written while a person waits: half a second at most, in which the program does nothing else. */
export function renameHeldSync(from: string, to: string, isWindows = process.platform === 'win32'): void {
  for (let tries = 1; ; tries++) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      if (!isWindows || !isHeld(error) || tries >= SYNC_TRIES) throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SYNC_PAUSE_MS);
  }
}
