/** Reads a B2 file as a tree: file → lots → invoices → acts → CCAM details (spec/b2.md § 2). Foreign bytes: never throws, keeps everything. */
import { B2_CODECS, RECORD_LENGTH } from './codecs';
import type { B2Fault } from './fault';
import type { B2File, B2Record } from './model';
import { recordTypeAt } from './record-type';
import { splitRecords } from './split-records';
import { TreeBuilder } from './tree';

/** @param index counted from 1. */
export function readRecord(bytes: Buffer, index: number): B2Record {
  const type = recordTypeAt(bytes, 0);
  if (type === null) return { index, type: '?', bytes, values: {}, faults: [] };
  const { values, faults } = B2_CODECS[type].decode(bytes, 0, Math.min(bytes.length, RECORD_LENGTH));
  return { index, type, bytes, values, faults };
}

export function readB2(bytes: Buffer): B2File {
  const { separator, slices, faults } = splitRecords(bytes);
  const records = slices.map((slice, index) => readRecord(bytes.subarray(slice.offset, slice.offset + slice.length), index + 1));
  const builder = new TreeBuilder();
  for (const record of records) builder.add(record);
  return { separator, records, ...builder.end(), structure: [...withoutRepeats(faults, builder.faults), ...builder.faults] };
}

/** A fragment after 999 is one fault, not also a wrong length. */
function withoutRepeats(split: readonly B2Fault[], order: readonly B2Fault[]): readonly B2Fault[] {
  const after = new Set(order.filter((fault) => fault.kind === 'after-trailer').map((fault) => fault.record));
  return split.filter((fault) => fault.kind !== 'length' || !after.has(fault.record));
}
