/**
 * Feeds mutated files of every format to everything that reads: a crash, an input that takes too long, or an unreadable file without a fault ends the run with
 * code 1 and the seed that repeats it. The test suite does the same, shorter.
 * Run: `node --require ./test/teletrans/store/programs/typescript.cjs bench/formats/fuzz.ts [inputs] [seed]`; a million inputs when nothing is said.
 */
import { performance } from 'node:perf_hooks';
import { encodeArl0 } from '../../src/teletrans/formats/arl/arl0-encoder';
import { readB2 } from '../../src/teletrans/formats/b2/reader';
import { explain, maskPatientData } from '../../src/teletrans/formats/explain';
import { readNoemie } from '../../src/teletrans/formats/noemie/reader';
import { RejectionCodes } from '../../src/teletrans/formats/noemie/rejection-codes';
import { readRsp } from '../../src/teletrans/formats/noemie/rsp';
import { dayFile, workedFile } from '../../test/support/b2-files';
import { sampleInvoices } from '../../test/support/invoices';
import { sampleReturn } from '../../test/support/noemie-files';

/** Milliseconds; every input is of a few thousand bytes. */
const TOO_LONG = 2_000;
const MOST_EDITS = 6;
const REPORT_EVERY = 100_000;
const CODES = new RejectionCodes([]);

/** Small numbers of a linear congruential generator: the same seed gives the same run. */
class Chance {
  constructor(private state: number) {}

  below(limit: number): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * limit);
  }
}

type Mutation = (bytes: Buffer, chance: Chance) => Buffer;

const cutOut: Mutation = (bytes, chance) => {
  const at = chance.below(bytes.length);
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + chance.below(200))]);
};

const MUTATIONS: readonly Mutation[] = [
  (bytes, chance) => {
    const copy = Buffer.from(bytes);
    copy[chance.below(copy.length)] = chance.below(256);
    return copy;
  },
  (bytes, chance) => {
    const copy = Buffer.from(bytes);
    copy[chance.below(copy.length)] = 48 + chance.below(10);
    return copy;
  },
  cutOut,
  (bytes, chance) => {
    const at = chance.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), Buffer.alloc(1 + chance.below(130), chance.below(256)), bytes.subarray(at)]);
  },
  (bytes, chance) => bytes.subarray(0, chance.below(bytes.length + 1)),
  (bytes, chance) => {
    const copy = Buffer.from(bytes);
    const blocks = Math.max(1, Math.floor(copy.length / 128));
    bytes.copy(copy, chance.below(blocks) * 128, chance.below(blocks) * 128, chance.below(bytes.length + 1));
    return copy;
  },
  (bytes, chance) => Buffer.from(bytes.toString('latin1').replaceAll(/.{128}/gs, chance.below(2) === 0 ? '$&\n' : '$&\r\n'), 'latin1'),
];

function mutate(seedFile: Buffer, chance: Chance): Buffer {
  let bytes = seedFile;
  for (let edits = 1 + chance.below(MOST_EDITS); edits > 0 && bytes.length > 0; edits--) {
    const mutation = MUTATIONS[chance.below(MUTATIONS.length)] ?? cutOut;
    bytes = mutation(bytes, chance);
  }
  return bytes;
}

function feed(bytes: Buffer): void {
  const explained = explain(bytes);
  if (explained.family === 'unknown' && explained.faults.length === 0) throw new Error('an unknown file without a fault');
  if (explained.faults.some(({ record }) => record < 1)) throw new Error('a fault before the first record');
  if (maskPatientData(explained).records.length !== explained.records.length) throw new Error('masking lost a record');
  readRsp(readNoemie(bytes), CODES);
}

function arl(): Buffer {
  return encodeArl0({
    arlFileId: '000017',
    arlDate: '2026-11-23',
    marking: 'T',
    recipientType: 'CP',
    recipientNumber: '00000001999999',
    senderType: 'TP',
    senderNumber: '00000999000011',
    ackedFileId: '000042',
    ackedFileDate: '2026-11-23',
    compostage: '2026112309304100042',
    acceptedFees: 31_300,
    results: [{ level: 'file', class: 'positive', code: '0000', label: 'FICHIER LU' }],
  });
}

/** An invoice of a locum in the late version of B2, with 4E behind each 4S, and one of the base with many complements. */
async function moreRecords(): Promise<readonly Buffer[]> {
  const [first, ...others] = sampleInvoices();
  if (first === undefined) throw new Error('no sample invoice');
  const locum = { ...first, practitioner: { ...first.practitioner, replacement: '999001019' } };
  const late = await dayFile([locum], { version: 'b2-ps-2005e-provisional', rppsOf: () => '10000000009' });
  const richest = others.reduce((one, other) => (JSON.stringify(other).length > JSON.stringify(one).length ? other : one), first);
  const files = [late, await dayFile([richest])];
  if (!readB2(late).records.some(({ type }) => type === '4E')) throw new Error('no record 4E among what is mutated');
  return files;
}

async function main(inputs: number, seed: number): Promise<void> {
  const files = [await workedFile(), sampleReturn(), arl(), ...(await moreRecords())];
  let slowest = 0;
  for (let index = 0; index < inputs; index++) {
    const bytes = mutate(files[index % files.length] ?? Buffer.alloc(0), new Chance(seed + index));
    const began = performance.now();
    try {
      feed(bytes);
    } catch (error) {
      process.stderr.write(`input ${index}, seed ${seed}: ${error instanceof Error ? (error.stack ?? error.message) : 'not an error'}\n`);
      process.exitCode = 1;
      return;
    }
    const took = performance.now() - began;
    slowest = Math.max(slowest, took);
    if (took > TOO_LONG) throw new Error(`input ${index}, seed ${seed}: ${Math.round(took)} ms`);
    if ((index + 1) % REPORT_EVERY === 0) process.stderr.write(`${index + 1}\n`);
  }
  process.stdout.write(`${JSON.stringify({ inputs, seed, crashes: 0, slowestMilliseconds: Math.round(slowest * 10) / 10 })}\n`);
}

const [inputs = '1000000', seed = '1'] = process.argv.slice(2);
void main(Number(inputs), Number(seed));
