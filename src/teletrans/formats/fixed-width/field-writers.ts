/** Writes one value into its field, padding included. Nothing is cut: what does not fit is said, and the field is then in no certain state. */
import { CHARACTER_CLASS, TEXT } from './charset';
import type { FieldInput, Slot } from './slots';

/** Outcome of a write: `WRITTEN`, `MISSING`, or the 0-based index of the first character that is too much or not allowed. */
export const WRITTEN = -1;
export const MISSING = -2;

const ZERO = 48;
const NINE = 57;
const BLANK = 32;
const LARGEST_INTEGER32 = 0x7fffffff;

export function writeField(slot: Slot, value: FieldInput, record: Uint8Array): number {
  if (typeof value === 'string') return slot.digits ? writeDigits(slot, value, record) : writeText(slot, value, record);
  if (typeof value === 'number') return writeNumber(slot, value, record);
  if (slot.required) return MISSING;
  record.fill(slot.digits ? ZERO : BLANK, slot.at, slot.at + slot.length);
  return WRITTEN;
}

function writeNumber(slot: Slot, value: number, record: Uint8Array): number {
  if (!slot.digits || !Number.isInteger(value) || value < 0 || value > slot.limit) return 0;
  let rest = value;
  let position = slot.at + slot.length - 1;
  while (rest > LARGEST_INTEGER32) {
    const quotient = Math.floor(rest / 10);
    record[position--] = ZERO + (rest - quotient * 10);
    rest = quotient;
  }
  // From here the division stays in machine integers.
  let small = rest | 0;
  for (; position >= slot.at; position--) {
    const quotient = (small / 10) | 0;
    record[position] = ZERO + (small - quotient * 10);
    small = quotient;
  }
  return WRITTEN;
}

function writeDigits(slot: Slot, value: string, record: Uint8Array): number {
  const { length } = value;
  if (length === 0 && slot.required) return MISSING;
  if (length > slot.length) return slot.length;
  let at = slot.at;
  for (const first = at + slot.length - length; at < first; at++) record[at] = ZERO;
  for (let index = 0; index < length; index++) {
    const code = value.charCodeAt(index);
    if (code < ZERO || code > NINE) return index;
    record[at++] = code;
  }
  return WRITTEN;
}

function writeText(slot: Slot, value: string, record: Uint8Array): number {
  const { length } = value;
  if (length > slot.length) return slot.length;
  if (slot.required && (length === 0 || (value.charCodeAt(0) === BLANK && value.trim() === ''))) return MISSING;
  let at = slot.at;
  for (let index = 0; index < length; index++) {
    const code = value.charCodeAt(index);
    if (code > 127 || ((CHARACTER_CLASS[code] ?? 0) & TEXT) === 0) return index;
    record[at++] = code;
  }
  for (const end = slot.at + slot.length; at < end; at++) record[at] = BLANK;
  return WRITTEN;
}
