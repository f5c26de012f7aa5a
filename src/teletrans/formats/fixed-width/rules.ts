/** What the format of a field says of its value: real dates, right keys (spec/b2.md § 1 and § 4). */
import { hasLuhnKey, nirKey } from '../../domain/keys';
import type { FieldFault } from './decoder';
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

const date: Rule = (row, value) => {
  if (isAbsent(value))
    return row.presence === 'M' && row.empty !== true ? fault('date', row, row.start, 'date attendue, la zone est vide') : null;
  return isCalendarDate(value) ? null : fault('date', row, row.start, 'date AAMMJJ attendue');
};

const birthDate: Rule = (row, value) =>
  isAbsent(value) || /^\d{6}$/.test(value) ? null : fault('date', row, row.start, 'date de naissance AAMMJJ attendue, au besoin lunaire');

const luhn: Rule = (row, value) => {
  const number = value.trim();
  if (isAbsent(value) || !/^\d+$/.test(number)) return null;
  return hasLuhnKey(number) ? null : fault('key', row, row.start + number.length - 1, 'clé fausse (dernier chiffre)');
};

const nir: Rule = (row, value, values) => {
  const key = values[`${row.name}_key`] ?? '';
  if (isAbsent(value) && (row.presence === 'O' || row.empty === true)) return null;
  if (!NIR.test(value)) return fault('key', row, row.start, '13 caractères d’un NIR attendus');
  return key === nirKey(value) ? null : fault('key', row, row.start, 'la clé du NIR ne correspond pas');
};

const RULES: Partial<Record<NonNullable<FieldRow['format']>, Rule>> = { date, 'birth-date': birthDate, luhn, nir };

/** Faults of date and key in a decoded record. Fields that the record is too short to hold are left to the decoder. */
export function formatFaults(layout: Layout, values: Values): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  for (const row of layout.fields) {
    if (row.format === undefined) continue;
    const value = values[row.name] ?? '';
    if (value.length !== row.length) continue;
    const found = RULES[row.format]?.(row, value, values);
    if (found) faults.push(found);
  }
  return faults;
}
