/**
 * What the window reads first, and what its lists read, over a store of many invoices that are settled but for a day's work: the glance against the whole overview in the same run.
 * Run: `node --require ./test/teletrans/store/programs/typescript.cjs bench/window/first-content.ts [invoices]`; prints one JSON line.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { openRig } from '../../test/support/practice-rig';
import { anInvoice, anInvoiceBody } from '../../test/teletrans/store/samples';

const AT_ONCE = 2000;

async function timed(
  rounds: number,
  work: () => Promise<unknown>,
): Promise<{ readonly medianMs: number; readonly mostMs: number; readonly bytes: number }> {
  const times: number[] = [];
  let bytes = 0;
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    bytes = Buffer.byteLength(JSON.stringify(await work()));
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => Math.round(times[Math.floor((times.length - 1) * share)] ?? 0);
  return { medianMs: at(0.5), mostMs: at(1), bytes };
}

async function main(invoices: number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'vitale-bench-'));
  const rig = await openRig({ folder });
  for (let done = 0; done < invoices; done += AT_ONCE)
    await rig.store.transaction(async (session) => {
      for (let rank = done; rank < Math.min(done + AT_ONCE, invoices); rank++) {
        const settled = rank >= 200;
        const invoice = anInvoice({ amoState: settled ? 'PAID' : 'READY', amcState: null });
        await session.invoices.insert(invoice, anInvoiceBody(invoice.number));
      }
    });
  const before = process.memoryUsage().rss;
  const glance = await timed(9, () => rig.app.glance());
  const grownByGlance = process.memoryUsage().rss - before;
  const overview = await timed(3, () => rig.app.overview());
  await rig.close();
  rmSync(folder, { recursive: true, force: true });
  process.stdout.write(
    `${JSON.stringify({ invoices, glance, grownByGlance, overview, ratio: Math.round(overview.medianMs / Math.max(1, glance.medianMs)) })}\n`,
  );
}

void main(Number(process.argv[2] ?? '100000'));
