/** A file of the exchange with the place of every field, some records at a time: what `inspecter` says, for a screen. Pure; foreign bytes never make it throw. */
import { readB2 } from './b2/reader';
import { B2_VERSIONS, recogniseB2Version } from './b2/versions';
import { explain, fieldLabel, maskRecord, MASK, recordLabel } from './explain';
import type { Asked, FieldByField, FieldShown, RecordShown } from './field-view';
import type { Layout } from './fixed-width/layout';
import { NOEMIE_LAYOUTS } from './noemie/entities';
import { readNoemie } from './noemie/reader';
import type { ExplainedFile, ExplainedRecord, FileFault } from './port';

/** Tables and characters of the records of a file, by rank from 0. */
interface Raw {
  readonly layouts: Readonly<Record<string, Layout>>;
  readonly bytes: readonly Buffer[];
}

function rawOf(bytes: Buffer, family: ExplainedFile['family']): Raw {
  if (family === 'unknown') return { layouts: {}, bytes: [] };
  if (family !== 'b2') return { layouts: NOEMIE_LAYOUTS, bytes: readNoemie(bytes).entities.map((entity) => entity.bytes) };
  const records = readB2(bytes).records.map((record) => record.bytes);
  return { layouts: B2_VERSIONS[recogniseB2Version(records)], bytes: records };
}

function fieldsOf(family: ExplainedFile['family'], record: ExplainedRecord, layout: Layout | undefined): readonly FieldShown[] {
  return Object.entries(record.fields).map(([name, value]) => {
    const row = layout?.fields.find((field) => field.name === name);
    return {
      name,
      label: fieldLabel(family, record.type, name) ?? 'Contenu non reconnu',
      start: row?.start ?? null,
      end: row === undefined ? null : row.start + row.length - 1,
      value,
    };
  });
}

/** The records asked for, field by field. */
export function fieldByField(bytes: Buffer, { from, count, clear }: Asked): FieldByField {
  const { family, records, faults } = explain(bytes);
  const raw = rawOf(bytes, family);
  return {
    family,
    size: bytes.length,
    total: records.length,
    faults: faults.length,
    records: records.slice(from, from + count).map((record, index): RecordShown => {
      const place = from + index;
      const layout = Object.hasOwn(raw.layouts, record.type) ? raw.layouts[record.type] : undefined;
      return {
        rank: place + 1,
        type: record.type,
        label: recordLabel(family, record.type) ?? 'Enregistrement inconnu',
        length: raw.bytes[place]?.length ?? 0,
        characters: clear ? (raw.bytes[place]?.toString('latin1') ?? null) : null,
        fields: fieldsOf(family, clear ? record : maskRecord(family, record), layout),
        // A fault quotes what it found: it stays with the data it speaks of.
        faults: faults.filter((fault) => fault.record === place + 1).map((fault) => (clear ? fault : withoutQuotes(fault))),
      };
    }),
  };
}

/** A fault without the characters it found: between « and ». */
function withoutQuotes(fault: FileFault): FileFault {
  return { ...fault, message: fault.message.replace(/«[^»]*»/g, `« ${MASK} »`) };
}
