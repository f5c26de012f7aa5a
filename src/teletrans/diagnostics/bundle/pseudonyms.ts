/** Stable names for our identifiers inside one bundle: the same invoice has the same name everywhere in it, and another one in the next bundle. */
import { createHmac, randomBytes } from 'node:crypto';

export type Pseudonym = (identifier: string) => string;

/** @param key of this bundle alone; it is kept nowhere. */
export function pseudonyms(key: Buffer = randomBytes(32)): Pseudonym {
  return (identifier) => `x${createHmac('sha256', key).update(identifier).digest('hex').slice(0, 10)}`;
}
