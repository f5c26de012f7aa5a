/**
 * Reads one record of a layout out of foreign bytes. Never throws: what can be read is given, with every fault.
 *
 * Records of one kind follow one another and most of their fields repeat: a field whose characters are those of the last record is not cut out again, nor
 * checked again when that record had no fault. Anything unexpected goes the full way.
 */
import { CHARACTER_CLASS, CHARSET_WORDS, DIGIT, TEXT } from './charset';
import type { Decoded, FieldFault } from './faults';
import type { FieldRow, Layout } from './layout';
import { RepeatingFields, type Place, type Shape } from './repeating-fields';
import { formatFault, formatFaults } from './rules';

type Values = Readonly<Record<string, string>>;

/** One field, ready for the loops. */
interface Slice extends Place {
  readonly row: FieldRow;
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
  /** What `values` read last. */
  readonly #read: RepeatingFields;
  /** What `decode` read last, when it had no fault. */
  readonly #checked: RepeatingFields;
  /** The last record decoded had no fault. */
  #faultless = false;

  constructor(layout: Layout, shape?: Shape) {
    this.#layout = layout;
    this.#slices = layout.fields.map((row) => sliceOf(row, layout));
    this.#read = new RepeatingFields(this.#slices, layout.length, shape);
    this.#checked = new RepeatingFields(this.#slices, layout.length, shape);
    this.#classes = new Uint8Array(layout.length);
    this.#constants = new Uint8Array(layout.length);
    for (const row of layout.fields) {
      for (let index = 0; index < row.length; index++) {
        const at = row.start - 1 + index;
        if (row.constant === undefined) this.#classes[at] = row.kind === 'N' ? DIGIT : TEXT;
        else this.#constants[at] = row.constant.charCodeAt(index);
      }
    }
  }

  /** The fields as they stand, without a check. */
  values(bytes: Buffer, offset: number): Values {
    const whole = offset >= 0 && offset + this.#layout.length <= bytes.length;
    return whole ? this.#read.read(bytes, offset) : this.#cutAll(bytes, offset, Math.max(0, bytes.length - offset));
  }

  /** The fields and every fault. One fault of form a field, at its first bad character. */
  decode(bytes: Buffer, offset: number, length: number): Decoded {
    const present = Math.max(0, Math.min(length, this.#layout.length, bytes.length - offset));
    if (present < this.#layout.length) return this.#examine(bytes, offset, present, this.#cutAll(bytes, offset, present));
    if (!this.#faultless) this.#checked.forget();
    const values = this.#checked.read(bytes, offset);
    if (this.#faultless && !this.#changesHaveFault(bytes, offset, values)) return { values, faults: NO_FAULTS };
    const decoded = this.#examine(bytes, offset, present, values);
    this.#faultless = decoded.faults.length === 0;
    return decoded;
  }

  #cutAll(bytes: Buffer, offset: number, present: number): Values {
    const text = bytes.toString('latin1', offset, offset + present);
    return Object.fromEntries(this.#slices.map(({ name, from, to }) => [name, text.substring(from, to)]));
  }

  #examine(bytes: Buffer, offset: number, present: number, values: Values): Decoded {
    const form = this.#layout.fields.map((row) => this.#formFault(row, bytes, offset, present)).filter((fault) => fault !== null);
    const blank = this.#layout.fields.map((row) => blankMandatory(row, values)).filter((fault) => fault !== null);
    return { values, faults: [...form, ...blank, ...formatFaults(this.#layout, values)] };
  }

  /** True when a field that is not that of the last faultless record has a fault. */
  #changesHaveFault(bytes: Buffer, offset: number, values: Values): boolean {
    const { changed, changedCount } = this.#checked;
    for (let index = 0; index < changedCount; index++) {
      const slice = this.#slices[changed[index] ?? 0];
      if (slice !== undefined && this.#hasFault(slice, bytes, offset, values)) return true;
    }
    return false;
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
