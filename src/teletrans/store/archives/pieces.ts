/**
 * The bytes of an archive's file: a header in clear, then the content in encrypted pieces of equal size.
 *
 * `VITALE-ARCHIVE-1\n` · length of the header (4 bytes, big-endian) · header (JSON, UTF-8) · pieces. A piece is AES-256-GCM ciphertext of {@link PIECE_BYTES} bytes
 * of content (the last one: what is left, maybe none) and its tag. Its nonce is its rank (11 bytes) and 1 for the last piece, else 0 (1 byte), so that no piece can be
 * moved, repeated, left out or cut off; all that stands before the pieces is authenticated with each of them.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { EnvelopeError } from '../keys/envelope';
import type { ArchiveHeader } from '../port';

const MAGIC = Buffer.from('VITALE-ARCHIVE-1\n', 'latin1');
const LENGTH_BYTES = 4;
const TAG_BYTES = 16;
const SALT_BYTES = 32;
/** Far above any header of ours: a length that says more is no length. */
const MAX_HEADER_BYTES = 4096;

/** Content of a piece, and what it takes in the file. */
export const PIECE_BYTES = 65_536;
export const SEALED_PIECE_BYTES = PIECE_BYTES + TAG_BYTES;
/** What is read at first: enough for any header. */
export const START_BYTES = MAGIC.length + LENGTH_BYTES + MAX_HEADER_BYTES;

interface WrittenHeader extends ArchiveHeader {
  /** Hexadecimal; the archive's own key is derived from it. */
  readonly salt: string;
}

/** The start of a file, opened. */
export interface ArchiveStart {
  readonly header: ArchiveHeader;
  readonly salt: Buffer;
  /** Everything before the first piece. */
  readonly bytes: Buffer;
}

/** The start of a new archive, with a salt of its own. */
export function newStart({ id, previous }: ArchiveHeader): ArchiveStart {
  const salt = randomBytes(SALT_BYTES);
  const json = Buffer.from(JSON.stringify({ id, previous, salt: salt.toString('hex') } satisfies WrittenHeader), 'utf8');
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(json.length);
  return { header: { id, previous }, salt, bytes: Buffer.concat([MAGIC, length, json]) };
}

function isWrittenHeader(value: unknown): value is WrittenHeader {
  if (typeof value !== 'object' || value === null) return false;
  const { id, previous, salt } = value as Record<string, unknown>;
  return typeof id === 'string' && (previous === null || typeof previous === 'string') && typeof salt === 'string';
}

/** @param bytes the first {@link START_BYTES} of a file, or all of a shorter one. Errors: {@link EnvelopeError}; nothing here is authenticated yet. */
export function parseStart(bytes: Buffer): ArchiveStart {
  const at = MAGIC.length + LENGTH_BYTES;
  if (bytes.length < at || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw new EnvelopeError('not an archive');
  const end = at + bytes.readUInt32BE(MAGIC.length);
  if (end > bytes.length || end > START_BYTES) throw new EnvelopeError('the header is cut');
  let header: unknown;
  try {
    header = JSON.parse(bytes.subarray(at, end).toString('utf8')) as unknown;
  } catch {
    throw new EnvelopeError('the header is no JSON');
  }
  if (!isWrittenHeader(header)) throw new EnvelopeError('the header is not ours');
  return {
    header: { id: header.id, previous: header.previous },
    salt: Buffer.from(header.salt, 'hex'),
    bytes: Buffer.from(bytes.subarray(0, end)),
  };
}

function nonceOf(rank: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(rank, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

export function sealPiece(key: Buffer, start: Buffer, rank: number, last: boolean, content: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(rank, last));
  cipher.setAAD(start);
  return Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

/** Errors: {@link EnvelopeError}. */
export function openPiece(key: Buffer, start: Buffer, rank: number, last: boolean, sealed: Buffer): Buffer {
  if (sealed.length < TAG_BYTES) throw new EnvelopeError('the archive is cut');
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(rank, last), { authTagLength: TAG_BYTES });
  decipher.setAAD(start);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES)), decipher.final()]);
  } catch {
    throw new EnvelopeError(`piece ${String(rank)} does not open`);
  }
}

/** Cuts a stream of bytes into buffers of `size`; the last one holds what is left, and is empty when nothing is. */
export async function* cut(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ readonly bytes: Buffer; readonly last: boolean }> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    waiting.push(chunk);
    length += chunk.length;
    if (length <= size) continue;
    const joined = Buffer.concat(waiting);
    let from = 0;
    // One byte at least is kept back: only the end of the stream tells which piece is the last.
    for (; joined.length - from > size; from += size) yield { bytes: joined.subarray(from, from + size), last: false };
    waiting = [joined.subarray(from)];
    length = joined.length - from;
  }
  yield { bytes: Buffer.concat(waiting), last: true };
}
