/** The versions of B2 as sets of tables. The version is a property of the file: named by the profile for writing, recognised when reading (spec/b2.md § 3 and § 6). */
import { RecordCodec } from '../../fixed-width/codec';
import type { FieldFault } from '../../fixed-width/faults';
import type { Layout } from '../../fixed-width/layout';
import { B2_LAYOUTS } from '../records';
import { CP_LAYOUTS } from './establishments';
import { LATE_LAYOUTS } from './late';

export const B2_VERSIONS = {
  'b2-ps-base': B2_LAYOUTS,
  'b2-ps-2005e-provisional': LATE_LAYOUTS,
  'b2-cp': CP_LAYOUTS,
} as const satisfies Readonly<Record<string, Readonly<Record<string, Layout>>>>;

export type B2Version = keyof typeof B2_VERSIONS;

const ESTABLISHMENTS = 'CP  ';
/** 0-based spans of the late fields of 2S and 4S. */
const LATE_SPANS = {
  '2S': [[70, 121]],
  '4S': [
    [39, 40],
    [47, 48],
    [124, 128],
  ],
} as const;

function startsWith(bytes: Buffer, text: string): boolean {
  return bytes.toString('latin1', 0, text.length) === text;
}

function hasLateField(bytes: Buffer): boolean {
  const type = bytes.toString('latin1', 0, 1) + bytes.toString('latin1', 35, 36);
  if (type === '4E') return true;
  if (type !== '2S' && type !== '4S') return false;
  return LATE_SPANS[type].some(([from, to]) => bytes.toString('latin1', from, to).trim() !== '');
}

/** The version of a file, by its header and by late fields that say something. */
export function recogniseB2Version(records: Iterable<Buffer>): B2Version {
  for (const bytes of records) {
    if (startsWith(bytes, '000') && bytes.toString('latin1', 61, 65) === ESTABLISHMENTS) return 'b2-cp';
    if (hasLateField(bytes)) return 'b2-ps-2005e-provisional';
  }
  return 'b2-ps-base';
}

export interface VersionedRecord {
  /** `?` when the version has no such record. */
  readonly type: string;
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
}

const CODECS = new Map<Layout, RecordCodec>();

function codecOf(layout: Layout): RecordCodec {
  const known = CODECS.get(layout) ?? new RecordCodec(layout);
  CODECS.set(layout, known);
  return known;
}

/** One record by the tables of a version. Never throws. */
export function readVersioned(bytes: Buffer, version: B2Version): VersionedRecord {
  const layouts: Readonly<Record<string, Layout>> = B2_VERSIONS[version];
  const start = bytes.toString('latin1', 0, 3);
  const letterAt = version === 'b2-cp' ? 38 : 35;
  const base = start.slice(0, 1);
  const letter = base === '2' || base === '4' ? bytes.toString('latin1', letterAt, letterAt + 1).trim() : '';
  const type = start === '000' || start === '999' ? start : base + letter;
  const layout = Object.hasOwn(layouts, type) ? layouts[type] : undefined;
  if (layout === undefined) return { type: '?', values: {}, faults: [] };
  return { type, ...codecOf(layout).decode(bytes, 0, Math.min(bytes.length, layout.length)) };
}
