import { mkdir, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { HighWaterMark, HighWaterMarks } from '../port';
import { writeDurably } from './durable-write';
import { asStoreError, errnoOf } from './errors';

/** The two copies of the high-water mark: in the data folder, where a restored database shows, and in a folder of the user, where a restored data folder shows. */
export class HighWaterFiles implements HighWaterMarks {
  /** @param insideFile absolute path in the data folder. @param outsideFolder absolute path, made when missing. */
  constructor(
    private readonly insideFile: string,
    private readonly outsideFolder: string,
  ) {}

  async inside(): Promise<HighWaterMark | null> {
    return read(this.insideFile);
  }

  async outside(practice: string): Promise<HighWaterMark | null> {
    return read(this.fileOf(practice)).catch(() => null);
  }

  async writeInside(mark: HighWaterMark): Promise<void> {
    try {
      await writeDurably(this.insideFile, bytesOf(mark));
    } catch (error) {
      throw asStoreError(error);
    }
  }

  async writeOutside(mark: HighWaterMark): Promise<boolean> {
    try {
      await mkdir(this.outsideFolder, { recursive: true, mode: 0o700 });
      await writeDurably(this.fileOf(mark.practice), bytesOf(mark));
      return true;
    } catch {
      // A user without such a folder: the copy in the data folder remains, and the health check says so.
      return false;
    }
  }

  private fileOf(practice: string): string {
    if (!/^[0-9a-f-]{36}$/.test(practice)) throw new Error('a practice is named by an identifier of ours');
    return path.join(this.outsideFolder, `${practice}.json`);
  }
}

const bytesOf = (mark: HighWaterMark): Buffer => Buffer.from(`${JSON.stringify(mark)}\n`, 'utf8');

/** A mark that cannot be read as one counts as missing: it is written whole or not at all, so only a hand can have spoilt it. */
async function read(file: string): Promise<HighWaterMark | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw asStoreError(error);
  }
  try {
    const mark = JSON.parse(text) as HighWaterMark;
    const whole =
      typeof mark.practice === 'string' &&
      Number.isInteger(mark.journal) &&
      typeof mark.tip === 'string' &&
      typeof mark.counters === 'object';
    return whole && Number.isInteger(mark.attempts) ? mark : null;
  } catch {
    return null;
  }
}
