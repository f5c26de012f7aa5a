/** What the format of a field says of its value: real dates, right keys (spec/b2.md § 1 and § 4). */
import { hasLuhnKey, isNirWithKey, NIR_SHAPE } from '../../domain/keys';
import type { FieldFault } from './faults';
import type { FieldRow } from './layout';

type Values = Readonly<Record<string, string>>;
type Rule = (row: FieldRow, value: string, values: Values) => FieldFault | null;

const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const ZERO = 48;
const NINE = 57;

function isDigits(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < ZERO || code > NINE) return false;
  }
  return text.length > 0;
}

/** The two digits at `index` of a text of digits. */
function pair(digits: string, index: number): number {
  return (digits.charCodeAt(index) - ZERO) * 10 + digits.charCodeAt(index + 1) - ZERO;
}

/** True for AAMMJJ of a calendar day. The century is not written: 29 February is taken for the years 2000 to 2099. */
export function isCalendarDate(text: string): boolean {
  if (text.length !== 6 || !isDigits(text)) return false;
  const month = pair(text, 2);
  const day = pair(text, 4);
  if (month === 2 && day === 29) return pair(text, 0) % 4 === 0;
  return day >= 1 && day <= (DAYS_IN_MONTH[month - 1] ?? 0);
}

function fault(kind: 'date' | 'key', row: FieldRow, position: number, expected: string): FieldFault {
  return { kind, field: row.name, position, message: `${row.label} : ${expected}.` };
}

/** Zeros or blanks: the field says nothing. */
function isAbsent(value: string): boolean {
  return /^[0 ]*$/.test(value);
}

const date: Rule = (row, value) => {
  if (isCalendarDate(value)) return null;
  if (!isAbsent(value)) return fault('date', row, row.start, 'date AAMMJJ attendue');
  return row.presence === 'M' && row.empty !== true ? fault('date', row, row.start, 'date attendue, la zone est vide') : null;
};

const birthDate: Rule = (row, value) =>
  isDigits(value) || isAbsent(value) ? null : fault('date', row, row.start, 'date de naissance AAMMJJ attendue, au besoin lunaire');

const luhn: Rule = (row, value) => {
  const number = value.trim();
  if (!isDigits(number) || hasLuhnKey(number) || isAbsent(number)) return null;
  return fault('key', row, row.start + number.length - 1, 'clé fausse (dernier chiffre)');
};

const nir: Rule = (row, value, values) => {
  if (isNirWithKey(value, values[`${row.name}_key`] ?? '')) return null;
  if (isAbsent(value) && (row.presence === 'O' || row.empty === true)) return null;
  const shaped = NIR_SHAPE.test(value);
  return fault('key', row, row.start, shaped ? 'la clé du NIR ne correspond pas' : '13 caractères d’un NIR attendus');
};

const RULES: Partial<Record<NonNullable<FieldRow['format']>, Rule>> = { date, 'birth-date': birthDate, luhn, nir };

/** The fault of date or key of one field, null when there is none. A field that the record is too short to hold is left to the decoder. */
export function formatFault(row: FieldRow, values: Values): FieldFault | null {
  const rule = row.format === undefined ? undefined : RULES[row.format];
  const value = values[row.name] ?? '';
  return rule === undefined || value.length !== row.length ? null : rule(row, value, values);
}
