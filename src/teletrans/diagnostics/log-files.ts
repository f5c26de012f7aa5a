/** The files of the log: JSON lines, one file a day, a new one when it is full; old ones go by age, then by total size. Several programs may append at once. */
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface LogLimits {
  /** Bytes after which a new file begins. */
  readonly fileBytes: number;
  /** Bytes of all files together. */
  readonly totalBytes: number;
  readonly days: number;
}

export const LOG_LIMITS: LogLimits = { fileBytes: 1_000_000, totalBytes: 10_000_000, days: 30 };

const NAME = /^vitale-([0-9]{4}-[0-9]{2}-[0-9]{2})(?:\.([0-9]+))?\.jsonl$/;
const DAY_MS = 86_400_000;

interface LogFile {
  readonly name: string;
  readonly day: string;
  readonly rank: number;
}

const nameOf = (day: string, rank: number): string => `vitale-${day}${rank === 1 ? '' : `.${rank}`}.jsonl`;

/** The log's files of a folder, oldest first; none when it cannot be read. */
export function logFiles(folder: string): readonly LogFile[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .map((name) => ({ name, match: NAME.exec(name) }))
    .flatMap(({ name, match }) => (match === null ? [] : [{ name, day: match[1] ?? '', rank: Number(match[2] ?? 1) }]))
    .sort((a, b) => (a.day === b.day ? a.rank - b.rank : a.day < b.day ? -1 : 1));
}

/** The newest lines of the log, oldest first, at most `mostBytes` of them. */
export function lastLogLines(folder: string, mostBytes: number): readonly string[] {
  const kept: string[] = [];
  let bytes = 0;
  for (const { name } of [...logFiles(folder)].reverse()) {
    let lines: string[];
    try {
      lines = readFileSync(join(folder, name), 'utf8').split('\n');
    } catch {
      continue;
    }
    for (const line of lines.reverse()) {
      bytes += line.length;
      if (bytes > mostBytes) return kept.reverse();
      if (line !== '') kept.push(line);
    }
  }
  return kept.reverse();
}

const sizeOf = (file: string): number => {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
};

/**
 * Appends lines at once, so that what was logged before a crash is there after it. Nothing is renamed: two programs may write the same file. It never throws: a line
 * that cannot be written (full disk, no right, folder gone) is counted and told by the next one that can.
 */
export class LogFileWriter {
  private file: LogFile | null = null;
  private missing = 0;

  /** @param folder absolute path; made when its own parent is there. */
  constructor(
    private readonly folder: string,
    private readonly now: () => Date,
    private readonly limits: LogLimits = LOG_LIMITS,
  ) {}

  /** Lines that could not be written since the last one that could. */
  get lost(): number {
    return this.missing;
  }

  /** @returns whether the line is in the file. */
  append(line: string): boolean {
    try {
      const file = this.current(line.length + 1);
      appendFileSync(join(this.folder, file.name), `${line}\n`, { mode: 0o600 });
      this.missing = 0;
      return true;
    } catch {
      this.file = null;
      this.missing += 1;
      return false;
    }
  }

  private current(bytes: number): LogFile {
    const day = this.now().toISOString().slice(0, 10);
    // Another program may have written to it meanwhile.
    if (this.file?.day === day && sizeOf(join(this.folder, this.file.name)) + bytes <= this.limits.fileBytes) return this.file;
    this.makeFolder();
    const last = logFiles(this.folder).findLast((each) => each.day === day);
    const size = last === undefined ? 0 : sizeOf(join(this.folder, last.name));
    const rank = last === undefined ? 1 : size + bytes <= this.limits.fileBytes ? last.rank : last.rank + 1;
    this.file = { name: nameOf(day, rank), day, rank };
    this.removeOld();
    return this.file;
  }

  /** Not with its parents: a data folder that is not there is not made by the log. */
  private makeFolder(): void {
    try {
      mkdirSync(this.folder, { mode: 0o700 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }

  private removeOld(): void {
    const oldest = new Date(this.now().getTime() - this.limits.days * DAY_MS).toISOString().slice(0, 10);
    let total = this.limits.fileBytes;
    for (const { name, day } of [...logFiles(this.folder)].reverse()) {
      const file = join(this.folder, name);
      if (name === this.file?.name) continue;
      total += sizeOf(file);
      if (day >= oldest && total <= this.limits.totalBytes) continue;
      rmSync(file, { force: true });
    }
  }
}
