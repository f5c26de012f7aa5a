/**
 * Invoices written to disk as B2 files, piece by piece: processor time for one invoice and peak memory, at several sizes in one run. Every lot is sealed, read again and
 * checked as in production. Files hold 500 lots of 100 invoices at most (999 and 999 are the limits of the norm).
 * Run: `node --require ./test/teletrans/store/programs/typescript.cjs bench/formats/invoices-to-file.ts [count...]`; prints one JSON line a size, median and range.
 */
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Invoice } from '../../src/teletrans/domain/invoice';
import { B2FileFormatter } from '../../src/teletrans/formats/b2/file-formatter';
import { B2LotFormatter } from '../../src/teletrans/formats/b2/lot-formatter';
import { SimulatorSealer } from '../../src/teletrans/formats/b2/simulator-sealer';
import { writeB2File } from '../../src/teletrans/formats/b2/streaming';
import { median } from './rounds';

const INVOICES_PER_LOT = 100;
const LOTS_PER_FILE = 500;
const lots = new B2LotFormatter();
const files = new B2FileFormatter();
const sealer = new SimulatorSealer();

const samples = readFileSync(path.join(__dirname, '..', '..', 'test', 'data', 'journee.ndjson'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Invoice)
  .filter((invoice) => invoice.practitioner.billingNumber === '999000011' && invoice.securing === 'S');

function* invoices(first: number, count: number): Generator<Invoice> {
  for (let index = first; index < first + count; index++) {
    const sample = samples[index % samples.length];
    if (sample !== undefined) yield { ...sample, number: String(index + 1).padStart(9, '0') };
  }
}

async function* lotsOf(first: number, count: number): AsyncGenerator<Buffer> {
  for (let done = 0, lot = 1; done < count; done += INVOICES_PER_LOT, lot++) {
    const encoded = [...invoices(first + done, Math.min(INVOICES_PER_LOT, count - done))].map((invoice) => lots.encodeInvoice(invoice));
    const header = {
      billingNumber: '999000011',
      recipientBody: '999',
      lotNumber: String(lot).padStart(3, '0'),
      practitionerName: 'CABINET FICTIF',
      lotDate: '2026-11-23',
      security: 'S',
      marking: 'T',
      replacement: null,
    } as const;
    yield await lots.encodeLot(header, encoded, sealer);
  }
}

async function* stream(count: number, peak: () => void): AsyncGenerator<Buffer> {
  const perFile = INVOICES_PER_LOT * LOTS_PER_FILE;
  for (let first = 0, file = 1; first < count; first += perFile, file++) {
    const header = {
      senderType: 'TP',
      senderNumber: '00000999000011',
      recipientType: 'CP',
      recipientNumber: '00000001999999',
      fileId: String(file).padStart(6, '0'),
      fileDate: '2026-11-23',
    };
    for await (const piece of writeB2File(files, header, lotsOf(first, Math.min(perFile, count - first)))) {
      peak();
      yield piece;
    }
  }
}

/** Invoices written before anything is measured: the engine compiles what runs often. */
const WARM_UP = 50_000;
/** Sizes are written in turn, round after round, each as often in a round as makes this many invoices; a larger one is written in the first round alone. */
const EACH_ROUND = 100_000;
const ROUNDS = 5;
/** Pieces of a file (lots of 100 invoices) between two looks at the memory. */
const PIECES_PER_LOOK = 20;

interface Run {
  /** Processor time of an invoice, in microseconds: other programs hardly change it. */
  readonly microseconds: number;
  readonly bytes: number;
  /** Most bytes of memory the process held. */
  readonly peak: number;
}

async function writeOnce(count: number): Promise<Run> {
  const folder = mkdtempSync(path.join(tmpdir(), 'vitale-bench-'));
  const target = path.join(folder, 'out.b2');
  let peak = 0;
  let pieces = 0;
  const look = (): void => {
    if (pieces++ % PIECES_PER_LOOK === 0) peak = Math.max(peak, process.memoryUsage.rss());
  };
  const began = process.cpuUsage();
  try {
    await pipeline(Readable.from(stream(count, look)), createWriteStream(target));
    const { user, system } = process.cpuUsage(began);
    return { microseconds: (user + system) / count, bytes: statSync(target).size, peak };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(count: number, runs: readonly Run[]): object {
  const costs = runs.map(({ microseconds }) => microseconds);
  return {
    invoices: count,
    runs: runs.length,
    microsecondsPerInvoice: Math.round(median(costs) * 10) / 10,
    from: Math.round(Math.min(...costs) * 10) / 10,
    to: Math.round(Math.max(...costs) * 10) / 10,
    megabytes: Math.round((runs[0]?.bytes ?? 0) / 1e6),
    peakMegabytes: Math.round(Math.max(...runs.map(({ peak }) => peak)) / 1e6),
  };
}

async function main(counts: readonly number[]): Promise<void> {
  await writeOnce(WARM_UP);
  const runs = new Map<number, Run[]>(counts.map((count) => [count, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [count, own] of runs) {
      if (count > EACH_ROUND && round > 0) continue;
      for (let written = 0; written < Math.max(EACH_ROUND, count); written += count) own.push(await writeOnce(count));
    }
  }
  for (const [count, own] of runs) process.stdout.write(`${JSON.stringify(report(count, own))}\n`);
}

const asked = process.argv.slice(2).map(Number);
void main(asked.length > 0 ? asked : [1_000, 10_000, 100_000]);
