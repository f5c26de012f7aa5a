import { createHash, randomBytes } from 'node:crypto';
import type { KeyProtection } from '../../../src/teletrans/store/keys/key-protection';

/** As DPAPI does it towards whoever calls it: other bytes each time, which open for the same user only. */
export class FakeProtection implements KeyProtection {
  constructor(private readonly user: string) {}

  protect(plain: Buffer): Buffer {
    const salt = randomBytes(16);
    return Buffer.concat([salt, this.check(salt, plain), this.mixed(salt, plain)]);
  }

  unprotect(sealed: Buffer): Buffer {
    const salt = sealed.subarray(0, 16);
    const plain = this.mixed(salt, sealed.subarray(48));
    if (!this.check(salt, plain).equals(sealed.subarray(16, 48))) throw new Error('not for this user');
    return plain;
  }

  private mixed(salt: Buffer, bytes: Buffer): Buffer {
    const stream = this.hash(salt, 'stream');
    return Buffer.from(bytes.map((byte, at) => byte ^ (stream[at % stream.length] ?? 0)));
  }
  private check(salt: Buffer, plain: Buffer): Buffer {
    return this.hash(salt, plain.toString('latin1'));
  }
  private hash(salt: Buffer, text: string): Buffer {
    return createHash('sha256').update(salt).update(this.user).update(text, 'latin1').digest();
  }
}
