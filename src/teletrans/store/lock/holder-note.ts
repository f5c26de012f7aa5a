import { readFile, rm, writeFile } from 'node:fs/promises';

/** Who holds the transmission lock, in words for people. */
export interface Holder {
  /** `le module de LOGOSw`, `le programme vitale`. */
  readonly program: string;
  readonly pid: number;
}

/**
 * A note beside the lock: who holds it. The lock itself never depends on it: it may be missing, or that of a process that died.
 * @param file absolute path of the note.
 */
export class HolderNote {
  constructor(
    private readonly file: string,
    private readonly program: string,
  ) {}

  /** Called with the lock held; a note that cannot be written prevents nothing. */
  async put(): Promise<void> {
    const holder: Holder = { program: this.program, pid: process.pid };
    await writeFile(this.file, JSON.stringify(holder), { mode: 0o600 }).catch(() => undefined);
  }

  async remove(): Promise<void> {
    await rm(this.file, { force: true }).catch(() => undefined);
  }

  /** The holder in words; `un autre programme` when the note does not tell of a process that runs. */
  async said(): Promise<string> {
    const holder = await this.read();
    if (holder === null || !isRunning(holder.pid)) return 'un autre programme';
    return holder.pid === process.pid ? 'ce programme lui-même' : holder.program;
  }

  private async read(): Promise<Holder | null> {
    try {
      const found = JSON.parse(await readFile(this.file, 'utf8')) as Holder;
      return typeof found.program === 'string' && Number.isInteger(found.pid) ? found : null;
    } catch {
      return null;
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process runs, and may not be asked.
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EPERM';
  }
}
