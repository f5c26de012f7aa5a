/** B2 files of any size, in and out, with flat memory. */
import { VitaleError } from '../../domain/errors';
import type { FileHeader } from '../port';
import { checkB2 } from './check';
import { RECORD_LENGTH } from './codecs';
import type { B2Fault } from './fault';
import type { B2FileFormatter } from './file-formatter';
import type { B2Record } from './model';
import { readRecord } from './reader';
import { detectSeparator, splitRecords, type Separator } from './split-records';

/**
 * The file piece by piece: 000, each lot as it comes, 999. Each lot is read again and checked before it is given; the numbers of 999 are counted on the way.
 * Errors: LOT-010 at the first lot with a fault, or when a lot number comes twice. What was given before must then be thrown away.
 */
export async function* writeB2File(
  formatter: B2FileFormatter,
  header: FileHeader,
  lots: AsyncIterable<Buffer> | Iterable<Buffer>,
): AsyncGenerator<Buffer> {
  const numbers = new Set<string>();
  let records = 2;
  yield formatter.encodeHeader(header);
  for await (const lot of lots) {
    records += lot.length / RECORD_LENGTH;
    checkLot(formatter, header, lot);
    // Practitioner, number and date: record 1, positions 2-10, 20-22 and 72-77.
    const name = lot.toString('latin1', 1, 10) + lot.toString('latin1', 19, 22) + lot.toString('latin1', 71, 77);
    if (numbers.has(name)) throw new VitaleError('LOT-010', { n: 1, libelle: 'numéro de lot déjà porté par un autre lot du fichier' });
    numbers.add(name);
    yield lot;
  }
  if (numbers.size === 0) throw new VitaleError('LOT-010', { n: 1, libelle: 'aucun lot' });
  yield formatter.encodeTrailer(header, records, numbers.size);
}

/** A lot between its own 000 and 999 passes every check of a file. */
function checkLot(formatter: B2FileFormatter, header: FileHeader, lot: Buffer): void {
  const records = Math.ceil(lot.length / RECORD_LENGTH) + 2;
  const faults = checkB2(Buffer.concat([formatter.encodeHeader(header), lot, formatter.encodeTrailer(header, records, 1)]), { wire: true });
  const [first] = faults;
  if (first !== undefined) throw new VitaleError('LOT-010', { n: faults.length, libelle: first.message, field: first.field ?? '' });
}

/** One record as it comes, and what was wrong in cutting it out (its own faults are in the record). */
export interface StreamedRecord {
  readonly record: B2Record;
  readonly faults: readonly B2Fault[];
}

/** Bytes read before records are cut; also enough to tell the separator. */
const WINDOW = 64 * 1024;
/** A record is given out once this much is known after it, so that the search after lost characters never meets the end of the window. */
const MARGIN = 4 * RECORD_LENGTH;

/** Every record in order, both physical forms. Bytes that are no B2 come as records of type `?`. Errors: those of the source alone. */
export async function* readB2Records(source: AsyncIterable<Buffer>): AsyncGenerator<StreamedRecord> {
  const cutter = new WindowCutter();
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of source) {
    pieces.push(piece);
    size += piece.length;
    if (size < WINDOW) continue;
    const rest = yield* cutter.cut(Buffer.concat(pieces.splice(0)), false);
    pieces.push(rest);
    size = rest.length;
  }
  yield* cutter.cut(Buffer.concat(pieces), true);
}

class WindowCutter {
  #given = 0;
  #separator: Separator | null = null;

  /** Gives the records that are certain in this window; returns the bytes from the first one that is not. */
  *cut(window: Buffer, isLast: boolean): Generator<StreamedRecord, Buffer> {
    this.#separator ??= detectSeparator(window);
    const { slices, faults } = splitRecords(window, this.#separator);
    const before = this.#given;
    for (const [index, slice] of slices.entries()) {
      const next = slices[index + 1];
      if (!isLast && (next === undefined || next.offset + MARGIN > window.length)) return window.subarray(slice.offset);
      this.#given += 1;
      const own = faults.filter((fault) => fault.record === index + 1).map((fault) => ({ ...fault, record: this.#given }));
      // A copy: a record kept by the caller must not keep the whole window.
      yield {
        record: readRecord(
          Buffer.from(window.subarray(slice.offset, slice.offset + slice.length)),
          { ...slice, offset: 0 },
          before + index + 1,
        ),
        faults: own,
      };
    }
    return window.subarray(window.length);
  }
}
