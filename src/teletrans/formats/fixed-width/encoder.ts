/**
 * Writes one record of a layout into a buffer. What we write is never cut: a value that does not fit, is not made of digits, or leaves the character set
 * is an error naming the record, the field and the position.
 */
import { VitaleError } from '../../domain/errors';
import { CHARACTER_CLASS, DIGIT, TEXT } from './charset';
import type { FieldRow, Layout } from './layout';

export type FieldInput = number | string | undefined;
export type AnyInput = Readonly<Record<string, FieldInput>>;

/** One writable field, ready for the loop: 0-based offset, no search, one shape for all. */
interface Slot {
  readonly name: string;
  readonly at: number;
  readonly length: number;
  readonly digits: boolean;
  readonly required: boolean;
  readonly limit: number;
}

const ZERO = 48;
const BLANK = 32;

function slotOf(row: FieldRow): Slot {
  return {
    name: row.name,
    at: row.start - 1,
    length: row.length,
    digits: row.kind === 'N',
    required: row.presence === 'M' && row.empty !== true,
    limit: Math.min(10 ** row.length - 1, Number.MAX_SAFE_INTEGER),
  };
}

/** The record with every field absent: constants in place, zeros in the numbers, blanks in the texts. */
export function emptyRecord(layout: Layout): Buffer {
  return Buffer.from(layout.fields.map((row) => row.constant ?? (row.kind === 'N' ? '0' : ' ').repeat(row.length)).join(''), 'latin1');
}

export class Encoder {
  readonly #layout: Layout;
  readonly #empty: Buffer;
  readonly #slots: readonly Slot[];

  constructor(layout: Layout) {
    this.#layout = layout;
    this.#empty = emptyRecord(layout);
    this.#slots = layout.fields.filter((row) => row.constant === undefined).map(slotOf);
  }

  /**
   * Writes the record at `offset` and returns the offset after it.
   * Errors: FAC-001 when a mandatory field is missing or blank, FAC-011 when a value does not fit its field.
   */
  write(values: AnyInput, target: Uint8Array, offset: number): number {
    target.set(this.#empty, offset);
    for (const slot of this.#slots) {
      const value = values[slot.name];
      if (value === undefined) {
        if (slot.required) throw this.#missing(slot);
      } else if (typeof value === 'number') this.#writeNumber(slot, value, target, offset + slot.at);
      else if (slot.digits) this.#writeDigits(slot, value, target, offset + slot.at);
      else this.#writeText(slot, value, target, offset + slot.at);
    }
    return offset + this.#empty.length;
  }

  #writeNumber(slot: Slot, value: number, target: Uint8Array, at: number): void {
    if (!slot.digits || !Number.isInteger(value) || value < 0 || value > slot.limit) throw this.#unfit(slot, 0);
    let rest = value;
    let position = at + slot.length - 1;
    // Below 2^31 the division stays in machine integers.
    while (rest > 0x7fffffff) {
      const quotient = Math.floor(rest / 10);
      target[position--] = ZERO + (rest - quotient * 10);
      rest = quotient;
    }
    rest |= 0;
    while (rest > 0) {
      const quotient = (rest / 10) | 0;
      target[position--] = ZERO + (rest - quotient * 10);
      rest = quotient;
    }
  }

  #writeDigits(slot: Slot, value: string, target: Uint8Array, at: number): void {
    const { length } = value;
    if (length === 0 && slot.required) throw this.#missing(slot);
    if (length > slot.length) throw this.#unfit(slot, slot.length);
    const from = at + slot.length - length;
    for (let index = 0; index < length; index++) {
      const code = value.charCodeAt(index);
      if (code < ZERO || code > ZERO + 9) throw this.#unfit(slot, index);
      target[from + index] = code;
    }
  }

  #writeText(slot: Slot, value: string, target: Uint8Array, at: number): void {
    const { length } = value;
    if (length > slot.length) throw this.#unfit(slot, slot.length);
    if (slot.required && (length === 0 || (value.charCodeAt(0) === BLANK && value.trim() === ''))) throw this.#missing(slot);
    for (let index = 0; index < length; index++) {
      const code = value.charCodeAt(index);
      if (code > 127 || ((CHARACTER_CLASS[code] ?? 0) & TEXT) === 0) throw this.#unfit(slot, index);
      target[at + index] = code;
    }
  }

  #missing(slot: Slot): VitaleError {
    return new VitaleError('FAC-001', { champ: this.#label(slot), record: this.#layout.record, field: slot.name, position: slot.at + 1 });
  }

  /** @param index of the first character that is too much or not allowed. */
  #unfit(slot: Slot, index: number): VitaleError {
    const position = slot.at + 1 + Math.min(index, slot.length - 1);
    return new VitaleError('FAC-011', { champ: this.#label(slot), record: this.#layout.record, field: slot.name, position });
  }

  #label(slot: Slot): string {
    return this.#layout.fields.find((row) => row.name === slot.name)?.label ?? slot.name;
  }
}

/** True when a byte is a digit. */
export function isDigit(code: number): boolean {
  return ((CHARACTER_CLASS[code] ?? 0) & DIGIT) !== 0;
}
