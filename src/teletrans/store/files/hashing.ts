import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Size and content of a file. */
export interface FileHash {
  readonly bytes: number;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
}

/** Reads a file of any size in little memory. Errors: those of `node:fs`. */
export async function hashFile(file: string): Promise<FileHash> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { bytes, sha256: hash.digest('hex') };
}
