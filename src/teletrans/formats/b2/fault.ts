/** Faults of a B2 file. The kind lets a program decide (a front end answers F002, F003, L005, I003… by it); the message is for people. */
import type { FaultKind } from '../fixed-width/faults';
import type { FileFault } from '../port';

export type B2FaultKind =
  | FaultKind
  /** The length is no multiple of 128 or a line has another length. */
  | 'length'
  /** Line ends where none are expected. */
  | 'separator'
  /** Characters are missing or too many before this record. */
  | 'shift'
  | 'unknown-record'
  /** Nesting or order of records. */
  | 'order'
  | 'missing-header'
  | 'missing-trailer'
  | 'duplicate-header'
  /** Something follows 999. */
  | 'after-trailer'
  /** 000 and 999 differ. */
  | 'envelope'
  | 'volume'
  | 'lot-count'
  | 'lot-number'
  | 'invoice-number'
  /** A record speaks of another practitioner, insured or invoice than the one it stands under. */
  | 'identity'
  | 'count'
  | 'total'
  /** Counters and totals over records that could not be read: they are not compared. */
  | 'unverified'
  | 'marking'
  | 'ccam-count'
  | 'ccam-order';

export interface B2Fault extends FileFault {
  readonly kind: B2FaultKind;
}

/** @param record counted from 1. */
export function b2Fault(
  kind: B2FaultKind,
  record: number,
  message: string,
  field: string | null = null,
  position: number | null = null,
): B2Fault {
  return { kind, record, field, position, message };
}
