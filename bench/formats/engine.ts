/**
 * Our fixed-width engine against a bare memory copy, in one run: records of 128 bytes a second, written into one buffer and read with all checks out of one.
 * The values are made beforehand, so that only the engine is measured; each figure is the best of several rounds.
 * Run: `node --require ./test/teletrans/store/programs/typescript.cjs bench/formats/engine.ts`; prints one JSON line a record.
 */
import { performance } from 'node:perf_hooks';
import { B2_CODECS } from '../../src/teletrans/formats/b2/codecs';
import { MEASURED, VALUES, sampleBytes, type MeasuredRecord } from './records';

const BATCH = 10_000;
const ROUNDS = 40;

interface Measure {
  readonly record: MeasuredRecord;
  /** Records a second. */
  readonly copy: number;
  /** Objects with named fields. */
  readonly write: number;
  /** Rows of values in a given order. */
  readonly writeRows: number;
  /** All fields and all checks. */
  readonly decode: number;
}

function best(run: () => void): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    run();
    fastest = Math.min(fastest, performance.now() - start);
  }
  return Math.round((BATCH * 1000) / fastest);
}

/** Something of each record is used, so that no work can be left out. */
let sink = 0;

/** Any of the measured codecs, whatever its fields. */
interface AnyCodec {
  write(values: object, target: Buffer, offset: number): number;
  rows(...names: string[]): (row: readonly (string | number)[], target: Buffer, offset: number) => number;
  decode(bytes: Buffer, at: number, length: number): { readonly faults: readonly unknown[] };
}

function measure(record: MeasuredRecord): Measure {
  const source = sampleBytes(record, BATCH);
  const target = Buffer.alloc(BATCH * 128);
  const codec: AnyCodec = B2_CODECS[record];
  const values = Array.from({ length: BATCH }, (_, index) => VALUES[record](index));
  const copy = best(() => {
    for (let index = 0; index < BATCH; index++) source.copy(target, index * 128, index * 128, index * 128 + 128);
    sink += target[130] ?? 0;
  });
  const write = best(() => {
    for (let index = 0; index < BATCH; index++) codec.write(values[index] ?? {}, target, index * 128);
    sink += target[130] ?? 0;
  });
  const writeRow = codec.rows(...Object.keys(values[0] ?? {}));
  const rows = values.map((one) => Object.values<string | number>(one));
  const writeRows = best(() => {
    for (let index = 0; index < BATCH; index++) writeRow(rows[index] ?? [], target, index * 128);
    sink += target[130] ?? 0;
  });
  const decode = best(() => {
    for (let index = 0; index < BATCH; index++) sink += codec.decode(source, index * 128, 128).faults.length + 1;
  });
  return { record, copy, write, writeRows, decode };
}

/** All measured records. */
function measureEngine(): readonly Measure[] {
  const measures = MEASURED.map(measure);
  if (sink === 0) throw new Error('nothing was measured');
  return measures;
}

for (const one of measureEngine()) process.stdout.write(`${JSON.stringify(one)}\n`);
