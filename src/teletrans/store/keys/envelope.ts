import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

/** Thrown when sealed bytes do not open: another key, another place, or changed bytes. The caller says which error of the catalogue this is. */
export class EnvelopeError extends Error {
  override readonly name = 'EnvelopeError';
}

/**
 * Bytes encrypted at rest: AES-256-GCM. Shape: version (1 byte, 1) · nonce (12) · tag (16) · ciphertext.
 * `place` (table, row, purpose) is authenticated too, so that sealed bytes moved to another row or file do not open there.
 */
export class Envelope {
  constructor(private readonly key: Buffer) {}

  seal(plain: Uint8Array, place: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce);
    cipher.setAAD(Buffer.from(place, 'utf8'));
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]);
  }

  /** Errors: {@link EnvelopeError}. */
  open(sealed: Uint8Array, place: string): Buffer {
    if (sealed.length < HEADER_BYTES || sealed[0] !== VERSION) throw new EnvelopeError('not a sealed body');
    const decipher = createDecipheriv('aes-256-gcm', this.key, sealed.subarray(1, 1 + NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(place, 'utf8'));
    decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEADER_BYTES));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(HEADER_BYTES)), decipher.final()]);
    } catch {
      throw new EnvelopeError('the sealed body does not open');
    }
  }
}

/** The authenticated place of a sealed body. */
export const placeOf = (table: string, row: string, purpose: string): string => JSON.stringify([table, row, purpose]);
