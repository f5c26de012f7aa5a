/** gzip with repeatable bytes, and gunzip that cannot be made to fill the memory. */
import { gunzipSync, gzipSync } from 'node:zlib';

/** Offset of the gzip header's operating-system byte (RFC 1952 § 2.3); 255 means unknown. zlib writes the machine's own there. */
const OS_BYTE = 9;
const OS_UNKNOWN = 255;

/** The same content gives the same bytes on every machine: modification time 0, operating system unknown. */
export function gzipRepeatable(content: Buffer, level: number): Buffer {
  const packed = gzipSync(content, { level });
  packed.fill(0, 4, 8);
  packed[OS_BYTE] = OS_UNKNOWN;
  return packed;
}

/** True when the bytes begin as a gzip file does. */
export function looksGzipped(content: Buffer): boolean {
  return content.length > 2 && content[0] === 0x1f && content[1] === 0x8b && content[2] === 8;
}

/** Throws when the file is damaged or longer than `maxBytes` once unpacked. */
export function gunzipBounded(packed: Buffer, maxBytes: number): Buffer {
  return gunzipSync(packed, { maxOutputLength: maxBytes });
}
