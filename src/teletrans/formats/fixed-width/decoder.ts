/** Reads one record of a layout out of foreign bytes. Never throws: what can be read is given, with every fault of form. */
import { CHARACTER_CLASS, CHARSET_WORDS, DIGIT, TEXT } from './charset';
import type { FieldRow, Layout } from './layout';

export type FaultKind =
  /** The record ends before or inside the field. */
  | 'short'
  /** A number holds something else than digits. */
  | 'digits'
  /** A character outside the set. */
  | 'charset'
  /** A fixed value differs. */
  | 'constant'
  /** A mandatory field is blank. */
  | 'mandatory'
  | 'date'
  | 'key';

/** A fault of one field; positions are 1-based within the record. */
export interface FieldFault {
  readonly kind: FaultKind;
  readonly field: string;
  readonly position: number;
  /** French: what was expected. Never holds the value found. */
  readonly message: string;
}

export interface Decoded {
  /** Every field of the layout as it stands, padding included; shorter or empty where the record ends early. */
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
}

interface Slice {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export class Decoder {
  readonly #layout: Layout;
  readonly #slices: readonly Slice[];
  readonly #blank: Readonly<Record<string, string>>;
  /** For each byte of the record: the class its character must have; 0 where a constant stands. */
  readonly #classes: Uint8Array;
  /** For each byte of the record: the constant's character, 0 where there is none. */
  readonly #constants: Uint8Array;

  constructor(layout: Layout) {
    this.#layout = layout;
    this.#slices = layout.fields.map((row) => ({ name: row.name, from: row.start - 1, to: row.start - 1 + row.length }));
    this.#blank = Object.fromEntries(layout.fields.map((row) => [row.name, '']));
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

  /** The fields alone, without any check. */
  read(bytes: Buffer, offset: number, length: number): Readonly<Record<string, string>> {
    const text = bytes.toString('latin1', offset, Math.min(offset + length, bytes.length));
    // Cloning gives the object its final shape at once; filling it then adds no property.
    const values: Record<string, string> = { ...this.#blank };
    for (const slice of this.#slices) values[slice.name] = text.substring(slice.from, slice.to);
    return values;
  }

  /** The fields and every fault of form: length, digits, character set, constants, mandatory blanks. One fault a field, at its first bad character. */
  decode(bytes: Buffer, offset: number, length: number): Decoded {
    const present = Math.max(0, Math.min(length, this.#layout.length, bytes.length - offset));
    const values = this.read(bytes, offset, present);
    if (present === this.#layout.length && this.#isClean(bytes, offset)) return { values, faults: this.#blankMandatory(values) };
    const faults = this.#layout.fields.map((row) => this.#faultOf(row, bytes, offset, present)).filter((fault) => fault !== null);
    return { values, faults: [...faults, ...this.#blankMandatory(values)] };
  }

  #isClean(bytes: Uint8Array, offset: number): boolean {
    const classes = this.#classes;
    const constants = this.#constants;
    for (let index = 0; index < classes.length; index++) {
      const code = bytes[offset + index] ?? 0;
      const wanted = classes[index] ?? 0;
      if (wanted === 0 ? code !== constants[index] : ((CHARACTER_CLASS[code] ?? 0) & wanted) === 0) return false;
    }
    return true;
  }

  #faultOf(row: FieldRow, bytes: Buffer, offset: number, present: number): FieldFault | null {
    const from = row.start - 1;
    for (let at = from; at < from + row.length; at++) {
      if (at >= present) return this.#short(row, at);
      const code = bytes[offset + at] ?? 0;
      const wanted = this.#classes[at] ?? 0;
      if (wanted === 0) {
        if (code !== this.#constants[at])
          return { kind: 'constant', field: row.name, position: at + 1, message: `« ${row.constant ?? ''} » attendu.` };
      } else if (((CHARACTER_CLASS[code] ?? 0) & wanted) === 0) return characterFault(row, at);
    }
    return null;
  }

  #short(row: FieldRow, at: number): FieldFault {
    const message = `${row.label} : ${row.length} caractères attendus en position ${row.start}, l’enregistrement s’arrête avant.`;
    return { kind: 'short', field: row.name, position: at + 1, message };
  }

  #blankMandatory(values: Readonly<Record<string, string>>): readonly FieldFault[] {
    const faults: FieldFault[] = [];
    for (const row of this.#layout.fields) {
      if (row.presence !== 'M' || row.kind !== 'A' || row.empty === true || row.constant !== undefined) continue;
      const value = values[row.name] ?? '';
      if (value.length === row.length && value.charCodeAt(0) === 32 && value.trim() === '')
        faults.push({
          kind: 'mandatory',
          field: row.name,
          position: row.start,
          message: `${row.label} : valeur obligatoire, la zone est vide.`,
        });
    }
    return faults;
  }
}

function characterFault(row: FieldRow, at: number): FieldFault {
  return row.kind === 'N'
    ? { kind: 'digits', field: row.name, position: at + 1, message: `${row.label} : ${row.length} chiffre(s) attendu(s).` }
    : { kind: 'charset', field: row.name, position: at + 1, message: `${row.label} : caractère non admis ; attendu : ${CHARSET_WORDS}.` };
}
