/** A practice that sends many files: as many practitioners as it takes, one invoice a lot, one lot a file. Its programs are the built ones; one table is changed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as systemClock from '../../../src/composition/system-clock';
import * as tables from '../../../src/composition/tables';
import type { Invoice } from '../../../src/teletrans/domain/invoice';
import { sampleInvoices } from '../../support/invoices';
import { setCabinet } from '../../support/mail-servers/practice';

/** A practitioner has 999 lot numbers: no more files than this each. */
const FILES_EACH = 900;
const FIRST_NUMBER = '999000011';
const FIRST_RPPS = '99900000011';

export interface ManyPractitioner {
  readonly billingNumber: string;
  readonly card: string;
  readonly invoices: readonly Invoice[];
}

/** One invoice a lot, and a clock that can be moved. */
export const clock = { now: new Date('2026-11-20T18:40:00+01:00') };
const { readLotRules } = tables;
Object.assign(tables, { readLotRules: (folder: string) => ({ ...readLotRules(folder), maxInvoicesPerLot: 1 }) });
Object.assign(systemClock, { startClock: () => ({ now: () => clock.now }) });

/** 8 digits and their Luhn key. */
function billingNumber(rank: number): string {
  const digits = String(99_900_100 + rank);
  const sum = Array.from(digits).reduce((total, digit, at) => {
    const value = Number(digit) * ((digits.length - at) % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}

/** Completes a practice of the demonstration (cards, `cabinet.json`, profile) for so many files, and makes its invoices. */
export function makeManyFiles(home: string, shippedProfile: string, files: number): readonly ManyPractitioner[] {
  const sample = sampleInvoices().find(({ number }) => number === '000000101');
  const card = readFileSync(join(home, 'cartes/dupont.json'), 'utf8');
  const text = JSON.stringify(sample);
  const practitioners = Array.from({ length: Math.ceil(files / FILES_EACH) }, (_unused, rank): ManyPractitioner => {
    const number = billingNumber(rank);
    const file = `cartes/praticien-${String(rank)}.json`;
    writeFileSync(join(home, file), card.replaceAll(FIRST_NUMBER, number).replaceAll(FIRST_RPPS, rppsOf(rank)));
    const count = Math.min(FILES_EACH, files - rank * FILES_EACH);
    return {
      billingNumber: number,
      card: file,
      invoices: Array.from({ length: count }, (_none, at) => ({
        ...(JSON.parse(text.replaceAll(FIRST_NUMBER, number)) as Invoice),
        id: `LW-${number}-${String(at + 1)}`,
        number: String(at + 1).padStart(9, '0'),
      })),
    };
  });
  const profile = JSON.parse(readFileSync(shippedProfile, 'utf8')) as { limits: object };
  Object.assign(profile.limits, { max_lots_per_file: 1 });
  writeFileSync(join(home, 'profil.json'), JSON.stringify(profile));
  setCabinet(home, (cabinet) => ({
    ...cabinet,
    profile: 'profil.json',
    practitioners: practitioners.map(({ billingNumber: number }, rank) => ({
      name: `PRATICIEN ${String(rank)}`,
      billingNumber: number,
      rpps: rppsOf(rank),
    })),
    reader: { kind: 'virtual', card: practitioners[0]?.card ?? '' },
  }));
  return practitioners;
}

const rppsOf = (rank: number): string => String(99_900_001_000 + rank);
