/**
 * The last record written of one table, and the values it was written from. Records of one kind follow one another and most of their fields repeat: only
 * what changed is put anew. Nothing is cut: a value that does not fit is said, and its field is put anew next time whatever comes.
 */
import { CHARACTER_CLASS, TEXT } from './charset';

export type FieldInput = number | string | undefined;

/** `PUT`, `MISSING`, or the 0-based index of the first character that is too much or not allowed. */
export type Outcome = number;
export const PUT = -1;
export const MISSING = -2;

/** What fills a field that says nothing. */
export const BLANK_FIELD = { N: '0', A: ' ' } as const;

const ZERO = 48;
const NINE = 57;
const BLANK = 32;
const LARGEST_INTEGER32 = 0x7fffffff;

/** Differs from every input: the field is in no certain state. */
export const UNWRITTEN = Symbol('unwritten');

export interface RecordMemory {
  /** Alone in its memory, so that it can be copied by words. */
  readonly record: Uint8Array;
  /** The values that stand in the record, by index among the fields that can be written. */
  readonly last: (FieldInput | typeof UNWRITTEN)[];
}

/** @param empty the record with every field absent. @param fields how many can be written. */
export function newMemory(empty: string, fields: number): RecordMemory {
  const record = Buffer.from(new ArrayBuffer(empty.length));
  record.write(empty, 'latin1');
  return { record, last: Array.from({ length: fields }, () => UNWRITTEN) };
}

/** Puts a number: digits, on the right, behind zeros. @param at 0-based. @returns `PUT`, or why it cannot be put: the field is then in no certain state. */
export function digits(record: Uint8Array, value: FieldInput, at: number, length: number, required: boolean): Outcome {
  if (typeof value === 'string') return putDigits(record, value, at, length, required);
  if (typeof value === 'number') return putNumber(record, value, at, length);
  return putNothing(record, value, at, length, required, ZERO);
}

/** Puts a text: on the left, before blanks. As {@link digits}. */
export function text(record: Uint8Array, value: FieldInput, at: number, length: number, required: boolean): Outcome {
  if (typeof value === 'string') return putText(record, value, at, length, required);
  return putNothing(record, value, at, length, required, BLANK);
}

function putNothing(record: Uint8Array, value: unknown, at: number, length: number, required: boolean, filler: number): Outcome {
  if (value !== undefined && value !== null) return 0;
  if (required) return MISSING;
  record.fill(filler, at, at + length);
  return PUT;
}

function putNumber(record: Uint8Array, value: number, at: number, length: number): Outcome {
  if (!Number.isSafeInteger(value) || value < 0) return 0;
  let rest = value;
  let position = at + length - 1;
  while (rest > LARGEST_INTEGER32 && position >= at) {
    const quotient = Math.floor(rest / 10);
    record[position--] = ZERO + (rest - quotient * 10);
    rest = quotient;
  }
  if (rest > LARGEST_INTEGER32) return 0;
  // From here the division stays in machine integers.
  let small = rest | 0;
  for (; position >= at; position--) {
    const quotient = (small / 10) | 0;
    record[position] = ZERO + (small - quotient * 10);
    small = quotient;
  }
  return small === 0 ? PUT : 0;
}

function putDigits(record: Uint8Array, value: string, at: number, length: number, required: boolean): Outcome {
  const count = value.length;
  if (count > length) return length;
  if (count === 0 && required) return MISSING;
  const first = at + length - count;
  for (let place = at; place < first; place++) record[place] = ZERO;
  for (let index = 0; index < count; index++) {
    const code = value.charCodeAt(index);
    if (code < ZERO || code > NINE) return index;
    record[first + index] = code;
  }
  return PUT;
}

function putText(record: Uint8Array, value: string, at: number, length: number, required: boolean): Outcome {
  const count = value.length;
  if (count > length) return length;
  if (required && (count === 0 || (value.charCodeAt(0) === BLANK && value.trim() === ''))) return MISSING;
  for (let index = 0; index < count; index++) {
    const code = value.charCodeAt(index);
    if (code > 127 || ((CHARACTER_CLASS[code] ?? 0) & TEXT) === 0) return index;
    record[at + index] = code;
  }
  for (let place = at + count; place < at + length; place++) record[place] = BLANK;
  return PUT;
}
