/**
 * A purge of many invoices: how long, and how much memory, against a tenth of them in the same run. Each size runs in a process of its own. Two figures of memory: what
 * the process holds (with the garbage that V8 has not yet had a reason to collect, which grows with time), and what is alive after a collection, which must not grow.
 * Run: `node --require ./test/teletrans/store/programs/typescript.cjs bench/archive/purge.ts [invoices]`; prints one JSON line.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { openStorage } from '../../src/teletrans/store/open';
import { fillOldPractice, purgeOf } from '../../test/support/old-practice';

interface Measured {
  readonly invoices: number;
  readonly archived: number;
  readonly seconds: number;
  readonly perInvoiceMs: number;
  readonly archiveMiB: number;
  /** Before the purge, and the most seen during it, sampled at every hundredth item. */
  readonly rssBeforeMiB: number;
  readonly rssMostMiB: number;
  /** Alive on the heap after a collection, sampled at every quarter of each step: before the purge, and the most. */
  readonly aliveBeforeMiB: number;
  readonly aliveMostMiB: number;
}

const mib = (bytes: number): number => Math.round(bytes / 104_857.6) / 10;

/** Bytes. */
function alive(): number {
  if (globalThis.gc === undefined) throw new Error('run with --expose-gc');
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

async function fill(folder: string, invoices: number): Promise<void> {
  const storage = await openStorage(folder);
  await fillOldPractice(storage, { invoices, invoicesPerLot: 20, lotsPerFile: 10 });
  await storage.store.close();
}

async function purge(folder: string, invoices: number): Promise<Measured> {
  const storage = await openStorage(folder);
  const before = process.memoryUsage().rss;
  let most = before;
  const aliveBefore = alive();
  let aliveMost = aliveBefore;
  let quarter = '';
  let items = 0;
  const start = performance.now();
  const { archived } = await purgeOf(storage).run(({ step, done, total }) => {
    if ((items += 1) % 100 === 0) most = Math.max(most, process.memoryUsage().rss);
    const now = `${step} ${String(Math.floor((done * 4) / total))}`;
    if (now === quarter) return;
    quarter = now;
    most = Math.max(most, process.memoryUsage().rss);
    aliveMost = Math.max(aliveMost, alive());
  });
  const seconds = (performance.now() - start) / 1000;
  const [archive] = await storage.store.read((session) => session.archives.list());
  await storage.store.close();
  return {
    invoices,
    archived,
    seconds: Math.round(seconds * 10) / 10,
    perInvoiceMs: Math.round((seconds * 100_000) / invoices) / 100,
    archiveMiB: mib(archive?.bytes ?? 0),
    rssBeforeMiB: mib(before),
    rssMostMiB: mib(most),
    aliveBeforeMiB: mib(aliveBefore),
    aliveMostMiB: mib(aliveMost),
  };
}

function inProcess(step: 'fill' | 'purge', folder: string, invoices: number): string {
  const { stdout, status } = spawnSync(process.execPath, [...process.execArgv, '--expose-gc', __filename, step, folder, String(invoices)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`${step} ended with ${String(status)}`);
  return stdout;
}

async function main([step = '', folder = '', invoices = '']: readonly string[]): Promise<void> {
  if (step === 'fill') return fill(folder, Number(invoices));
  if (step === 'purge') return void process.stdout.write(JSON.stringify(await purge(folder, Number(invoices))));
  const most = Number(step === '' ? 100_000 : step);
  const measured = [most / 10, most].map((count) => {
    const place = mkdtempSync(path.join(tmpdir(), 'bench-purge-'));
    try {
      inProcess('fill', place, count);
      return JSON.parse(inProcess('purge', place, count)) as Measured;
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  });
  process.stdout.write(`${JSON.stringify(measured)}\n`);
  return undefined;
}

void main(process.argv.slice(2));
