/** The simulator's seal, computed again (spec/b2.md § 10): 32 hexadecimal digits of an HMAC over the records with the certification zone blank. */
import { createHmac } from 'node:crypto';

const KEY = 'SIMULATEUR-SEUL';
const ZONE_BYTES = 32;

/** True when the last 32 bytes of `records` are the seal of all of them with that zone blank. */
export function sealHolds(records: Buffer): boolean {
  const zone = records.toString('latin1', records.length - ZONE_BYTES);
  const covered = Buffer.from(records).fill(' ', records.length - ZONE_BYTES);
  return createHmac('sha256', KEY).update(covered).digest('hex').slice(0, ZONE_BYTES).toUpperCase() === zone;
}
