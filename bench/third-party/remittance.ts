/**
 * Matching a long remittance against many open invoices: is the cost of a line flat? 100,000 invoices are open in the real store; remittances of 1,000 to 50,000
 * lines are booked whole, each in one transaction, on lines that no other one names. Other programs of the machine slow the clock, less the
 * processor's own time: both are told. Run: `node --require ./test/teletrans/store/programs/typescript.cjs bench/third-party/remittance.ts`.
 */
import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { RejectionCodes } from '../../src/teletrans/formats/noemie/rejection-codes';
import { encodeRsp } from '../../src/teletrans/formats/noemie/rsp-writer';
import { RspApplication } from '../../src/teletrans/third-party/applying';
import type { ThirdPartyRules } from '../../src/teletrans/third-party/rules';
import { Settling } from '../../src/teletrans/third-party/settling';
import { benchPractice, measured, NOW, numberOf, PS, table } from './practice';

const OPEN = 100_000;
const SIZES = [1_000, 5_000, 10_000, 25_000, 50_000];

async function main(): Promise<void> {
  const practice = await benchPractice(OPEN, 60);
  const { store, amo } = practice;
  const rsp = new RspApplication(
    RejectionCodes.parse(await table('rejection-codes.json')),
    new Settling((await table('third-party.json')) as ThirdPartyRules),
    'test',
    { now: () => NOW },
    { uuid: randomUUID },
  );
  process.stdout.write(`${OPEN} open invoices\n`);
  let from = 0;
  let first = 0;
  for (const size of SIZES) {
    const bytes = remittance(from, size, amo);
    const entry = randomUUID();
    await store.transaction((session) =>
      session.returns.insert(
        {
          id: entry,
          uidl: entry,
          mailSha256: entry,
          contentSha256: entry,
          kind: 'RSP',
          state: 'spooled',
          receivedAt: NOW.toISOString(),
          reason: null,
          fileId: null,
        },
        Buffer.alloc(0),
      ),
    );
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    const { result, ms, cpu } = await measured(() => store.transaction((session) => rsp.apply(session, entry, bytes, entry)));
    delay.disable();
    if (result.kind !== 'booked' || result.parts !== size) throw new Error('not every line was booked');
    const line = (cpu * 1000) / size;
    if (first === 0) first = line;
    process.stdout.write(
      `${String(size).padStart(6)} lines: ${line.toFixed(0)} µs of processor a line (${(line / first).toFixed(2)} of the first), ${((ms * 1000) / size).toFixed(0)} µs of the clock, longest pause ${(delay.max / 1e6).toFixed(0)} ms\n`,
    );
    from += size;
  }
  const { amo: totals } = await store.read((session) => session.thirdParty.claims.totals());
  process.stdout.write(`paid ${totals.paid / 100} €, due ${totals.due / 100} €, ${totals.open} AMO parts open\n`);
  await practice.end();
}

/** Nine in ten paid in full, the others in part. The lots are those of no invoice here: matching by practitioner and number. */
function remittance(from: number, size: number, amo: number): Buffer {
  const text = encodeRsp({
    senderType: 'CP',
    senderNumber: '00000001999999',
    recipientNumber: '00000999000011',
    fileId: numberOf(from).slice(-6),
    fileDate: '2026-11-27',
    flowKind: 'T',
    transfers: [
      {
        billingNumber: PS,
        date: '2026-11-27',
        label: 'VIREMENT',
        invoices: Array.from({ length: size }, (_, rank) => ({
          number: numberOf(from + rank),
          lotNumber: '000',
          lotDate: '2026-11-20',
          kind: 'F',
          amo: { requested: amo, state: 'P' as const, paid: rank % 10 === 0 ? amo - 100 : amo },
        })),
      },
    ],
  });
  return text;
}

void main();
