/** Follows one small file, whatever an editor does to it: written in place, in parts, or replaced by another file of the same name. */
import { statSync, watch, type FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Some file systems tell nothing: the file is looked at this often too. */
const POLL_MS = 400;

function mark(file: string): string {
  try {
    const { mtimeNs, ctimeNs, size, ino } = statSync(file, { bigint: true });
    return `${mtimeNs} ${ctimeNs} ${size} ${ino}`;
  } catch {
    return 'absent';
  }
}

/** Calls `changed` after every change of the file; it may be called while a writer is not done, and then again. @returns ends it. */
export function watchFile(file: string, changed: () => void): () => void {
  let last = mark(file);
  const look = (): void => {
    const now = mark(file);
    if (now === last) return;
    last = now;
    changed();
  };
  const poll = setInterval(look, POLL_MS);
  poll.unref();
  const watcher = watchFolder(dirname(file), basename(file), look);
  return () => {
    clearInterval(poll);
    watcher?.close();
  };
}

/** The folder, not the file: an editor that replaces the file leaves a watch on the old one. Null where the system offers none. */
function watchFolder(folder: string, name: string, look: () => void): FSWatcher | null {
  try {
    const watcher = watch(folder, { persistent: false }, (_event, changed) => {
      if (changed === null || changed === name) look();
    });
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return null;
  }
}
