/**
 * A purge of many invoices: how long, and how much memory, against a tenth of them in the same run. Each size runs in a process of its own.
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
  readonly heapMostMiB: number;
}

const mib = (bytes: number): number => Math.round(bytes / 104_857.6) / 10;

async function fill(folder: string, invoices: number): Promise<void> {
  const storage = await openStorage(folder);
  await fillOldPractice(storage, { invoices, invoicesPerLot: 20, lotsPerFile: 10 });
  await storage.store.close();
}

async function purge(folder: string, invoices: number): Promise<Measured> {
  const storage = await openStorage(folder);
  const before = process.memoryUsage().rss;
  let most = before;
  let heap = 0;
  let items = 0;
  const start = performance.now();
  const { archived } = await purgeOf(storage).run(() => {
    if ((items += 1) % 100 !== 0) return;
    const usage = process.memoryUsage();
    most = Math.max(most, usage.rss);
    heap = Math.max(heap, usage.heapUsed);
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
    heapMostMiB: mib(heap),
  };
}

function inProcess(step: 'fill' | 'purge', folder: string, invoices: number): string {
  const { stdout, status } = spawnSync(process.execPath, [...process.execArgv, __filename, step, folder, String(invoices)], {
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
