/** What the format of a field says of its value: real dates, right keys (spec/b2.md § 1 and § 4). */
import { hasLuhnKey, nirKey } from '../../domain/keys';
import type { FieldFault } from './faults';
import type { FieldRow, Layout } from './layout';

type Values = Readonly<Record<string, string>>;
type Rule = (row: FieldRow, value: string, values: Values) => FieldFault | null;

const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const NIR = /^[1-8]\d{4}(?:\d\d|2A|2B)\d{6}$/;

/** True for AAMMJJ of a calendar day. The century is not written: 29 February is taken for the years 2000 to 2099. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{6}$/.test(text)) return false;
  const month = Number(text.slice(2, 4));
  const day = Number(text.slice(4, 6));
  if (month === 2 && day === 29) return Number(text.slice(0, 2)) % 4 === 0;
  return day >= 1 && day <= (DAYS_IN_MONTH[month - 1] ?? 0);
}

function fault(kind: 'date' | 'key', row: FieldRow, position: number, expected: string): FieldFault {
  return { kind, field: row.name, position, message: `${row.label} : ${expected}.` };
}

/** Zeros or blanks: the field says nothing. */
export function isAbsent(value: string): boolean {
  return /^[0 ]*$/.test(value);
}

/** Values found right: practices, insurers, days and people come back all day long. Emptied when full; never leaves this memory. */
class Remembered {
  readonly #right = new Map<string, string>();

  has(value: string, key = ''): boolean {
    return this.#right.get(value) === key;
  }

  /** Keeps a value that is right. @returns no fault. */
  keep(value: string, key = ''): null {
    if (this.#right.size >= MOST_REMEMBERED) this.#right.clear();
    this.#right.set(value, key);
    return null;
  }
}
const MOST_REMEMBERED = 512;
const RIGHT = { date: new Remembered(), birthDate: new Remembered(), luhn: new Remembered(), nir: new Remembered() };

const date: Rule = (row, value) => {
  if (RIGHT.date.has(value)) return null;
  if (isAbsent(value))
    return row.presence === 'M' && row.empty !== true ? fault('date', row, row.start, 'date attendue, la zone est vide') : null;
  return isCalendarDate(value) ? RIGHT.date.keep(value) : fault('date', row, row.start, 'date AAMMJJ attendue');
};

const birthDate: Rule = (row, value) =>
  RIGHT.birthDate.has(value)
    ? null
    : isAbsent(value) || /^\d{6}$/.test(value)
      ? RIGHT.birthDate.keep(value)
      : fault('date', row, row.start, 'date de naissance AAMMJJ attendue, au besoin lunaire');

const luhn: Rule = (row, value) => {
  if (RIGHT.luhn.has(value)) return null;
  const number = value.trim();
  if (isAbsent(value) || !/^\d+$/.test(number)) return null;
  if (!hasLuhnKey(number)) return fault('key', row, row.start + number.length - 1, 'clé fausse (dernier chiffre)');
  return RIGHT.luhn.keep(value);
};

const nir: Rule = (row, value, values) => {
  const key = values[`${row.name}_key`] ?? '';
  if (RIGHT.nir.has(value, key)) return null;
  if (isAbsent(value) && (row.presence === 'O' || row.empty === true)) return null;
  if (!NIR.test(value)) return fault('key', row, row.start, '13 caractères d’un NIR attendus');
  return key === nirKey(value) ? RIGHT.nir.keep(value, key) : fault('key', row, row.start, 'la clé du NIR ne correspond pas');
};

const RULES: Partial<Record<NonNullable<FieldRow['format']>, Rule>> = { date, 'birth-date': birthDate, luhn, nir };

/** The fault of date or key of one field, null when there is none. A field that the record is too short to hold is left to the decoder. */
export function formatFault(row: FieldRow, values: Values): FieldFault | null {
  const rule = row.format === undefined ? undefined : RULES[row.format];
  const value = values[row.name] ?? '';
  return rule === undefined || value.length !== row.length ? null : rule(row, value, values);
}

/** Faults of date and key in a decoded record. */
export function formatFaults(layout: Layout, values: Values): readonly FieldFault[] {
  return layout.fields.map((row) => formatFault(row, values)).filter((found) => found !== null);
}
