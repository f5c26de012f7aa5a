/**
 * Reads one record of a layout out of foreign bytes. Never throws: what can be read is given, with every fault.
 *
 * Records of one kind follow one another and most of their fields repeat: the last faultless record is kept, and a field whose characters are the same as
 * there is neither cut out nor checked again. Anything unexpected goes the full way.
 */
import { CHARACTER_CLASS, CHARSET_WORDS, DIGIT, TEXT } from './charset';
import type { Decoded, FieldFault } from './faults';
import type { FieldRow, Layout } from './layout';
import { formatFault, formatFaults } from './rules';

type Values = Readonly<Record<string, string>>;

/** One field, ready for the loops. */
interface Slice {
  readonly row: FieldRow;
  readonly name: string;
  /** 0-based. */
  readonly from: number;
  readonly to: number;
  /** The field whose check depends on this one: itself, or the NIR that this key belongs to. */
  readonly checked: FieldRow;
}

function sliceOf(row: FieldRow, layout: Layout): Slice {
  const owner = layout.fields.find((one) => one.format === 'nir' && row.name === `${one.name}_key`);
  return { row, name: row.name, from: row.start - 1, to: row.start - 1 + row.length, checked: owner ?? row };
}

export class Decoder {
  readonly #layout: Layout;
  readonly #slices: readonly Slice[];
  /** For each byte of the record: the class its character must have; 0 where a constant stands. */
  readonly #classes: Uint8Array;
  /** For each byte of the record: the constant's character, 0 where there is none. */
  readonly #constants: Uint8Array;
  /** The last faultless record, and its values. */
  readonly #last: Uint8Array;
  #lastValues: Values | null = null;
  /** Indexes of the fields that differ from the last record. */
  readonly #changed: Int32Array;

  constructor(layout: Layout) {
    this.#layout = layout;
    this.#slices = layout.fields.map((row) => sliceOf(row, layout));
    this.#classes = new Uint8Array(layout.length);
    this.#constants = new Uint8Array(layout.length);
    this.#last = new Uint8Array(layout.length);
    this.#changed = new Int32Array(layout.fields.length);
    for (const row of layout.fields) {
      for (let index = 0; index < row.length; index++) {
        const at = row.start - 1 + index;
        if (row.constant === undefined) this.#classes[at] = row.kind === 'N' ? DIGIT : TEXT;
        else this.#constants[at] = row.constant.charCodeAt(index);
      }
    }
  }

  /** The fields and every fault. One fault of form a field, at its first bad character. */
  decode(bytes: Buffer, offset: number, length: number): Decoded {
    const present = Math.max(0, Math.min(length, this.#layout.length, bytes.length - offset));
    if (present === this.#layout.length && this.#lastValues !== null) {
      const similar = this.#decodeSimilar(bytes, offset, this.#lastValues);
      if (similar !== null) return similar;
    }
    return this.#decodeFully(bytes, offset, present);
  }

  #decodeFully(bytes: Buffer, offset: number, present: number): Decoded {
    const text = bytes.toString('latin1', offset, offset + present);
    const values = Object.fromEntries(this.#slices.map(({ name, from, to }) => [name, text.substring(from, to)]));
    const form = this.#layout.fields.map((row) => this.#formFault(row, bytes, offset, present)).filter((fault) => fault !== null);
    const blank = this.#layout.fields.map((row) => blankMandatory(row, values)).filter((fault) => fault !== null);
    const faults = [...form, ...blank, ...formatFaults(this.#layout, values)];
    if (faults.length === 0 && present === this.#layout.length) {
      this.#last.set(bytes.subarray(offset, offset + present));
      this.#lastValues = values;
    }
    return { values, faults };
  }

  /** The record by its differences from the last one; null when a difference brings a fault. */
  #decodeSimilar(bytes: Buffer, offset: number, lastValues: Values): Decoded | null {
    const count = this.#findChanges(bytes, offset);
    const values: Record<string, string> = { ...lastValues };
    if (count === 0) return { values, faults: NO_FAULTS };
    const text = bytes.toString('latin1', offset, offset + this.#layout.length);
    for (let index = 0; index < count; index++) {
      const slice = this.#slices[this.#changed[index] ?? 0];
      if (slice !== undefined) values[slice.name] = text.substring(slice.from, slice.to);
    }
    for (let index = 0; index < count; index++) {
      const slice = this.#slices[this.#changed[index] ?? 0];
      if (slice !== undefined && this.#hasFault(slice, bytes, offset, values)) return null;
    }
    for (let index = 0; index < count; index++) {
      const slice = this.#slices[this.#changed[index] ?? 0];
      if (slice !== undefined) for (let at = slice.from; at < slice.to; at++) this.#last[at] = bytes[offset + at] ?? 0;
    }
    this.#lastValues = values;
    return { values, faults: NO_FAULTS };
  }

  #findChanges(bytes: Uint8Array, offset: number): number {
    const last = this.#last;
    let count = 0;
    for (let index = 0; index < this.#slices.length; index++) {
      const slice = this.#slices[index];
      if (slice === undefined) break;
      let at = slice.from;
      while (at < slice.to && bytes[offset + at] === last[at]) at++;
      if (at < slice.to) this.#changed[count++] = index;
    }
    return count;
  }

  #hasFault(slice: Slice, bytes: Uint8Array, offset: number, values: Values): boolean {
    const classes = this.#classes;
    for (let at = slice.from; at < slice.to; at++) {
      // A constant that differs has no class: always a fault.
      if (((CHARACTER_CLASS[bytes[offset + at] ?? 0] ?? 0) & (classes[at] ?? 0)) === 0) return true;
    }
    return blankMandatory(slice.row, values) !== null || formatFault(slice.checked, values) !== null;
  }

  #formFault(row: FieldRow, bytes: Buffer, offset: number, present: number): FieldFault | null {
    const from = row.start - 1;
    for (let at = from; at < from + row.length; at++) {
      if (at >= present) return shortFault(row, at);
      const code = bytes[offset + at] ?? 0;
      const wanted = this.#classes[at] ?? 0;
      if (wanted === 0) {
        if (code !== this.#constants[at])
          return { kind: 'constant', field: row.name, position: at + 1, message: `« ${row.constant ?? ''} » attendu.` };
      } else if (((CHARACTER_CLASS[code] ?? 0) & wanted) === 0) return characterFault(row, at);
    }
    return null;
  }
}

const NO_FAULTS: readonly FieldFault[] = [];
const BLANK = 32;

function shortFault(row: FieldRow, at: number): FieldFault {
  const message = `${row.label} : ${row.length} caractère(s) attendu(s) en position ${row.start}, l’enregistrement s’arrête avant.`;
  return { kind: 'short', field: row.name, position: at + 1, message };
}

function characterFault(row: FieldRow, at: number): FieldFault {
  return row.kind === 'N'
    ? { kind: 'digits', field: row.name, position: at + 1, message: `${row.label} : ${row.length} chiffre(s) attendu(s).` }
    : { kind: 'charset', field: row.name, position: at + 1, message: `${row.label} : caractère non admis ; attendu : ${CHARSET_WORDS}.` };
}

function blankMandatory(row: FieldRow, values: Values): FieldFault | null {
  if (row.presence !== 'M' || row.kind !== 'A' || row.empty === true || row.constant !== undefined) return null;
  const value = values[row.name] ?? '';
  if (value.length !== row.length || value.charCodeAt(0) !== BLANK || value.trim() !== '') return null;
  return { kind: 'mandatory', field: row.name, position: row.start, message: `${row.label} : valeur obligatoire, la zone est vide.` };
}
