/**
 * How the fields of one table are cut out of a record and put into one. Written out field by field it runs many times faster than a loop over the rows:
 * `b2/shapes.ts` is made so from the tables. A table without such a file has the loop, which is also what the other is tested against.
 */
import { BLANK_FIELD, digits, PUT, text as putText, type FieldInput, type RecordMemory } from './record-memory';
import type { FieldRow, Layout } from './layout';

export type AnyInput = Readonly<Record<string, FieldInput>>;
export type Texts = Readonly<Record<string, string>>;

export interface Shape {
  /**
   * Every field of a whole record, as it stands. `text` is all of `bytes` as characters (latin1), so that a field may be taken from either; the record starts at
   * `start` of both, 0-based.
   */
  readonly cut: (bytes: Uint8Array, text: string, start: number) => Texts;
  /**
   * Brings the record of a memory up to date. @returns `ALL_PUT`, or the index of the field that failed, among those that can be written: what stands there
   * is then to be forgotten.
   */
  readonly put: (values: AnyInput, memory: RecordMemory) => number;
}

export const ALL_PUT = -1;

/** The rows that a caller may fill, in the order of the table; constants are written by the table. */
export function writableRows(layout: Layout): readonly FieldRow[] {
  return layout.fields.filter((row) => row.constant === undefined);
}

/** Mandatory, and neither blanks nor zeros are a value for it. */
export function isRequired(row: FieldRow): boolean {
  return row.presence === 'M' && row.empty !== true;
}

/** The shape of a table as a loop over its rows; its `cut` also takes a record that ends early, whose last fields are then short or empty. */
export function loopOver(layout: Layout): Shape {
  const rows = writableRows(layout);
  return {
    cut: (_bytes, text, start) =>
      Object.fromEntries(
        layout.fields.map(({ name, start: first, length }) => [name, text.substring(start + first - 1, start + first - 1 + length)]),
      ),
    put(values, { record, last }) {
      for (const [index, row] of rows.entries()) {
        const value = values[row.name];
        if (value === last[index]) continue;
        const put = row.kind === 'N' ? digits : putText;
        if (put(record, value, row.start - 1, row.length, isRequired(row)) !== PUT) return index;
        last[index] = value;
      }
      return ALL_PUT;
    },
  };
}

/** The record with every field absent: constants in place, zeros in the numbers, blanks in the texts. */
export function emptyRecord(layout: Layout): string {
  return layout.fields.map((row) => row.constant ?? BLANK_FIELD[row.kind].repeat(row.length)).join('');
}
