/** Explains any file of the exchange: every record field by field, every fault (contract § 3, `inspecter`). A damaged file is explained as far as it can be read. */
import { checkB2File } from './b2/check';
import { B2_LAYOUTS } from './b2/records';
import { readB2 } from './b2/reader';
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

const LAYOUTS: Readonly<Record<'b2' | 'noemie', Readonly<Record<string, Layout>>>> = { b2: B2_LAYOUTS, noemie: NOEMIE_LAYOUTS };

function layoutsOf(family: ExplainedFile['family']): Readonly<Record<string, Layout>> {
  if (family === 'unknown') return {};
  return family === 'b2' ? LAYOUTS.b2 : LAYOUTS.noemie;
}

interface ReadRecord {
  readonly bytes: Buffer;
  readonly values: Readonly<Record<string, string>>;
}

/** Fields without their padding blanks; fillers that say nothing are left out. */
function explainRecord(type: string, record: ReadRecord): ExplainedRecord {
  if (type === '?') return { type, fields: { [RAW]: record.bytes.toString('latin1') } };
  const said = Object.entries(record.values).filter(([name, value]) => !/^filler\d?$/.test(name) || value.trim() !== '');
  return { type, fields: Object.fromEntries(said.map(([name, value]) => [name, value.trimEnd()])) };
}

function explainB2(bytes: Buffer): ExplainedFile {
  const file = readB2(bytes);
  return {
    family: 'b2',
    records: file.records.map((record) => explainRecord(record.type, record)),
    faults: checkB2File(file).map(({ record, field, position, message }) => ({ record, field, position, message })),
  };
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

function maskRecord(record: ExplainedRecord, layout: Layout | undefined): ExplainedRecord {
  const personal = new Set((layout?.fields ?? []).filter((row) => row.personal === true).map((row) => row.name));
  const fields = Object.entries(record.fields).map(([name, value]) => {
    const hidden = layout === undefined || personal.has(name);
    return [name, hidden && value !== '' ? MASK : value] as const;
  });
  return { type: record.type, fields: Object.fromEntries(fields) };
}

/** The same explanation without what it says of patients: identity, birth date, acts, and all of a record that could not be recognised. */
export function maskPatientData(explained: ExplainedFile): ExplainedFile {
  const layouts = layoutsOf(explained.family);
  return { ...explained, records: explained.records.map((record) => maskRecord(record, layouts[record.type])) };
}
