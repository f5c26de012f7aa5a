/** The writable fields of a layout, ready for the encoder: 0-based offsets, limits, what absence looks like. */
import type { FieldRow, Layout } from './layout';

export type FieldInput = number | string | undefined;

export interface Slot {
  readonly name: string;
  /** 0-based. */
  readonly at: number;
  readonly length: number;
  readonly digits: boolean;
  /** Mandatory, and neither blanks nor zeros are a value for it. */
  readonly required: boolean;
  /** The largest number that fits. */
  readonly limit: number;
}

export function slotOf(row: FieldRow): Slot {
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
