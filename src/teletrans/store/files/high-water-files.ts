import { mkdir, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { STORE_FILES } from '../names';
import type { HighWaterMark, HighWaterMarks, Restoration } from '../port';
import { readMark } from './marks';
import { readRestoration } from './restoration';
import { writeDurably } from './durable-write';
import { asStoreError } from './errors';
import { whileHeld } from './held';

/** The two copies of the high-water mark: in the data folder, where a restored database shows, and in a folder of the user, where a restored data folder shows. */
export class HighWaterFiles implements HighWaterMarks {
  /** @param home absolute path of the data folder. @param outsideFolder absolute path, made when missing. */
  constructor(
    private readonly home: string,
    private readonly outsideFolder: string,
  ) {}

  restoration(): Promise<Restoration | null> {
    return readRestoration(path.join(this.home, STORE_FILES.restoration));
  }

  async forgetRestoration(): Promise<void> {
    try {
      await whileHeld(() => rm(path.join(this.home, STORE_FILES.restoration), { force: true }));
    } catch (error) {
      throw asStoreError(error);
    }
  }

  async inside(): Promise<HighWaterMark | null> {
    return readMark(this.insideFile);
  }

  async outside(practice: string): Promise<HighWaterMark | null> {
    return readMark(this.fileOf(practice)).catch(() => null);
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

  private get insideFile(): string {
    return path.join(this.home, STORE_FILES.mark);
  }

  private fileOf(practice: string): string {
    if (!/^[0-9a-f-]{36}$/.test(practice)) throw new Error('a practice is named by an identifier of ours');
    return path.join(this.outsideFolder, `${practice}.json`);
  }
}

const bytesOf = (mark: HighWaterMark): Buffer => Buffer.from(`${JSON.stringify(mark)}\n`, 'utf8');
