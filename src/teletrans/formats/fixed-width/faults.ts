/** What a decoder says of a record. */

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
