/** Builds faults about a field of a record: position and French label come from the table. */
import { B2_RECORDS } from '../records';
import { b2Fault, type B2Fault, type B2FaultKind } from '../fault';
import type { B2Record } from '../model';
import { numberIn } from './numbers';

/** @param expected French, without the value found. */
export function fieldFault(kind: B2FaultKind, record: B2Record, field: string, expected: string): B2Fault {
  const row = record.type === '?' ? undefined : B2_RECORDS[record.type].fields.find((one) => one.name === field);
  return b2Fault(kind, record.index, `${row?.label ?? field} : ${expected}.`, field, row?.start ?? null);
}

/** A fault when the number in the field is not the expected one; nothing when either is unknown. */
export function compareNumber(
  kind: B2FaultKind,
  record: B2Record,
  field: string,
  expected: number | null,
  why: string,
): readonly B2Fault[] {
  const found = numberIn(record, field);
  if (found === null || expected === null || found === expected) return [];
  return [fieldFault(kind, record, field, `${expected} attendu (${why})`)];
}
