/**
 * Tells, on the bytes alone, that a field has no fault of date, key or presence. Nearly all fields are right, and their texts need not be looked at: only what
 * is not surely right goes through `rules.ts`, which says what is wrong. To doubt is allowed here; to accept what the rules refuse is not.
 */
import type { FieldRow, Layout } from './layout';

/** True when the field that starts at `at` is right. The record is whole. */
type Sound = (bytes: Uint8Array, at: number) => boolean;

export interface SoundField {
  readonly row: FieldRow;
  /** 0-based, within the record. */
  readonly at: number;
  readonly isSound: Sound;
}

const ZERO = 48;
const BLANK = 32;
const NOT_A_NUMBER = -1;
const DAYS_IN_MONTH = Uint8Array.of(0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);
const NIR_LENGTH = 13;

/** The number written in `length` digits, or `NOT_A_NUMBER`. */
function numberAt(bytes: Uint8Array, at: number, length: number): number {
  let number = 0;
  for (let index = at; index < at + length; index++) {
    const digit = (bytes[index] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return NOT_A_NUMBER;
    number = number * 10 + digit;
  }
  return number;
}

/** Blanks or zeros throughout. */
function saysNothing(bytes: Uint8Array, at: number, length: number): boolean {
  for (let index = at; index < at + length; index++) if (bytes[index] !== ZERO && bytes[index] !== BLANK) return false;
  return true;
}

/** A day of the calendar other than 29 February. */
function isDay(bytes: Uint8Array, at: number): boolean {
  const month = numberAt(bytes, at + 2, 2);
  const day = numberAt(bytes, at + 4, 2);
  return numberAt(bytes, at, 2) !== NOT_A_NUMBER && month >= 1 && month <= 12 && day >= 1 && day <= (DAYS_IN_MONTH[month] ?? 0);
}

function hasLuhnKey(bytes: Uint8Array, at: number, length: number): boolean {
  let sum = 0;
  for (let index = length - 1; index >= 0; index--) {
    const digit = (bytes[at + index] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return false;
    const weighed = (length - 1 - index) % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

/** A NIR of digits alone and its key. */
function hasNirKey(bytes: Uint8Array, at: number, keyAt: number): boolean {
  const nir = numberAt(bytes, at, NIR_LENGTH);
  const first = bytes[at] ?? 0;
  return nir !== NOT_A_NUMBER && first > ZERO && first <= ZERO + 8 && numberAt(bytes, keyAt, 2) === 97 - (nir % 97);
}

function soundOf(row: FieldRow, layout: Layout): Sound | null {
  const { length } = row;
  const mayBeAbsent = row.presence === 'O' || row.empty === true;
  switch (row.format) {
    case 'date':
      return (bytes, at) => isDay(bytes, at) || (mayBeAbsent && saysNothing(bytes, at, length));
    case 'birth-date':
      return (bytes, at) => numberAt(bytes, at, length) !== NOT_A_NUMBER || (mayBeAbsent && saysNothing(bytes, at, length));
    case 'luhn':
      return (bytes, at) => hasLuhnKey(bytes, at, length) || (mayBeAbsent && saysNothing(bytes, at, length));
    case 'nir': {
      const keyFrom = (layout.fields.find(({ name }) => name === `${row.name}_key`)?.start ?? 1) - row.start;
      return (bytes, at) => hasNirKey(bytes, at, at + keyFrom) || (mayBeAbsent && saysNothing(bytes, at, length));
    }
    default:
      return row.presence === 'M' && row.kind === 'A' && row.empty !== true && row.constant === undefined
        ? (bytes, at) => bytes[at] !== BLANK
        : null;
  }
}

/** The fields of a table that something is asked of beyond their characters. */
export function soundFields(layout: Layout): readonly SoundField[] {
  return layout.fields.flatMap((row) => {
    const isSound = soundOf(row, layout);
    return isSound === null ? [] : [{ row, at: row.start - 1, isSound }];
  });
}
