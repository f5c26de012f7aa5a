/** Explains any file of the exchange: every record field by field, every fault (contract § 3, `inspecter`). A damaged file is explained as far as it can be read. */
import { checkB2File } from './b2/check';
import { readB2 } from './b2/reader';
import { B2_VERSIONS, recogniseB2Version } from './b2/versions';
import { holdsIn, inVersion } from './b2/versions/reading';
import type { Layout } from './fixed-width/layout';
import { NOEMIE_LAYOUTS } from './noemie/entities';
import { readNoemie } from './noemie/reader';
import { Arl0Translator } from './arl/translator';
import { ArlUnreadable, type ExplainedFile, type ExplainedRecord, type FileFault } from './port';
import { recogniseFamily } from './recognise';

/** Stands for what a masked field held. */
export const MASK = '•••';
/** The one field of a record whose type is unknown: its characters as they are. */
const RAW = 'raw';

/** What the tables say of a record to people. */
interface Described {
  readonly label: string | null;
  readonly fields: ReadonlyMap<string, { readonly label: string; readonly personal: boolean }>;
}

/** By family and record. */
const DESCRIBED = new Map<string, Described>();

/** By every table a record of a family may follow, whatever the version of the file: what one of them calls personal is. */
function describe(family: ExplainedFile['family'], record: string): Described {
  const key = `${family} ${record}`;
  const known = DESCRIBED.get(key);
  if (known !== undefined) return known;
  const sets: readonly Readonly<Record<string, Layout>>[] =
    family === 'unknown' ? [] : family === 'b2' ? Object.values(B2_VERSIONS) : [NOEMIE_LAYOUTS];
  const layouts = sets.flatMap((tables) => (Object.hasOwn(tables, record) ? (tables[record] ?? []) : []));
  const fields = new Map<string, { label: string; personal: boolean }>();
  for (const { name, label, personal } of layouts.flatMap((layout) => layout.fields)) {
    const before = fields.get(name);
    fields.set(name, { label: before?.label ?? label, personal: before?.personal === true || personal === true });
  }
  const described = { label: layouts[0]?.label ?? null, fields };
  // Records that no table knows are not kept: a file may name any number of them.
  if (layouts.length > 0) DESCRIBED.set(key, described);
  return described;
}

interface ReadRecord {
  readonly bytes: Buffer;
  readonly values: Readonly<Record<string, string>>;
}

/** Fields without their padding blanks; fillers that say nothing are left out. */
export function explainRecord(type: string, record: ReadRecord): ExplainedRecord {
  if (type === '?') return { type, fields: { [RAW]: record.bytes.toString('latin1') } };
  const said = Object.entries(record.values).filter(([name, value]) => !/^filler\d?$/.test(name) || value.trim() !== '');
  return { type, fields: Object.fromEntries(said.map(([name, value]) => [name, value.trimEnd()])) };
}

function explainB2(bytes: Buffer): ExplainedFile {
  const file = readB2(bytes);
  const version = recogniseB2Version(file.records.map((record) => record.bytes));
  const records = file.records.map((record) => inVersion(record, version));
  const faults = [...checkB2File(file).filter((fault) => holdsIn(version, fault)), ...records.flatMap(({ own }) => own)];
  return {
    family: 'b2',
    records: records.map((record) => explainRecord(record.type, record)),
    faults: faults.map(faultForPeople).sort((a, b) => a.record - b.record || (a.position ?? 0) - (b.position ?? 0)),
  };
}

export function faultForPeople({ record, field, position, message, occurrences }: FileFault): FileFault {
  return { record, field, position, message, ...(occurrences === undefined ? {} : { occurrences }) };
}

/** The first thing that makes an ARL0 unbelievable, when its entities alone show no fault. */
function arl0Refusal(bytes: Buffer): readonly FileFault[] {
  try {
    new Arl0Translator(['T', 'D']).translate(bytes);
    return [];
  } catch (error) {
    if (error instanceof ArlUnreadable) return [{ record: 1, field: null, position: null, message: error.reason }];
    throw error;
  }
}

function explainNoemie(bytes: Buffer, family: 'noemie' | 'arl0'): ExplainedFile {
  const file = readNoemie(bytes);
  const found = [...file.faults, ...file.warnings.map((warning) => ({ ...warning, message: `À vérifier : ${warning.message}` }))];
  const faults = found.length === 0 && family === 'arl0' ? arl0Refusal(bytes) : found;
  return {
    family,
    records: file.entities.map((entity) => explainRecord(entity.code, entity)),
    faults: [...faults].sort((a, b) => a.record - b.record || (a.position ?? 0) - (b.position ?? 0)),
  };
}

/** Never throws. Records and positions count from 1; positions are within the record. */
export function explain(bytes: Buffer): ExplainedFile {
  const family = recogniseFamily(bytes);
  if (family === 'b2') return explainB2(bytes);
  if (family !== 'unknown') return explainNoemie(bytes, family);
  const message = bytes.length === 0 ? 'le fichier est vide.' : 'format non reconnu : ni B2, ni NOEMIE, ni ARL0.';
  return { family, records: [], faults: [{ record: 1, field: null, position: null, message }] };
}

/** The same record without what it says of patients. */
export function maskRecord(family: ExplainedFile['family'], record: ExplainedRecord): ExplainedRecord {
  const known = describe(family, record.type).fields;
  const fields = Object.entries(record.fields).map(([name, value]) => {
    const isHidden = known.get(name)?.personal ?? true;
    return [name, isHidden && value !== '' ? MASK : value] as const;
  });
  return { type: record.type, fields: Object.fromEntries(fields) };
}

/** The same explanation without what it says of patients: identity, birth date, acts, and all of a record that could not be recognised. */
export function maskPatientData(explained: ExplainedFile): ExplainedFile {
  return { ...explained, records: explained.records.map((record) => maskRecord(explained.family, record)) };
}

/** The French label of a field, null when no table has it. */
export function fieldLabel(family: ExplainedFile['family'], record: string, field: string): string | null {
  return describe(family, record).fields.get(field)?.label ?? null;
}

/** The French label of a record or entity, null when no table has it. */
export function recordLabel(family: ExplainedFile['family'], record: string): string | null {
  return describe(family, record).label;
}
