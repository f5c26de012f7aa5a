/** A practice in a box: its data folder, three practitioners with a virtual card each, and where its local insurer listens. All invented. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The code porteur of every demonstration card. */
export const DEMONSTRATION_CODE = '1234';

export interface DemonstrationPractitioner {
  readonly name: string;
  readonly billingNumber: string;
  readonly rpps: string;
  /** Card file, relative to the data folder. */
  readonly card: string;
  readonly situations: readonly string[];
}

export const PRACTITIONERS: readonly DemonstrationPractitioner[] = [
  { name: 'DUPONT CLAIRE', billingNumber: '999000011', rpps: '99900000011', card: 'cartes/dupont.json', situations: ['1', '2'] },
  { name: 'MOREL JEAN', billingNumber: '999000029', rpps: '99900000029', card: 'cartes/morel.json', situations: ['1'] },
  { name: 'KERVELLA ANNE', billingNumber: '999000037', rpps: '99900000037', card: 'cartes/kervella.json', situations: ['1', '2'] },
];

export interface InsurerPorts {
  readonly smtpPort: number;
  readonly pop3Port: number;
}

/** Writes `cabinet.json` and the cards into `home`. */
export function makePracticeBox(home: string, { smtpPort, pop3Port }: InsurerPorts): void {
  mkdirSync(join(home, 'cartes'), { recursive: true, mode: 0o700 });
  for (const practitioner of PRACTITIONERS) writeJson(join(home, practitioner.card), cardOf(practitioner));
  const server = { host: '127.0.0.1', security: 'none', ca: null };
  writeJson(join(home, 'cabinet.json'), {
    mode: 'demo',
    region: '35',
    practitioners: PRACTITIONERS.map(({ name, billingNumber, rpps }) => ({ name, billingNumber, rpps })),
    reader: { kind: 'virtual', card: PRACTITIONERS[0]?.card ?? '' },
    network: {
      sender: 'cabinet@cabinet.test.invalid',
      smtp: { ...server, port: smtpPort, user: null, password: null },
      pop3: { ...server, port: pop3Port, user: 'cabinet', password: 'cabinet' },
    },
  });
}

function cardOf({ name, billingNumber, rpps, situations }: DemonstrationPractitioner): unknown {
  const [lastName = '', firstName = ''] = name.split(' ');
  return {
    atr: '3BAC00402A001225006480000310009000',
    holder: { lastName, firstName, rpps, profession: '40' },
    pin: DEMONSTRATION_CODE,
    puk: '12345678',
    triesLeft: 3,
    situations: situations.map((number) => ({
      number,
      billingNumber,
      structure: 'CABINET DE DEMONSTRATION',
      convention: '1',
      specialty: '19',
      tariffZone: '10',
      ikZone: '01',
      approvals: '000',
      signsInvoice: true,
      signsLot: true,
      valid: true,
    })),
  };
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
}
