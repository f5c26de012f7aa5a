import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import { VitaleError } from '../../domain/errors';
import { flushFolder, isTemporaryName, temporaryName } from '../files/durable-write';
import { asStoreError, errnoOf } from '../files/errors';
import { renamePatiently, whileHeld } from '../files/held';
import type { DerivedKeys } from '../keys/derive';
import { EnvelopeError } from '../keys/envelope';
import type { ArchiveFiles, ArchiveHeader } from '../port';
import { cut, newStart, openPiece, parseStart, PIECE_BYTES, sealPiece, SEALED_PIECE_BYTES, START_BYTES, type ArchiveStart } from './pieces';

const EXTENSION = '.vta';

/** The archives as files of a folder, `<id>.vta`: gzip, then {@link sealPiece}. */
export class EncryptedArchiveFiles implements ArchiveFiles {
  private constructor(
    private readonly folder: string,
    private readonly keys: Pick<DerivedKeys, 'archiveKey'>,
  ) {}

  /** @param folder absolute path; made when missing. Errors: STO-001, STO-006. */
  static async open(folder: string, keys: Pick<DerivedKeys, 'archiveKey'>): Promise<EncryptedArchiveFiles> {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw asStoreError(error);
    }
    return new EncryptedArchiveFiles(folder, keys);
  }

  async write(header: ArchiveHeader, content: AsyncIterable<Uint8Array>): Promise<{ readonly sha256: string; readonly bytes: number }> {
    const file = this.fileOf(header.id);
    try {
      await this.removeLeftovers();
      const temporary = temporaryName(file);
      try {
        const written = await this.writeTo(temporary, newStart(header), content);
        await renamePatiently(temporary, file);
        await flushFolder(this.folder);
        return written;
      } catch (error) {
        await whileHeld(() => rm(temporary, { force: true }));
        throw error;
      }
    } catch (error) {
      throw asStoreError(error);
    }
  }

  private async writeTo(file: string, start: ArchiveStart, content: AsyncIterable<Uint8Array>): Promise<{ sha256: string; bytes: number }> {
    const key = this.keys.archiveKey(start.salt);
    const handle = await open(file, 'wx', 0o600);
    const hash = createHash('sha256');
    let bytes = 0;
    const put = async (part: Buffer): Promise<void> => {
      hash.update(part);
      bytes += part.length;
      await handle.writeFile(part);
    };
    try {
      await put(start.bytes);
      await pipeline(Readable.from(content), createGzip(), async (compressed: AsyncIterable<Buffer>) => {
        let rank = 0;
        for await (const piece of cut(compressed, PIECE_BYTES)) {
          await put(sealPiece(key, start.bytes, rank, piece.last, piece.bytes));
          rank += 1;
        }
      });
      await handle.sync();
    } finally {
      await handle.close();
    }
    return { sha256: hash.digest('hex'), bytes };
  }

  async *read(id: string): AsyncGenerator<Buffer> {
    const gunzip = createGunzip();
    const feeding = pipeline(Readable.from(this.pieces(id)), gunzip);
    // The error is thrown by the loop below; unhandled here it would end the program.
    feeding.catch(() => undefined);
    try {
      for await (const chunk of gunzip) yield chunk as Buffer;
      await feeding;
    } catch (error) {
      throw asArchiveError(error, id);
    } finally {
      gunzip.destroy();
    }
  }

  async header(id: string): Promise<ArchiveHeader> {
    try {
      const { start } = await this.start(id);
      const pieces = this.pieces(id);
      await pieces.next();
      await pieces.return(undefined);
      return start.header;
    } catch (error) {
      throw asArchiveError(error, id);
    }
  }

  async fingerprint(id: string): Promise<string | null> {
    const hash = createHash('sha256');
    try {
      for await (const chunk of createReadStream(this.fileOf(id))) hash.update(chunk as Buffer);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return null;
      throw asStoreError(error);
    }
    return hash.digest('hex');
  }

  async remove(id: string): Promise<void> {
    try {
      await whileHeld(() => rm(this.fileOf(id), { force: true }));
      await flushFolder(this.folder);
    } catch (error) {
      throw asStoreError(error);
    }
  }

  async list(): Promise<readonly string[]> {
    try {
      const names = await readdir(this.folder);
      return names.flatMap((name) => (name.endsWith(EXTENSION) ? [name.slice(0, -EXTENSION.length)] : [])).sort();
    } catch (error) {
      throw asStoreError(error);
    }
  }

  /** The compressed content, piece by piece, each authenticated before it is given on. */
  private async *pieces(id: string): AsyncGenerator<Buffer> {
    const { start, size } = await this.start(id);
    const key = this.keys.archiveKey(start.salt);
    const sealed = createReadStream(this.fileOf(id), { start: start.bytes.length });
    let rank = 0;
    let left = size - start.bytes.length;
    for await (const piece of cut(sealed, SEALED_PIECE_BYTES)) {
      yield openPiece(key, start.bytes, rank, piece.last, piece.bytes);
      rank += 1;
      left -= piece.bytes.length;
    }
    if (left !== 0) throw new EnvelopeError('the archive changed while it was read');
  }

  private async start(id: string): Promise<{ readonly start: ArchiveStart; readonly size: number }> {
    const file = this.fileOf(id);
    const { size } = await stat(file);
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
      const start = parseStart(buffer.subarray(0, bytesRead));
      if (start.header.id !== id) throw new EnvelopeError('the archive of another name');
      return { start, size };
    } finally {
      await handle.close();
    }
  }

  /** What a crash left of an archive that was being written; only one program writes archives at a time. */
  private async removeLeftovers(): Promise<void> {
    for (const name of await readdir(this.folder)) if (isTemporaryName(name)) await rm(path.join(this.folder, name), { force: true });
  }

  private fileOf(id: string): string {
    if (!/^[0-9-]{1,32}$/.test(id)) throw new VitaleError('ARC-022', { id });
    return path.join(this.folder, id + EXTENSION);
  }
}

/** Codes of zlib's errors. */
const isZlibError = (error: unknown): boolean => (errnoOf(error) ?? '').startsWith('Z_');

function asArchiveError(error: unknown, id: string): unknown {
  const damaged = error instanceof EnvelopeError || isZlibError(error) || errnoOf(error) === 'ENOENT';
  return damaged ? new VitaleError('ARC-020', { id }) : asStoreError(error);
}
