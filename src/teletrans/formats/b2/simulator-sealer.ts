/**
 * Certification zones of the simulator (spec/b2.md § 10, ours): the first 32 upper-case hexadecimal digits of an HMAC-SHA-256 with a public key.
 * They prove nothing of anybody and exist so that a changed byte is noticed. Real zones are made by the licensed component.
 */
import { createHmac } from 'node:crypto';
import type { LotSealer } from '../port';

const KEY = 'SIMULATEUR-SEUL';

export class SimulatorSealer implements LotSealer {
  sealInvoice(records: Buffer): Promise<string> {
    return Promise.resolve(zoneOf(records));
  }

  sealLot(lot: Buffer): Promise<string> {
    return Promise.resolve(zoneOf(lot));
  }
}

function zoneOf(bytes: Buffer): string {
  return createHmac('sha256', KEY).update(bytes).digest('hex').slice(0, 32).toUpperCase();
}
