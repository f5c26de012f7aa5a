/** A file of the exchange as a screen shows it: records with the place of every field. */
import type { ExplainedFile, FileFault } from './port';

export interface FieldShown {
  readonly name: string;
  /** French. */
  readonly label: string;
  /** 1-based positions in the record, the last included; null where no table says them. */
  readonly start: number | null;
  readonly end: number | null;
  /** `•••` where it says something of a patient and that was not asked for. */
  readonly value: string;
}

export interface RecordShown {
  /** 1 for the first of the file. */
  readonly rank: number;
  readonly type: string;
  /** French. */
  readonly label: string;
  readonly length: number;
  /** Its characters as they are (Latin-1); null while data of patients is masked. */
  readonly characters: string | null;
  readonly fields: readonly FieldShown[];
  readonly faults: readonly FileFault[];
}

export interface FieldByField {
  readonly family: ExplainedFile['family'];
  /** Bytes of the whole file. */
  readonly size: number;
  /** Records of the whole file. */
  readonly total: number;
  /** Faults of the whole file. */
  readonly faults: number;
  readonly records: readonly RecordShown[];
}

export interface Asked {
  /** Records before the first one shown. */
  readonly from: number;
  readonly count: number;
  /** Shows what is said of patients too. */
  readonly clear: boolean;
}
