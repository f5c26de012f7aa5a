/**
 * Reads the code porteur from a request. It is never made into a string; every chunk the network gave is wiped as soon as it is copied, and the caller wipes
 * the copy. What the operating system and the browser keep for themselves is beyond our reach.
 */
import type { Readable } from 'node:stream';
import { RequestRefused } from './refusals';

/** More than any code porteur; longer bodies are refused unread. */
export const CODE_BODY_LIMIT = 16;

/** The bytes of the body, at most {@link CODE_BODY_LIMIT}. Throws {@link RequestRefused} when there are more; nothing is left in memory then. */
export async function readCode(body: Readable): Promise<Buffer> {
  const code = Buffer.alloc(CODE_BODY_LIMIT);
  let length = 0;
  let tooLong = false;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      tooLong ||= length + chunk.length > CODE_BODY_LIMIT;
      if (!tooLong) {
        chunk.copy(code, length);
        length += chunk.length;
      }
      chunk.fill(0);
      if (tooLong) break;
    }
  } catch (error) {
    code.fill(0);
    throw error;
  }
  if (tooLong) {
    code.fill(0);
    throw new RequestRefused('tooLarge');
  }
  return code.subarray(0, length);
}
