/** The code porteur on its way from standard input to the card: bytes in one buffer, never a string. */
import type { Readable } from 'node:stream';

/** Longer input is not a code; what comes after is dropped, and the length alone makes the card refuse it. */
const MOST = 16;
const CR = 0x0d;
const LF = 0x0a;

/** Overwrites a code. */
export function wipe(code: Uint8Array): void {
  code.fill(0);
}

/**
 * Reads one line, as bytes without its end of line. The stream must give bytes (no encoding set); each chunk is wiped once read.
 * @returns a buffer of its own, to be wiped by the caller; it is the card that checks its length.
 */
export function readCodePorteur(stream: Readable): Promise<Buffer> {
  const line = Buffer.alloc(MOST);
  let length = 0;
  return new Promise((resolve, reject) => {
    const end = (): void => {
      stream.off('data', take).off('end', finish).off('close', finish).off('error', fail);
      stream.pause();
    };
    const finish = (): void => {
      end();
      const code = Buffer.alloc(length);
      line.copy(code, 0, 0, length);
      wipe(line);
      resolve(code);
    };
    const fail = (error: Error): void => {
      end();
      wipe(line);
      reject(error);
    };
    const take = (chunk: unknown): void => {
      if (!(chunk instanceof Uint8Array)) {
        fail(new Error('the code porteur must be read as bytes'));
        return;
      }
      const stop = chunk.indexOf(LF);
      for (const byte of stop < 0 ? chunk : chunk.subarray(0, stop)) {
        if (byte !== CR && length < MOST) line[length++] = byte;
      }
      wipe(chunk);
      if (stop >= 0) finish();
    };
    stream.on('data', take).on('end', finish).on('close', finish).on('error', fail);
  });
}
