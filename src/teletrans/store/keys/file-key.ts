import { randomBytes, timingSafeEqual } from 'node:crypto';
import * as path from 'node:path';
import { VitaleError } from '../../domain/errors';
import { asStoreError, errnoOf } from '../files/errors';
import { temporaryName } from '../files/durable-write';
import { REAL_KEY_DISK, type KeyDisk } from './key-disk';
import { openKeyFile, parseKeyFile, protectedKeyFile, sealedPart } from './key-file';
import type { KeyProtection } from './key-protection';
import { KEY_BYTES, type KeyShelter, type KeySource } from './key-source';

/**
 * The data key in a file that only its owner can read (`cle.bin`), and that only the same user of the same computer can use where the system protects keys.
 *
 * A file that holds the key in the open (made before, or come from a backup) is replaced by a protected one when it is read: written beside, flushed, read back, opened
 * and compared, then renamed over it. Until that renaming the key lies in the open, after it protected; at every instant it is there. A system that cannot protect it
 * keeps nobody from the data: the file stays as it is, the next reading tries again, and {@link shelter} tells.
 */
export class FileKeySource implements KeySource {
  /** @param file absolute path; its folder exists. @param protection null where the system has none. */
  constructor(
    private readonly file: string,
    private readonly protection: KeyProtection | null = null,
    private readonly disk: KeyDisk = REAL_KEY_DISK,
  ) {}

  async key(create: boolean): Promise<Buffer> {
    try {
      return (await this.load()) ?? (create ? await this.make() : this.missing());
    } catch (error) {
      throw asStoreError(error);
    }
  }

  async shelter(): Promise<KeyShelter> {
    const content = await this.disk.read(this.file).catch((error: unknown) => {
      throw asStoreError(error);
    });
    if (content === null) return 'none';
    const isSealed = sealedPart(content) !== null;
    content.fill(0);
    if (isSealed) return 'system';
    return this.protection === null ? 'file' : 'open';
  }

  private missing(): never {
    throw new VitaleError('STO-012');
  }

  private async load(): Promise<Buffer | null> {
    const content = await this.disk.read(this.file);
    if (content === null) return null;
    const sealed = sealedPart(content);
    if (sealed === null) {
      const key = parseKeyFile(content);
      if (this.protection !== null) await this.protectFile(key, this.protection).catch(() => undefined);
      return key;
    }
    const key = this.opened(sealed);
    await this.tidy().catch(() => undefined);
    return key;
  }

  /** Errors: STO-022 protected for somebody else, STO-012 what was protected is no key. */
  private opened(sealed: Buffer): Buffer {
    if (this.protection === null) throw new VitaleError('STO-022');
    let key: Buffer;
    try {
      key = this.protection.unprotect(sealed);
    } catch {
      throw new VitaleError('STO-022');
    }
    if (key.length === KEY_BYTES) return key;
    key.fill(0);
    return this.missing();
  }

  private async protectFile(key: Buffer, protection: KeyProtection): Promise<void> {
    const temporary = temporaryName(this.file);
    try {
      if (!(await this.writeProtected(temporary, key, protection))) return;
      await this.disk.rename(temporary, this.file);
    } catch (error) {
      await this.disk.remove(temporary);
      throw error;
    }
    await this.disk.flushFolder(path.dirname(this.file));
    await this.tidy();
  }

  /** A program that died while it made the key may have left a second name of the file that held it in the open. */
  private async tidy(): Promise<void> {
    for (const left of await this.disk.leftBeside(this.file)) await this.disk.remove(left);
  }

  /** Writes a protected key file and makes sure that it gives this key again. @returns false, and nothing is there, where the system cannot do it. */
  private async writeProtected(file: string, key: Buffer, protection: KeyProtection): Promise<boolean> {
    let sealed: Buffer;
    try {
      sealed = protection.protect(key);
    } catch {
      return false;
    }
    await this.disk.write(file, protectedKeyFile(sealed));
    if (await this.givesAgain(file, key, protection)) return true;
    await this.disk.remove(file);
    return false;
  }

  private async givesAgain(file: string, key: Buffer, protection: KeyProtection): Promise<boolean> {
    const written = sealedPart((await this.disk.read(file)) ?? Buffer.alloc(0));
    if (written === null) return false;
    try {
      const again = protection.unprotect(written);
      const same = again.length === key.length && timingSafeEqual(again, key);
      again.fill(0);
      return same;
    } catch {
      return false;
    }
  }

  /** A hard link refuses to replace: of two programs that start together, the second takes the key of the first. */
  private async make(): Promise<Buffer> {
    const temporary = temporaryName(this.file);
    const key = randomBytes(KEY_BYTES);
    try {
      const isProtected = this.protection !== null && (await this.writeProtected(temporary, key, this.protection));
      if (!isProtected) await this.disk.write(temporary, openKeyFile(key));
      await this.disk.link(temporary, this.file).catch((error: unknown) => {
        // Taken by the other one; or tidied away by it, which then has made one.
        if (!['EEXIST', 'ENOENT'].includes(errnoOf(error) ?? '')) throw error;
      });
    } finally {
      key.fill(0);
      await this.disk.remove(temporary);
    }
    await this.disk.flushFolder(path.dirname(this.file));
    return (await this.load()) ?? this.missing();
  }
}
