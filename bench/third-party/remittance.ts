/**
 * Matching a long remittance against many open invoices: is the cost of a line flat? 100,000 invoices are open in the real store; remittances of 1,000, 10,000 and 50,000
 * lines are booked whole, each in one transaction, on lines that no other one names. Other programs of the machine slow the clock, less the
 * processor's own time: both are told. Run: `node --require ./test/teletrans/store/programs/typescript.cjs bench/third-party/remittance.ts`.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Invoice } from '../../src/teletrans/domain/invoice';
import { RejectionCodes } from '../../src/teletrans/formats/noemie/rejection-codes';
import { encodeRsp } from '../../src/teletrans/formats/noemie/rsp-writer';
import { openStorage } from '../../src/teletrans/store/open';
import type { StoredInvoice } from '../../src/teletrans/store/port';
import { RspApplication } from '../../src/teletrans/third-party/applying';
import type { ThirdPartyRules } from '../../src/teletrans/third-party/rules';
import { Settling } from '../../src/teletrans/third-party/settling';

const OPEN = 100_000;
const SIZES = [1_000, 10_000, 50_000];
const PS = '999000011';
const TABLES = join(__dirname, '..', '..', 'addin', 'tables');
const table = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(TABLES, name), 'utf8')) as unknown;
const numberOf = (rank: number): string => String(rank + 1).padStart(9, '0');

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'remittance-'));
  const { store } = await openStorage(folder);
  const clock = { now: () => new Date('2026-11-27T10:00:00Z') };
  const rsp = new RspApplication(
    RejectionCodes.parse(await table('rejection-codes.json')),
    new Settling((await table('third-party.json')) as ThirdPartyRules),
    'test',
    clock,
    { uuid: randomUUID },
  );
  const sample = (await readFile(join(TABLES, '..', 'demonstration', 'journee.ndjson'), 'utf8')).split('\n')[0] ?? '';
  const body = JSON.parse(sample) as Invoice;
  for (let first = 0; first < OPEN; first += 5000)
    await store.transaction(async (session) => {
      for (let rank = first; rank < first + 5000; rank++) await session.invoices.insert(storedOf(body, numberOf(rank)), body);
    });
  process.stdout.write(`${OPEN} open invoices\n`);
  let from = 0;
  for (const size of SIZES) {
    const bytes = remittance(from, size, body.totals.amo);
    const delay = monitorEventLoopDelay({ resolution: 10 });
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
          receivedAt: '2026-11-27T10:00:00Z',
          reason: null,
          fileId: null,
        },
        Buffer.alloc(0),
      ),
    );
    delay.enable();
    const start = performance.now();
    const before = process.cpuUsage();
    const outcome = await store.transaction((session) => rsp.apply(session, entry, bytes, entry));
    const ms = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    delay.disable();
    if (outcome.kind !== 'booked' || outcome.parts !== size) throw new Error('not every line was booked');
    process.stdout.write(
      `${String(size).padStart(6)} lines: ${(ms / 1000).toFixed(2)} s, ${((ms * 1000) / size).toFixed(0)} µs a line, ${((user + system) / size).toFixed(0)} µs of processor a line, longest pause ${(delay.max / 1e6).toFixed(0)} ms\n`,
    );
    from += size;
  }
  const start = performance.now();
  const rows = await store.read((session) => session.thirdParty.claims.list());
  process.stdout.write(`list of ${rows.length} claims: ${(performance.now() - start).toFixed(0)} ms\n`);
  await store.close();
  await rm(folder, { recursive: true });
}

function storedOf(body: Invoice, number: string): StoredInvoice {
  return {
    id: randomUUID(),
    hostId: `B-${number}`,
    kind: 'FSE',
    number,
    billingNumber: PS,
    situation: '1',
    replacement: null,
    marking: 'T',
    securing: 'S',
    thirdParty: 'amo',
    completedOn: '2026-11-20',
    deadline: '2026-12-02',
    linkedTo: null,
    amounts: { fees: body.totals.fees, amo: body.totals.amo, amc: 0 },
    contentHash: number,
    amoState: 'ACKED',
    amcState: null,
    held: null,
    notes: [],
    lotId: null,
    receivedAt: '2026-11-20T10:00:00Z',
    sentAt: '2026-11-20T18:00:00Z',
    ackedAt: '2026-11-20T19:00:00Z',
  };
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
