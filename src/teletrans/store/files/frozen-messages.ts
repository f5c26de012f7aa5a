import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { VitaleError } from '../../domain/errors';
import type { DerivedKeys } from '../keys/derive';
import { EnvelopeError, placeOf } from '../keys/envelope';
import type { FrozenMessages } from '../port';
import { flushFolder, isTemporaryName, writeDurably } from './durable-write';
import { asStoreError, errnoOf } from './errors';
import { whileHeld } from './held';

const HASH_BYTES = 32;
const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** Older than this, a temporary file is not being written by another program: it is what a crash left. */
const LEFTOVER_MS = 3_600_000;

async function removeLeftovers(folder: string): Promise<void> {
  for (const name of (await readdir(folder)).filter(isTemporaryName)) {
    const file = path.join(folder, name);
    const age = await stat(file).then(
      (found) => Date.now() - found.mtimeMs,
      () => 0,
    );
    // One that another program has open only takes room: it is no reason not to open the practice.
    if (age > LEFTOVER_MS) await rm(file, { force: true }).catch(() => undefined);
  }
}

/** The message in the bytes of its file. Errors: STO-008 when they do not open, or are not what was written. */
export function openFrozen(keys: Pick<DerivedKeys, 'frozen'>, fileId: string, sealed: Uint8Array): Buffer {
  const wrong = new VitaleError('STO-008', { id: fileId });
  try {
    const plain = keys.frozen.open(sealed, placeOf('frozen', fileId, 'message'));
    const bytes = plain.subarray(HASH_BYTES);
    if (!sha256(bytes).equals(plain.subarray(0, HASH_BYTES))) throw wrong;
    return bytes;
  } catch (error) {
    throw error instanceof EnvelopeError ? wrong : error;
  }
}

/** Frozen messages, one encrypted file each: SHA-256 of the bytes, then the bytes. */
export class FrozenMessageFiles implements FrozenMessages {
  private constructor(
    private readonly folder: string,
    private readonly keys: DerivedKeys,
  ) {}

  /** @param folder absolute path; made when missing, temporary files left by a crash are removed. Errors: STO-001, STO-006. */
  static async open(folder: string, keys: DerivedKeys): Promise<FrozenMessageFiles> {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await removeLeftovers(folder);
    } catch (error) {
      throw asStoreError(error);
    }
    return new FrozenMessageFiles(folder, keys);
  }

  async write(fileId: string, bytes: Buffer): Promise<void> {
    const sealed = this.keys.frozen.seal(Buffer.concat([sha256(bytes), bytes]), placeOf('frozen', fileId, 'message'));
    try {
      await writeDurably(this.fileOf(fileId), sealed);
    } catch (error) {
      throw asStoreError(error);
    }
  }

  /** Errors: STO-008 when the entry is missing, does not open, or is not what was written. */
  async read(fileId: string): Promise<Buffer> {
    try {
      return openFrozen(this.keys, fileId, await readFile(this.fileOf(fileId)));
    } catch (error) {
      throw errnoOf(error) === 'ENOENT' ? new VitaleError('STO-008', { id: fileId }) : asStoreError(error);
    }
  }

  async exists(fileId: string): Promise<boolean> {
    const file = this.fileOf(fileId);
    try {
      await access(file);
      return true;
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return false;
      throw asStoreError(error);
    }
  }

  async remove(fileId: string): Promise<void> {
    try {
      await whileHeld(() => rm(this.fileOf(fileId), { force: true }));
      await flushFolder(this.folder);
    } catch (error) {
      throw asStoreError(error);
    }
  }

  private fileOf(fileId: string): string {
    if (!/^[A-Za-z0-9-]{1,64}$/.test(fileId)) throw new Error('a frozen message is named by an identifier of ours');
    return path.join(this.folder, `${fileId}.msg`);
  }
}
