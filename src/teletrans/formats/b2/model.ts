/** A B2 file as a tree: file → lots → invoices → acts → CCAM details (spec/b2.md § 2). Fields are raw; nothing of the file is lost. */
import type { FieldFault } from '../fixed-width/faults';
import type { B2RecordType } from './codecs';
import type { B2Fault } from './fault';
import type { Separator } from './split-records';

export interface B2Record {
  /** Counted from 1. */
  readonly index: number;
  /** `?` when the norm has no such record. */
  readonly type: B2RecordType | '?';
  readonly bytes: Buffer;
  /** Every field as it stands, padding included; none for an unknown record. */
  readonly values: Readonly<Record<string, string>>;
  /** What is wrong within the record alone. */
  readonly faults: readonly FieldFault[];
  /** False when characters are missing from it or were added: what it says is then unknown. */
  readonly isWhole: boolean;
}

export interface B2Act {
  readonly line: B2Record;
  /** 4S, 4E and 4D. */
  readonly complements: readonly B2Record[];
  /** 4M. */
  readonly ccam: readonly B2Record[];
}

export interface B2Invoice {
  readonly header: B2Record;
  /** 2S, 2M, 2P, 2B, 2C. */
  readonly complements: readonly B2Record[];
  readonly acts: readonly B2Act[];
  /** Record 5, null when it is missing. */
  readonly trailer: B2Record | null;
  /** All records of the invoice in file order, unknown ones included. */
  readonly records: readonly B2Record[];
}

export interface B2Lot {
  /** Record 1, null when it is missing. */
  readonly header: B2Record | null;
  readonly invoices: readonly B2Invoice[];
  /** Record 6, null when it is missing. */
  readonly trailer: B2Record | null;
  /** All records of the lot in file order, unknown ones included. */
  readonly records: readonly B2Record[];
  /** False when it was too large to be held: invoices and records are then not all there. */
  readonly isWhole: boolean;
}

export interface B2File {
  readonly separator: Separator;
  readonly records: readonly B2Record[];
  /** Record 000, null when it is missing. */
  readonly header: B2Record | null;
  readonly lots: readonly B2Lot[];
  /** Record 999, null when it is missing. */
  readonly trailer: B2Record | null;
  /** Faults of length, nesting and order; those of fields, counts and totals are found by `checkB2`. */
  readonly structure: readonly B2Fault[];
}
