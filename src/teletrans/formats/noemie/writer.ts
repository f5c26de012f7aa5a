/** Writes NOEMIE files entity by entity: RSP of a simulated insurer, and tests. Real returns are made by the payers. */
import type { RecordInput } from '../fixed-width/layout';
import { NOEMIE_CODECS, type NoemieEntityCode } from './codecs';
import type { NOEMIE_LAYOUTS } from './entities';
import { writeBlocks } from './physical';

/** The values of one entity, typed by its table. */
export type EntityInput<C extends NoemieEntityCode> = RecordInput<(typeof NOEMIE_LAYOUTS)[C]['fields']>;

/** One entity of the stream. Errors: FAC-001, FAC-011. */
export function encodeEntity<C extends Exclude<NoemieEntityCode, '000' | '999'>>(code: C, values: EntityInput<C>): Buffer {
  const codec: { encode(input: EntityInput<C>): Buffer } = NOEMIE_CODECS[code];
  return codec.encode(values);
}

/** A whole file; `record_count` of the trailer is filled here with the number of blocks. Errors: FAC-001, FAC-011. */
export function encodeNoemieFile(
  header: EntityInput<'000'>,
  entities: readonly Buffer[],
  trailer: Omit<EntityInput<'999'>, 'record_count'>,
): Buffer {
  const stream = Buffer.concat(entities);
  const blocks = 2 + Math.max(1, Math.ceil(stream.length / 127));
  return writeBlocks(NOEMIE_CODECS['000'].encode(header), stream, NOEMIE_CODECS['999'].encode({ ...trailer, record_count: blocks }));
}
