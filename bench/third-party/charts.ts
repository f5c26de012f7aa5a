/**
 * What is due by age and month by month, of 100,000 invoices over two years, two thirds of them paid: is it answered at once? Milliseconds of the processor, median of seven,
 * and of the clock in brackets. Run: `node --require ./test/teletrans/store/programs/typescript.cjs bench/third-party/charts.ts`.
 */
import { randomUUID } from 'node:crypto';
import { chartsOf } from '../../src/teletrans/application/charts-desk';
import { localDate } from '../../src/teletrans/domain/clock';
import type { Store } from '../../src/teletrans/store/port';
import { benchPractice, claimListsOf, measured } from './practice';

const ROUNDS = 7;
const AT_ONCE = 5000;

async function pay(store: Store): Promise<number> {
  const handles = await store.read(({ thirdParty }) => thirdParty.claims.select({}, { key: 'sent', descending: false }));
  let entries = 0;
  for (let from = 0; from < handles.length; from += AT_ONCE)
    await store.transaction(async ({ thirdParty: { claims, ledger } }) => {
      for (const [rank, claim] of (await claims.rows(Array.from(handles.subarray(from, from + AT_ONCE)))).entries()) {
        if (rank % 3 === 0) continue;
        const { invoiceId, part, expected, sentAt } = claim;
        const at = new Date(Date.parse(sentAt ?? '') + 12 * 86_400_000).toISOString();
        const entry = { at, valueDate: localDate(new Date(at)), actor: 'external', lineId: null, batch: randomUUID(), note: null };
        await ledger.append({ ...entry, id: randomUUID(), invoiceId, part, kind: 'payment', amount: expected, undoOf: null });
        entries += 1;
      }
    });
  return entries;
}

async function main(): Promise<void> {
  const practice = await benchPractice(100_000, 700);
  const entries = await pay(practice.store);
  const frame = (await claimListsOf(practice.store)).frame();
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await measured(() => chartsOf(practice.store, frame)));
  const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
  const [last] = rounds.slice(-1);
  process.stdout.write(
    `100,000 invoices, ${entries} payments: ${median(rounds.map(({ cpu }) => cpu)).toFixed(0)} ms (${median(rounds.map(({ ms }) => ms)).toFixed(0)}); ${last?.result.months.length} months, ${last?.result.totals.all.count} parts\n`,
  );
  await practice.end();
}

void main();
