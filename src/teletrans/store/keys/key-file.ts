/** The two shapes of a key file (`cle.bin`), told apart by their first line: the key in the open, or as the operating system protects it. */
import { VitaleError } from '../../domain/errors';
import { KEY_BYTES } from './key-source';

const OPEN = Buffer.from('VITALE-CLE-1\n', 'latin1');
const PROTECTED = Buffer.from('VITALE-CLE-2\n', 'latin1');

const begins = (content: Buffer, mark: Buffer): boolean => content.subarray(0, mark.length).equals(mark);

/** The bytes of a key file that anyone who may read it can use: that of a backup, and of a system that protects no keys. */
export const openKeyFile = (key: Uint8Array): Buffer => Buffer.concat([OPEN, key]);

/** The bytes of a key file that only the operating system opens again. */
export const protectedKeyFile = (sealed: Uint8Array): Buffer => Buffer.concat([PROTECTED, sealed]);

/** What the system sealed, null when the file holds the key in the open, or no key at all. */
export function sealedPart(content: Buffer): Buffer | null {
  return begins(content, PROTECTED) ? content.subarray(PROTECTED.length) : null;
}

/** The key of a file that holds it in the open, in the same memory. Errors: STO-012 it is none, STO-022 it is protected. */
export function parseKeyFile(content: Buffer): Buffer {
  if (begins(content, PROTECTED)) throw new VitaleError('STO-022');
  if (content.length !== OPEN.length + KEY_BYTES || !begins(content, OPEN)) throw new VitaleError('STO-012');
  return content.subarray(OPEN.length);
}
