/** Records and faults of a file in a version other than the base, as far as that version is known. */
import type { FileFault } from '../../port';
import type { B2Fault } from '../fault';
import type { B2Record } from '../model';
import { readVersioned, type B2Version } from '.';

/** Faults that every version has; the others come from the positions of the base. */
const ANY_VERSION = new Set(['length', 'separator', 'shift', 'missing-header', 'missing-trailer', 'duplicate-header', 'after-trailer']);

/** A record by the tables of a version. */
export interface RecordInVersion {
  readonly index: number;
  readonly type: string;
  readonly bytes: Buffer;
  readonly values: Readonly<Record<string, string>>;
  /** Faults found with those tables alone. */
  readonly own: readonly FileFault[];
}

/** Of the establishment variant, the faults of each record come from its own tables. */
export function inVersion(record: B2Record, version: B2Version): RecordInVersion {
  const { index, bytes } = record;
  if (version === 'b2-ps-base') return { ...record, own: [] };
  const { type, values, faults } = readVersioned(bytes, version);
  if (version !== 'b2-cp') return { index, bytes, type, values, own: [] };
  const own: readonly FileFault[] =
    type === '?'
      ? [{ record: index, field: null, position: null, message: 'type d’enregistrement inconnu de la norme.' }]
      : faults.map(({ field, position, message }) => ({ record: index, field, position, message }));
  return { index, bytes, type, values, own };
}

/** True when a fault found by the positions of the base is one in this version too: of the establishment variant only what is public can be checked. */
export function holdsIn(version: B2Version, { kind }: B2Fault): boolean {
  return version !== 'b2-cp' || ANY_VERSION.has(kind);
}
