/** A file of the practice that is replaced whole, with the version before beside it: `cabinet.json` and `cabinet.precedent.json`. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import type { FileContent, VersionedFile } from '../../settings/port';
import { writeDurably } from './durable-write';
import { asStoreError, errnoOf } from './errors';

export class PracticeFile implements VersionedFile {
  private readonly before: string;

  /** @param file absolute path. */
  constructor(private readonly file: string) {
    const { dir, name, ext } = path.parse(file);
    this.before = path.join(dir, `${name}.precedent${ext}`);
  }

  read(): Promise<FileContent | null> {
    return contentOf(this.file);
  }

  previous(): Promise<FileContent | null> {
    return contentOf(this.before);
  }

  async replace(text: string): Promise<void> {
    try {
      const present = await readFile(this.file).catch((error: unknown) => {
        if (errnoOf(error) === 'ENOENT') return null;
        throw error;
      });
      // First the copy: cut off after it, the two are the same and nothing is lost.
      if (present !== null) await writeDurably(this.before, present);
      await writeDurably(this.file, Buffer.from(text, 'utf8'));
    } catch (error) {
      throw asStoreError(error);
    }
  }
}

async function contentOf(file: string): Promise<FileContent | null> {
  try {
    const bytes = await readFile(file);
    const { mtime } = await stat(file);
    return { text: bytes.toString('utf8'), version: createHash('sha256').update(bytes).digest('hex'), at: mtime.toISOString() };
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw asStoreError(error);
  }
}
