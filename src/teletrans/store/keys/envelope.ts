import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

/** Thrown when sealed bytes do not open: another key, another place, or changed bytes. The caller says which error of the catalogue this is. */
export class EnvelopeError extends Error {
  override readonly name = 'EnvelopeError';
}

const NONCES_DRAWN = 64;
let drawn = Buffer.alloc(0);

/** A random nonce, never given twice; drawn from the system several at a time, for each draw takes as long as sealing. */
function freshNonce(): Buffer {
  if (drawn.length < NONCE_BYTES) drawn = randomBytes(NONCES_DRAWN * NONCE_BYTES);
  const nonce = drawn.subarray(0, NONCE_BYTES);
  drawn = drawn.subarray(NONCE_BYTES);
  return nonce;
}

/**
 * Bytes encrypted at rest: AES-256-GCM. Shape: version (1 byte, 1) · nonce (12) · tag (16) · ciphertext.
 * `place` (table, row, purpose) is authenticated too, so that sealed bytes moved to another row or file do not open there.
 */
export class Envelope {
  private readonly key: KeyObject;

  /** @param key 32 bytes. */
  constructor(key: Buffer) {
    this.key = createSecretKey(key);
  }

  seal(plain: Uint8Array, place: string): Buffer {
    const nonce = freshNonce();
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce);
    cipher.setAAD(Buffer.from(place, 'utf8'));
    const body = cipher.update(plain);
    const end = cipher.final();
    return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body, end]);
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
