/** Reads one record of a layout out of foreign bytes. Never throws: what can be read is given, with every fault. */
import { CHARACTER_CLASS, CHARSET_WORDS, DIGIT, TEXT } from './charset';
import type { Decoded, FieldFault } from './faults';
import type { FieldRow, Layout } from './layout';
import { formatFault } from './rules';
import { loopOver, type Shape, type Texts } from './shape';
import { soundFields, type SoundField } from './sound-fields';

export class Decoder {
  readonly #layout: Layout;
  readonly #cut: Shape['cut'];
  /** The same for a record that ends early. */
  readonly #cutShort: Shape['cut'];
  /** For each byte of the record: the class its character must have; 0 where a constant stands. */
  readonly #classes: Uint8Array;
  /** For each byte of the record: the constant's character, `NO_CONSTANT` where there is none. */
  readonly #constants: Int16Array;
  /** The fields that are looked at beyond their characters. */
  readonly #examined: readonly SoundField[];

  constructor(layout: Layout, cut: Shape['cut']) {
    this.#layout = layout;
    this.#cut = cut;
    this.#cutShort = loopOver(layout).cut;
    this.#classes = new Uint8Array(layout.length);
    this.#constants = new Int16Array(layout.length).fill(NO_CONSTANT);
    this.#examined = soundFields(layout);
    for (const row of layout.fields) {
      for (let index = 0; index < row.length; index++) {
        const at = row.start - 1 + index;
        if (row.constant === undefined) this.#classes[at] = row.kind === 'N' ? DIGIT : TEXT;
        else this.#constants[at] = row.constant.charCodeAt(index);
      }
    }
  }

  /** The fields and every fault. One fault of form a field, at its first bad character. */
  decode(bytes: Buffer, offset: number, length: number, text?: string): Decoded {
    const present = Math.max(0, Math.min(length, this.#layout.length, bytes.length - offset));
    const values = this.#valuesOf(bytes, offset, present, text);
    if (present < this.#layout.length)
      return { values, faults: [...this.#formFaults(bytes, offset, present), ...this.#ruleFaults(values)] };
    const form = this.#isWellFormed(bytes, offset) ? NO_FAULTS : this.#formFaults(bytes, offset, present);
    return { values, faults: this.#isSound(bytes, offset) ? form : [...form, ...this.#ruleFaults(values)] };
  }

  #valuesOf(bytes: Buffer, offset: number, present: number, text: string | undefined): Texts {
    if (text !== undefined && present === this.#layout.length) return this.#cut(bytes, text, offset);
    // What follows the record in the file is not taken for its own.
    const record = bytes.subarray(offset, offset + present);
    return this.values(record, record.toString('latin1'), 0);
  }

  /** Every field as it stands; short or empty beyond the end. @param text all of `bytes`. */
  values(bytes: Uint8Array, text: string, start: number): Texts {
    return start + this.#layout.length <= bytes.length ? this.#cut(bytes, text, start) : this.#cutShort(bytes, text, start);
  }

  /** True when every character is of its class, or the constant's. */
  #isWellFormed(bytes: Uint8Array, offset: number): boolean {
    const classes = this.#classes;
    const constants = this.#constants;
    for (let at = 0; at < classes.length; at++) {
      const code = bytes[offset + at] ?? 0;
      if (((CHARACTER_CLASS[code] ?? 0) & (classes[at] ?? 0)) === 0 && code !== constants[at]) return false;
    }
    return true;
  }

  #isSound(bytes: Uint8Array, offset: number): boolean {
    for (const { at, isSound } of this.#examined) if (!isSound(bytes, offset + at)) return false;
    return true;
  }

  /** Faults of presence, date and key. */
  #ruleFaults(values: Texts): readonly FieldFault[] {
    return this.#examined.map(({ row }) => blankMandatory(row, values) ?? formatFault(row, values)).filter((fault) => fault !== null);
  }

  #formFaults(bytes: Uint8Array, offset: number, present: number): readonly FieldFault[] {
    return this.#layout.fields.map((row) => this.#formFault(row, bytes, offset, present)).filter((fault) => fault !== null);
  }

  #formFault(row: FieldRow, bytes: Uint8Array, offset: number, present: number): FieldFault | null {
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

/** Differs from every byte. */
const NO_CONSTANT = -1;
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

function blankMandatory(row: FieldRow, values: Texts): FieldFault | null {
  if (row.presence !== 'M' || row.kind !== 'A' || row.empty === true || row.constant !== undefined) return null;
  const value = values[row.name] ?? '';
  if (value.length !== row.length || value.charCodeAt(0) !== BLANK || value.trim() !== '') return null;
  return { kind: 'mandatory', field: row.name, position: row.start, message: `${row.label} : valeur obligatoire, la zone est vide.` };
}
