/**
 * A record layout is a table, one row a field. Everything else (encoder, decoder, types of the values, reference documents) comes from the table.
 * Positions are 1-based, as in spec/README.md § 3.
 */

/** What the characters of a field mean beyond digits or text; the checks of `rules.ts` follow it. */
export type FieldFormat =
  /** AAMMJJ, zeros or blanks when absent. */
  | 'date'
  /** AAMMJJ that may be lunar: month above 12, day 00-99. */
  | 'birth-date'
  /** Integer centimes of euro. */
  | 'centimes'
  /** Whole percent. */
  | 'percent'
  /** Four integer digits and two implied decimals. */
  | 'hundredths'
  /** A number whose last digit is its Luhn key. */
  | 'luhn'
  /** 13 characters of a NIR; its key is in the field named after it with `_key`. */
  | 'nir';

export interface FieldRow {
  /** Unique within the record. */
  readonly name: string;
  /** 1-based position of the first character. */
  readonly start: number;
  readonly length: number;
  /** N digits, right-justified, zero-padded; A text, left-justified, blank-padded. */
  readonly kind: 'N' | 'A';
  /** M mandatory, O optional. */
  readonly presence: 'M' | 'O';
  readonly constant?: string;
  readonly format?: FieldFormat;
  /** A mandatory field in which blanks or zeros are a value like another. */
  readonly empty?: true;
  /** Says something of a patient: masked unless a person asks for it. */
  readonly personal?: true;
  /** French, for people. */
  readonly label: string;
  /** Source or code list, short. */
  readonly note?: string;
}

export interface Layout {
  /** `b2-ps`, `noemie-ps`… */
  readonly family: string;
  /** `base`, `2005e-provisional`… */
  readonly version: string;
  readonly record: string;
  /** Characters. */
  readonly length: number;
  /** French, for people. */
  readonly label: string;
  readonly fields: readonly FieldRow[];
}

/** A table that contradicts itself: a fault of the program, found when it is loaded. */
export class LayoutError extends Error {
  constructor(layout: Layout, reason: string) {
    super(`${layout.family}-${layout.version} ${layout.record}: ${reason}`);
    this.name = 'LayoutError';
  }
}

function checkConstant(layout: Layout, row: FieldRow): void {
  if (row.constant === undefined) return;
  if (row.constant.length !== row.length) throw new LayoutError(layout, `constant of ${row.name} is not ${row.length} long`);
  if (row.kind === 'N' && !/^\d+$/.test(row.constant)) throw new LayoutError(layout, `constant of ${row.name} is not a number`);
}

/**
 * Accepts a table, keeping its literal types. Refuses (with {@link LayoutError}) a gap, an overlap, a duplicate name, a constant of another length than its
 * field, a field without length, and rows that do not end at the length of the record.
 */
export function defineLayout<const L extends Layout>(layout: L): L {
  const names = new Set<string>();
  let next = 1;
  for (const row of layout.fields) {
    if (row.length < 1 || !Number.isInteger(row.length)) throw new LayoutError(layout, `${row.name} has no length`);
    if (row.start > next) throw new LayoutError(layout, `gap before ${row.name}, positions ${next}-${row.start - 1}`);
    if (row.start < next) throw new LayoutError(layout, `${row.name} overlaps position ${row.start}`);
    if (names.has(row.name)) throw new LayoutError(layout, `duplicate field ${row.name}`);
    checkConstant(layout, row);
    names.add(row.name);
    next = row.start + row.length;
  }
  if (next - 1 !== layout.length) throw new LayoutError(layout, `rows end at ${next - 1}, not ${layout.length}`);
  return layout;
}

type Rows = readonly FieldRow[];
interface Constant {
  readonly constant: string;
}
type InputOf<F extends FieldRow> = 'N' extends F['kind'] ? number | string : string;

/** What an encoder takes: mandatory fields must be given, optional ones may, constants are written by the table. */
export type RecordInput<R extends Rows> = {
  readonly [F in R[number] as F extends Constant ? never : F['presence'] extends 'M' ? F['name'] : never]: InputOf<F>;
} & {
  readonly [F in R[number] as F extends Constant ? never : F['presence'] extends 'M' ? never : F['name']]?: InputOf<F> | undefined;
};

/** What a decoder gives: every field as it stands in the record, padding included. */
export type RecordValues<R extends Rows> = { readonly [F in R[number] as F['name']]: string };
