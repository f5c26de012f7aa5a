/**
 * Hand-over of one invoice until it is on the disk: one transaction of the store, against a bare append and flush of the same bytes, turn by turn in the same run.
 * Run: `node --require ./test/teletrans/store/programs/typescript.cjs bench/store/hand-over.ts [rounds]`; prints one JSON line.
 */
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { openStorage } from '../../src/teletrans/store/open';
import { anEntry, anInvoice, anInvoiceBody } from '../../test/teletrans/store/samples';

const WARM_UP = 50;

function quantiles(times: readonly number[]): { readonly p50: number; readonly p99: number; readonly most: number } {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 1000) / 1000;
  return { p50: at(0.5), p99: at(0.99), most: at(1) };
}

async function timed(work: () => Promise<void> | void): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function main(rounds: number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'vitale-bench-'));
  const { store } = await openStorage(folder);
  const bare = openSync(path.join(folder, 'bare'), 'a');
  const inStore: number[] = [];
  const onDisk: number[] = [];
  for (let i = 0; i < rounds + WARM_UP; i++) {
    const invoice = anInvoice();
    const body = anInvoiceBody(invoice.number);
    const bytes = Buffer.from(JSON.stringify([invoice, body]));
    const inside = await timed(() =>
      store.transaction(async (session) => {
        await session.invoices.insert(invoice, body);
        await session.journal.append(anEntry({ entityId: invoice.id }));
      }),
    );
    const bareTime = await timed(() => {
      writeSync(bare, bytes);
      fsyncSync(bare);
    });
    if (i < WARM_UP) continue;
    inStore.push(inside);
    onDisk.push(bareTime);
  }
  const counting = await timed(async () => {
    await store.read((session) => session.invoices.countByState());
  });
  closeSync(bare);
  await store.close();
  rmSync(folder, { recursive: true, force: true });
  const report = {
    rounds,
    store: quantiles(inStore),
    writeAndFlush: quantiles(onDisk),
    countByStateMs: Math.round(counting * 1000) / 1000,
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
}

void main(Number(process.argv[2] ?? 2000));
