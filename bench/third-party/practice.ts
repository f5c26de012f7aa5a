/** 100,000 open invoices in a real store, for the benches of third-party payments. Made once a run: bodies sealed, claims described, states as after sending. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClaimLists } from '../../src/teletrans/application/claim-lists';
import type { HolidayTable } from '../../src/teletrans/domain/calendar';
import type { Invoice } from '../../src/teletrans/domain/invoice';
import { RoutingTables } from '../../src/teletrans/domain/routing';
import { openStorage } from '../../src/teletrans/store/open';
import type { Store, StoredInvoice } from '../../src/teletrans/store/port';
import type { ThirdPartyRules } from '../../src/teletrans/third-party/rules';

export const PS = '999000011';
const TABLES = join(__dirname, '..', '..', 'addin', 'tables');
export const table = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(TABLES, name), 'utf8')) as unknown;
export const numberOf = (rank: number): string => String(rank + 1).padStart(9, '0');
export const NOW = new Date('2026-11-27T10:00:00Z');

export interface BenchPractice {
  readonly folder: string;
  readonly store: Store;
  /** Centimes of the AMO part of every invoice. */
  readonly amo: number;
  end(): Promise<void>;
}

const AT_ONCE = 5000;

/**
 * @param count of invoices, each with an AMO part; one in four has an AMC part too.
 * @param days over which they were sent.
 */
export async function benchPractice(count: number, days: number): Promise<BenchPractice> {
  const folder = await mkdtemp(join(tmpdir(), 'third-party-'));
  const { store } = await openStorage(folder);
  const sample = (await readFile(join(TABLES, '..', 'demonstration', 'journee.ndjson'), 'utf8')).split('\n')[0] ?? '';
  const body = JSON.parse(sample) as Invoice;
  for (let first = 0; first < count; first += AT_ONCE)
    await store.transaction(async (session) => {
      for (let rank = first; rank < Math.min(count, first + AT_ONCE); rank++) {
        const both = rank % 4 === 0;
        const own: Invoice = {
          ...body,
          thirdParty: both ? 'amo+amc' : 'amo',
          ...(both ? { amc: { number: String(810_000_000 + (rank % 300)) } } : {}),
          amo: { ...body.amo, fund: String(100 + (rank % 120)) },
          totals: { ...body.totals, amc: both ? 1500 + (rank % 700) : 0 },
        };
        await session.invoices.insert(storedOf(own, rank, days), own);
      }
    });
  return {
    folder,
    store,
    amo: body.totals.amo,
    end: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

function storedOf(body: Invoice, rank: number, days: number): StoredInvoice {
  const sent = new Date(NOW.getTime() - ((rank % days) + 1) * 86_400_000 + (rank % 600) * 60_000);
  const number = numberOf(rank);
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
    thirdParty: body.thirdParty,
    completedOn: sent.toISOString().slice(0, 10),
    deadline: sent.toISOString().slice(0, 10),
    linkedTo: null,
    amounts: { fees: body.totals.fees, amo: body.totals.amo, amc: body.totals.amc },
    contentHash: number,
    amoState: 'ACKED',
    amcState: body.totals.amc > 0 ? 'ACKED' : null,
    held: null,
    notes: [],
    lotId: null,
    receivedAt: sent.toISOString(),
    sentAt: sent.toISOString(),
    ackedAt: new Date(sent.getTime() + 3_600_000).toISOString(),
  };
}

/** Milliseconds of the clock and of the processor that `work` takes. Other programs of the machine slow the clock, less the processor. */
export async function measured<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly ms: number; readonly cpu: number }> {
  const before = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { result, ms, cpu: (user + system) / 1000 };
}

/** The lists of claims over a store, by the tables of the product. */
export async function claimListsOf(store: Store): Promise<ClaimLists> {
  const recipients = join(__dirname, '..', '..', 'addin', 'tables', 'recipients');
  const text = (name: string): Promise<string> => readFile(join(recipients, name), 'utf8');
  return new ClaimLists({
    store,
    rules: (await table('third-party.json')) as ThirdPartyRules,
    routes: RoutingTables.parse(await text('amo_recipients.tsv'), await text('amc_recipients.tsv')),
    calendar: { table: (await table('holidays.json')) as HolidayTable, region: '35', goodFriday: false },
    clock: { now: () => NOW },
  });
}
