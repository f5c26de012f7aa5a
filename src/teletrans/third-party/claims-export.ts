/**
 * The list of claims as a file, piece by piece: a list of any length is written with the memory of one stretch. CSV as the bank reconciliation is
 * (see bank-export.ts), with a last line of totals; XML after `addin/tables/tiers-payants-1.xsd`. Pure.
 */
import { BOM, cell, decimal, readableXml } from './bank-export';

/** One part of one invoice. Dates are `AAAA-MM-JJ`, empty for none; amounts are centimes. */
export interface ClaimLine {
  readonly number: string;
  readonly kind: string;
  readonly part: string;
  readonly payer: string;
  readonly practitioner: string;
  readonly date: string;
  readonly sentOn: string;
  readonly ackedOn: string;
  /** Its word, as on the screen. */
  readonly state: string;
  /** Its name in the product, the same whatever the words are. */
  readonly stateCode: string;
  /** Days since it was sent, and the class they fall in. */
  readonly days: number;
  readonly age: string;
  readonly expected: number;
  readonly paid: number;
  readonly adjusted: number;
  readonly due: number;
  /** Jours ouvrés of a caisse beyond its delay; null while in time. */
  readonly lateDays: number | null;
  readonly penalty: number;
  readonly reminders: number;
  readonly remindedOn: string;
  readonly forclusionOn: string;
  readonly owner: string;
}

/** What is known of the list before its lines. */
export interface ClaimsHead {
  readonly today: string;
  readonly count: number;
  readonly sums: Readonly<Record<SumKey, number>>;
}

type SumKey = 'expected' | 'paid' | 'adjusted' | 'due';

/** How a list is written. */
export interface ClaimsFormat {
  head(head: ClaimsHead): string;
  line(line: ClaimLine): string;
  end(head: ClaimsHead): string;
}

type Kind = 'text' | 'count' | 'centimes';

const COLUMNS: readonly { readonly key: Exclude<keyof ClaimLine, 'stateCode'>; readonly title: string; readonly kind: Kind }[] = [
  { key: 'number', title: 'Facture', kind: 'text' },
  { key: 'kind', title: 'Nature', kind: 'text' },
  { key: 'part', title: 'Part', kind: 'text' },
  { key: 'payer', title: 'Organisme', kind: 'text' },
  { key: 'practitioner', title: 'Praticien', kind: 'text' },
  { key: 'date', title: 'Date', kind: 'text' },
  { key: 'sentOn', title: 'Envoyée le', kind: 'text' },
  { key: 'ackedOn', title: 'ARL reçu le', kind: 'text' },
  { key: 'state', title: 'État', kind: 'text' },
  { key: 'days', title: 'Âge en jours', kind: 'count' },
  { key: 'age', title: 'Tranche d’âge', kind: 'text' },
  { key: 'expected', title: 'Attendu', kind: 'centimes' },
  { key: 'paid', title: 'Payé', kind: 'centimes' },
  { key: 'adjusted', title: 'Soldé à la main', kind: 'centimes' },
  { key: 'due', title: 'Reste dû', kind: 'centimes' },
  { key: 'lateDays', title: 'Jours ouvrés de la caisse en retard', kind: 'count' },
  { key: 'penalty', title: 'Pénalité', kind: 'centimes' },
  { key: 'reminders', title: 'Relances', kind: 'count' },
  { key: 'remindedOn', title: 'Dernière relance', kind: 'text' },
  { key: 'forclusionOn', title: 'Forclusion', kind: 'text' },
  { key: 'owner', title: 'Suivi par', kind: 'text' },
];

/** An age class such as `8-30` would be read as a date by a spreadsheet: with its unit it is a text. */
const ageWords = (age: string): string => `${age} jours`;

function csvCell(line: ClaimLine, key: keyof ClaimLine, kind: Kind): string {
  const value = line[key];
  if (typeof value === 'number') return kind === 'centimes' ? decimal(value) : String(value);
  return value === null ? '' : cell(key === 'age' ? ageWords(value) : value);
}

export const CLAIMS_CSV: ClaimsFormat = {
  head: () => `${BOM}${COLUMNS.map(({ title }) => cell(title)).join(';')}\r\n`,
  line: (line) => `${COLUMNS.map(({ key, kind }) => csvCell(line, key, kind)).join(';')}\r\n`,
  end: ({ sums }) =>
    `${COLUMNS.map(({ key }) => (key === 'number' ? 'Total' : key in sums ? decimal(sums[key as SumKey]) : '')).join(';')}\r\n`,
};

const escaped = (text: string): string =>
  readableXml(text).replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

function attributes(given: Readonly<Record<string, string | number>>): string {
  return Object.entries(given)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? value : escaped(value)}"`)
    .join('');
}

const sumsOf = ({ expected, paid, adjusted, due }: Readonly<Record<SumKey, number>>): Readonly<Record<string, number>> => ({
  attenduCentimes: expected,
  payeCentimes: paid,
  soldeALaMainCentimes: adjusted,
  resteDuCentimes: due,
});

const child = (name: string, text: string, more: Readonly<Record<string, string>> = {}): string =>
  text === '' ? '' : `    <${name}${attributes(more)}>${escaped(text)}</${name}>\n`;

/** Amounts in centimes, dates `AAAA-MM-JJ`. */
export const CLAIMS_XML: ClaimsFormat = {
  head: ({ today, count, sums }) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<tiersPayants${attributes({ format: 'teletrans.tiers-payants/1', jour: today, lignes: count, ...sumsOf(sums) })}>\n`,
  line: (line) => {
    const { lateDays, penalty, reminders, days, age } = line;
    const more = { jours: days, tranche: age, penaliteCentimes: penalty, relances: reminders };
    const late: Readonly<Record<string, number>> = lateDays === null ? {} : { joursOuvresDeRetard: lateDays };
    return `  <ligne${attributes({ ...sumsOf(line), ...more, ...late })}>\n${(
      ['number', 'kind', 'part', 'payer', 'practitioner', 'date', 'sentOn', 'ackedOn'] as const
    )
      .map((key) => child(key, line[key]))
      .join('')}${child('state', line.state, { code: line.stateCode })}${(['remindedOn', 'forclusionOn', 'owner'] as const)
      .map((key) => child(key, line[key]))
      .join('')}  </ligne>\n`;
  },
  end: () => '</tiersPayants>\n',
};
