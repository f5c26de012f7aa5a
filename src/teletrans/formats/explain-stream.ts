/** Explains a B2 file of any size record after record, with flat memory. Other families are small: see `explain.ts`. */
import { checkB2Stream } from './b2/check-stream';
import { recogniseB2Version, type B2Version } from './b2/versions';
import { holdsIn, inVersion } from './b2/versions/reading';
import { explainRecord, faultForPeople } from './explain';
import type { ExplainedRecord, FileFault } from './port';

export interface ExplainedPiece {
  /** Null for the last piece: the faults of the whole. */
  readonly record: ExplainedRecord | null;
  /** Known by now; most of them are of this record, those of a lot come with its end. */
  readonly faults: readonly FileFault[];
}

/** A version is known from the record that shows it; until then records are read by the base. Errors: those of the source alone. */
export async function* explainB2Stream(source: AsyncIterable<Buffer>): AsyncGenerator<ExplainedPiece> {
  let version: B2Version = 'b2-ps-base';
  for await (const { record, faults } of checkB2Stream(source)) {
    if (record === null) {
      yield { record, faults: faults.filter((fault) => holdsIn(version, fault)).map(faultForPeople) };
      return;
    }
    if (version === 'b2-ps-base') version = recogniseB2Version([record.bytes]);
    const read = inVersion(record, version);
    const kept = faults.filter((fault) => holdsIn(version, fault));
    yield { record: explainRecord(read.type, read), faults: [...kept, ...read.own].map(faultForPeople) };
  }
}
