/**
 * Reads a NOEMIE file entity by entity (spec/noemie.md § 1 and § 2). Foreign bytes: never throws. Unknown entities are kept and reported; differences of the
 * 990 and 999 controls are warnings, since how others count is not published (contract § 5).
 */
import type { FieldFault } from '../fixed-width/faults';
import type { FileFault } from '../port';
import { isStreamEntity, NOEMIE_CODECS, type NoemieEntityCode } from './codecs';
import { controlWarnings } from './controls';
import { readBlocks, type BlockFile } from './physical';

export interface NoemieEntity {
  /** Counted from 1, the header being 1. */
  readonly index: number;
  /** `?` when NOEMIE-PS has no such entity. */
  readonly code: NoemieEntityCode | '?';
  readonly bytes: Buffer;
  /** Every field as it stands; optional last fields may be absent (empty). */
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
}

export interface NoemieFile {
  /** 000 first, then the stream, then 999 when it is there. */
  readonly entities: readonly NoemieEntity[];
  readonly header: NoemieEntity;
  readonly stream: readonly NoemieEntity[];
  readonly trailer: NoemieEntity | null;
  readonly physical: BlockFile;
  readonly faults: readonly FileFault[];
  readonly warnings: readonly FileFault[];
}

const END_MARK = 64;

function decodeWhole(code: '000' | '999', bytes: Buffer, index: number): NoemieEntity {
  const { values, faults } = NOEMIE_CODECS[code].decode(bytes);
  return { index, code, bytes, values, faults };
}

/** Fields that a short entity leaves out at its end are absent, not wrong, when they are optional. */
function toleratedFaults(code: NoemieEntityCode, faults: readonly FieldFault[]): readonly FieldFault[] {
  const optional = new Set(NOEMIE_CODECS[code].layout.fields.filter((row) => row.presence === 'O').map((row): string => row.name));
  return faults.filter((fault) => fault.kind !== 'short' || !optional.has(fault.field));
}

function decodeEntity(bytes: Buffer, index: number): NoemieEntity {
  const code = bytes.toString('latin1', 0, 3);
  if (!isStreamEntity(code)) return { index, code: '?', bytes, values: {}, faults: [] };
  const codec = NOEMIE_CODECS[code];
  if (bytes.length === codec.length) return { index, code, bytes, ...codec.decode(bytes) };
  const ended = bytes.at(-1) === END_MARK;
  const body = ended ? bytes.subarray(0, -1) : bytes;
  const { values, faults } = codec.decode(body, 0, Math.min(body.length, codec.length - 1));
  const kept = toleratedFaults(code, faults).filter((fault) => fault.field !== 'end_mark');
  const long = body.length >= codec.length;
  const mark: FieldFault = {
    kind: long ? 'constant' : 'short',
    field: 'end_mark',
    position: codec.length,
    message: `« @ » attendu en position ${codec.length}.`,
  };
  return { index, code, bytes, values: { ...values, end_mark: ended ? '@' : '' }, faults: ended && !long ? kept : [...kept, mark] };
}

/** Cuts the stream after each end mark; what follows the last one is an entity without end. */
function cutEntities(stream: Buffer): readonly Buffer[] {
  const entities: Buffer[] = [];
  for (let start = 0; start < stream.length;) {
    const mark = stream.indexOf(END_MARK, start);
    const end = mark < 0 ? stream.length : mark + 1;
    entities.push(stream.subarray(start, end));
    start = end;
  }
  return entities;
}

function entityFaults(entity: NoemieEntity): readonly FileFault[] {
  if (entity.code === '?') return [{ record: entity.index, field: null, position: 1, message: 'entité inconnue de la norme NOEMIE-PS.' }];
  return entity.faults.map(({ field, position, message }) => ({ record: entity.index, field, position, message }));
}

/** Every entity, every fault, every warning. */
export function readNoemie(bytes: Buffer): NoemieFile {
  const physical = readBlocks(bytes);
  const header = decodeWhole('000', physical.header, 1);
  const stream = cutEntities(physical.stream).map((entity, index) => decodeEntity(entity, index + 2));
  const trailer = physical.trailer === null ? null : decodeWhole('999', physical.trailer, stream.length + 2);
  const entities = [header, ...stream, ...(trailer === null ? [] : [trailer])];
  const last = entities.length;
  const blockFaults = physical.faults.map(({ block, message }) => ({
    record: last,
    field: null,
    position: null,
    message: `bloc ${block} : ${message}`,
  }));
  const faults = [...entities.flatMap(entityFaults), ...blockFaults];
  return { entities, header, stream, trailer, physical, faults, warnings: controlWarnings(stream, trailer, physical.blocks) };
}
