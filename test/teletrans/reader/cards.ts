import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { DEMONSTRATION_ATR } from '../../../src/teletrans/reader/card-models';

/** An invented card file (contract § 2). */
export function aCard(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    atr: DEMONSTRATION_ATR,
    holder: { lastName: 'DUPONT', firstName: 'CLAIRE', rpps: '99900000011', profession: '40' },
    pin: '4826',
    puk: '80451973',
    triesLeft: 3,
    situations: [
      {
        number: '1',
        billingNumber: '999000011',
        structure: 'CABINET DUPONT',
        convention: '1',
        specialty: '19',
        tariffZone: '35',
        ikZone: '01',
        approvals: '0',
        signsInvoice: true,
        signsLot: true,
        valid: true,
      },
      { number: 'A', billingNumber: '999000029', specialty: '19', signsInvoice: true, signsLot: false, valid: true },
    ],
    ...change,
  };
}

export function putCard(folder: string, name: string, card: unknown): string {
  const file = path.join(folder, 'cartes', name);
  writeFileSync(file, typeof card === 'string' ? card : JSON.stringify(card, null, 2));
  return file;
}

export const digits = (code: string): Buffer => Buffer.from(code, 'latin1');
