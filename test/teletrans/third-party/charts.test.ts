/** The charts add up to the totals of the page, whatever the day; and what was due at the end of each month is what the claims and the ledger say one by one. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { chartsOf } from '../../../src/teletrans/application/charts-desk';
import type { ChartsView, ClaimView } from '../../../src/teletrans/application/third-party-port';
import { localDate } from '../../../src/teletrans/domain/clock';
import { monthsUpTo } from '../../../src/teletrans/third-party/charts';
import { instant, listsOf, openBook } from './book';
import type { Desk } from './desk';

const EVERYTHING = { part: null, payer: null, practitioner: null, age: null, settlement: 'all', search: '' } as const;
const PARTS = ['amo', 'amc'] as const;

interface Booked {
  readonly part: 'amo' | 'amc';
  readonly month: string;
  readonly amount: number;
  readonly invoiceId: string;
  readonly money: boolean;
}

describe('the charts', () => {
  let desk: Desk;
  const booked: Booked[] = [];
  beforeAll(async () => {
    desk = await openBook();
    desk.setNow('2026-12-20T10:00:00+01:00');
    const money = await desk.store.read(({ thirdParty }) => thirdParty.ledger.money());
    booked.push(
      ...money.map(({ part, valueDate, amount, invoiceId }) => ({ part, month: valueDate.slice(0, 7), amount, invoiceId, money: true })),
    );
    // What people wrote off, of claims of every kind: recycled ones too, which no list shows any more; and a transfer announced for later.
    const invoices = await desk.store.read(({ invoices: table }) => table.list({}));
    const sample = fc.sample(fc.record({ at: instant, amount: fc.constantFrom(1, 50, -20) }), { numRuns: 40, seed: 3 });
    await desk.store.transaction(async ({ thirdParty }) => {
      for (const [rank, { at, amount }] of sample.entries()) {
        const { id } = invoices[rank * 2] ?? { id: '' };
        const valueDate = rank === 0 ? '2027-06-30' : at.slice(0, 10);
        const kind = rank % 3 === 0 ? 'closure' : 'adjustment';
        const entry = { id: randomUUID(), at, valueDate, actor: 'person', lineId: null, batch: randomUUID(), note: null, undoOf: null };
        await thirdParty.ledger.append({ ...entry, invoiceId: id, part: 'amo', kind, amount });
        booked.push({ part: 'amo', month: valueDate.slice(0, 7), amount, invoiceId: id, money: false });
      }
    });
  }, 60_000);
  afterAll(() => desk.close());

  const charts = (): Promise<ChartsView> => chartsOf(desk.store, listsOf(desk).frame());
  const rows = async (): Promise<readonly ClaimView[]> =>
    (await listsOf(desk).page({ choices: EVERYTHING, order: { key: 'age', direction: 'desc' }, from: 0, count: 500, view: null })).rows;

  it('add up to the totals of the page, and each bar to the list it opens', async () => {
    let bars = 0;
    await fc.assert(
      fc.asyncProperty(instant, fc.integer({ min: -20, max: 400 }), async (now, days) => {
        desk.setNow(new Date(Date.parse(now) + days * 86_400_000).toISOString());
        const { ages, months, totals } = await charts();
        const lists = listsOf(desk);
        const list = await lists.page({ choices: EVERYTHING, order: { key: 'age', direction: 'asc' }, from: 0, count: 1, view: null });
        expect({ amo: totals.amo, amc: totals.amc }).toEqual(list.totals);
        for (const part of PARTS) {
          expect(ages.reduce((sum, age) => sum + age[part].due, 0)).toBe(list.totals[part].due);
          expect(ages.reduce((sum, age) => sum + age[part].count, 0)).toBe(list.totals[part].count);
          expect(months.at(-1)?.[part].due).toBe(list.totals[part].due);
        }
        for (const { age, ...own } of ages)
          for (const part of PARTS) {
            const choices = { ...EVERYTHING, settlement: 'open', part, age } as const;
            const opened = await lists.page({ choices, order: { key: 'age', direction: 'desc' }, from: 0, count: 1, view: null });
            expect([opened.count, opened.totals[part].due]).toEqual([own[part].open, own[part].due]);
            if (own[part].open > 0) bars += 1;
          }
      }),
      { numRuns: 40 },
    );
    expect(bars).toBeGreaterThan(40);
  }, 120_000);

  it('say of each month what claims and ledger say one by one', async () => {
    desk.setNow('2026-12-20T10:00:00+01:00');
    const [{ months }, claims] = [await charts(), await rows()];
    expect(months.map(({ month }) => month)).toEqual(['2026-08', '2026-09', '2026-10', '2026-11', '2026-12']);
    const listed = new Set(claims.map(({ invoiceId, part }) => `${invoiceId} ${part}`));
    // Written off of a claim that no list shows any more: there are some, and they are in no total.
    expect(booked.filter(({ invoiceId, part, money }) => !money && !listed.has(`${invoiceId} ${part}`)).length).toBeGreaterThan(0);
    for (const part of PARTS) {
      let due = 0;
      for (const [rank, { month, ...own }] of months.entries()) {
        const within = (other: string): boolean =>
          rank === months.length - 1 ? other >= month : other === month || (rank === 0 && other < month);
        const sent = claims.filter((claim) => claim.part === part && within((claim.sentOn ?? claim.date).slice(0, 7)));
        const entries = booked.filter((entry) => entry.part === part && within(entry.month) && listed.has(`${entry.invoiceId} ${part}`));
        const sum = (all: readonly { readonly amount: number }[]): number => all.reduce((total, { amount }) => total + amount, 0);
        const expected = sent.reduce((total, claim) => total + claim.expected, 0);
        const [paid, adjusted] = [sum(entries.filter(({ money }) => money)), sum(entries.filter(({ money }) => !money))];
        due += expected - paid - adjusted;
        expect([month, part, own[part]]).toEqual([month, part, { sent: expected, paid, adjusted, due }]);
      }
    }
  });

  it('go back twelve months at most, what came before being in what was due then', async () => {
    desk.setNow('2027-10-05T10:00:00+02:00');
    const [{ months }, claims] = [await charts(), await rows()];
    expect([months.length, months[0]?.month, months.at(-1)?.month]).toEqual([12, '2026-11', '2027-10']);
    const before = claims.filter(({ part, sentOn, date }) => part === 'amc' && (sentOn ?? date) < '2026-11-01');
    const [first] = months;
    expect(before.length).toBeGreaterThan(0);
    expect((first?.amc.due ?? 0) - (first?.amc.sent ?? 0) + (first?.amc.paid ?? 0)).toBe(
      before.reduce((sum, { expected }) => sum + expected, 0),
    );
  });
});

describe('months', () => {
  it('are those up to this one, none before anything was', () => {
    expect(monthsUpTo('2026-01-31', null)).toEqual([]);
    expect(monthsUpTo('2026-02-01', '2025-12-31')).toEqual(['2025-12', '2026-01', '2026-02']);
    expect(monthsUpTo('2026-02-01', '2020-01-01')).toHaveLength(12);
    expect(monthsUpTo('2026-02-01', '2020-01-01')[0]).toBe('2025-03');
    // Sent by a clock that was ahead.
    expect(monthsUpTo('2026-02-01', '2026-05-01')).toEqual(['2026-02']);
  });

  it('begin at midnight of Paris', () => {
    expect(localDate(new Date('2026-10-31T23:00:00Z'))).toBe('2026-11-01');
  });
});
