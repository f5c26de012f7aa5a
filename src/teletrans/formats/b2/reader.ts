/** Reads a B2 file as a tree: file → lots → invoices → acts → CCAM details (spec/b2.md § 2). Foreign bytes: never throws, keeps everything. */
import { B2_CODECS, RECORD_LENGTH } from './codecs';
import type { B2Fault } from './fault';
import type { B2File, B2Record } from './model';
import { recordTypeAt } from './record-type';
import { splitRecords, type RecordSlice } from './split-records';
import { TreeBuilder } from './tree';

/** One record of a file. @param index counted from 1. @param text the file as characters, when many are read. */
export function readRecord(file: Buffer, { offset, length, isWhole }: RecordSlice, index: number, text?: string): B2Record {
  const bytes = file.subarray(offset, offset + length);
  const type = recordTypeAt(bytes, 0);
  if (type === null) return { index, type: '?', bytes, values: {}, faults: [], isWhole };
  const { values, faults } = B2_CODECS[type].decode(file, offset, Math.min(length, RECORD_LENGTH), text);
  return { index, type, bytes, values, faults, isWhole };
}

export function readB2(bytes: Buffer): B2File {
  const { separator, slices, faults } = splitRecords(bytes);
  const text = bytes.toString('latin1');
  const records = slices.map((slice, index) => readRecord(bytes, slice, index + 1, text));
  const builder = new TreeBuilder();
  for (const record of records) builder.add(record);
  const tree = builder.end();
  const order = builder.takeFaults();
  return { separator, records, ...tree, structure: [...withoutRepeats(faults, order), ...order] };
}

/** A fragment after 999 is one fault, not also a wrong length. */
function withoutRepeats(split: readonly B2Fault[], order: readonly B2Fault[]): readonly B2Fault[] {
  const after = new Set(order.filter((fault) => fault.kind === 'after-trailer').map((fault) => fault.record));
  return split.filter((fault) => fault.kind !== 'length' || !after.has(fault.record));
}
