import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { Envelope } from './envelope';

/** What is made of the data key: one key per purpose, so that nothing sealed for one opens for another. */
export interface DerivedKeys {
  /** Bodies in the database. */
  readonly bodies: Envelope;
  /** Frozen messages on the disk. */
  readonly frozen: Envelope;
  /** A key of its own for each archive, from the salt in its header. */
  readonly archiveKey: (salt: Buffer) => Buffer;
  /** HMAC-SHA-256 of a text, hexadecimal. */
  readonly keyedHash: (text: string) => string;
}

const derive = (key: Buffer, purpose: string): Buffer => Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `vitale/${purpose}/1`, 32));

/** Derives the keys of a store from its data key by HKDF-SHA-256. */
export function deriveKeys(key: Buffer): DerivedKeys {
  const hashKey = createSecretKey(derive(key, 'keyed-hash'));
  const archives = derive(key, 'archives');
  return {
    bodies: new Envelope(derive(key, 'bodies')),
    frozen: new Envelope(derive(key, 'frozen')),
    archiveKey: (salt) => Buffer.from(hkdfSync('sha256', archives, salt, 'vitale/archive/1', 32)),
    keyedHash: (text) => createHmac('sha256', hashKey).update(text, 'utf8').digest('hex'),
  };
}
