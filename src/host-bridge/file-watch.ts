/** Follows small files of one folder, whatever an editor does to them: written in place, in parts, or replaced by another file of the same name. */
import { statSync, watch, type BigIntStats, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { toDisposable, type Disposable } from './disposable';

/** A folder's own change events do not come from every network drive: the files are looked at this often too. */
const LOOK_MS = 250;

/** Changes whenever one of the files does; a missing file has a mark too. */
function markOf(found: readonly (BigIntStats | undefined)[]): string {
  return found.map((file) => (file === undefined ? 'missing' : `${file.mtimeNs} ${file.ctimeNs} ${file.size} ${file.ino}`)).join('|');
}

export class FileWatch {
  #seen: string;

  /** What is changed from here on will be told, also before {@link follow}. @param files absolute paths in one folder. */
  constructor(private readonly files: readonly string[]) {
    this.#seen = markOf(files.map((file) => statSync(file, { bigint: true, throwIfNoEntry: false })));
  }

  /** Calls `changed` after every change; it may be called while a writer is not done, and then again. Does not hold the process. */
  follow(changed: () => void): Disposable {
    let ended = false;
    let timer: NodeJS.Timeout | null = null;
    const look = async (): Promise<void> => {
      const mark = markOf(await Promise.all(this.files.map((file) => stat(file, { bigint: true }).catch(() => undefined))));
      if (ended || mark === this.#seen) return;
      this.#seen = mark;
      changed();
    };
    const later = (): void => {
      if (ended) return;
      timer = setTimeout(() => void look().finally(later), LOOK_MS);
      timer.unref();
    };
    const watcher = this.#watchFolder(() => void look());
    later();
    return toDisposable(() => {
      ended = true;
      if (timer !== null) clearTimeout(timer);
      watcher?.close();
    });
  }

  /** The folder, not the file: an editor that replaces the file leaves a watch on the old one. Null where the system offers none. */
  #watchFolder(look: () => void): FSWatcher | null {
    const [first] = this.files;
    if (first === undefined) return null;
    const names = this.files.map((file) => path.basename(file));
    try {
      const watcher = watch(path.dirname(first), { persistent: false }, (_event, name) => {
        if (name === null || names.includes(name)) look();
      });
      watcher.on('error', () => watcher.close());
      return watcher;
    } catch {
      return null;
    }
  }
}
