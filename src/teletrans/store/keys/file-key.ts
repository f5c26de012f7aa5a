import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { link, open, rm, type FileHandle } from 'node:fs/promises';
import * as path from 'node:path';
import { VitaleError } from '../../domain/errors';
import { asStoreError, errnoOf } from '../files/errors';
import { flushFolder, temporaryName } from '../files/durable-write';
import { KEY_BYTES, type KeySource } from './key-source';

const MAGIC = Buffer.from('VITALE-CLE-1\n', 'latin1');

/** The key in the bytes of a key file. Errors: STO-012. */
export function parseKeyFile(content: Buffer): Buffer {
  if (content.length !== MAGIC.length + KEY_BYTES || !content.subarray(0, MAGIC.length).equals(MAGIC)) throw new VitaleError('STO-012');
  return content.subarray(MAGIC.length);
}

/** The data key in a file that only its owner can read (`cle.bin`). */
export class FileKeySource implements KeySource {
  /** @param file absolute path; its folder exists. */
  constructor(private readonly file: string) {}

  async key(create: boolean): Promise<Buffer> {
    try {
      return (await this.load()) ?? (create ? await this.make() : this.missing());
    } catch (error) {
      throw asStoreError(error);
    }
  }

  private missing(): never {
    throw new VitaleError('STO-012');
  }

  private async load(): Promise<Buffer | null> {
    let handle: FileHandle;
    try {
      handle = await open(this.file, constants.O_RDONLY);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return null;
      throw error;
    }
    try {
      const stat = await handle.stat();
      // Windows has no such bits: there the folder's access list protects the file.
      if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) throw new VitaleError('STO-006');
      return parseKeyFile(await handle.readFile());
    } finally {
      await handle.close();
    }
  }

  /** A hard link refuses to replace: of two programs that start together, the second takes the key of the first. */
  private async make(): Promise<Buffer> {
    const temporary = temporaryName(this.file);
    try {
      const handle = await open(temporary, 'wx', 0o600);
      try {
        await handle.writeFile(Buffer.concat([MAGIC, randomBytes(KEY_BYTES)]));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await link(temporary, this.file).catch((error: unknown) => {
        if (errnoOf(error) !== 'EEXIST') throw error;
      });
    } finally {
      await rm(temporary, { force: true });
    }
    await flushFolder(path.dirname(this.file));
    return (await this.load()) ?? this.missing();
  }
}
