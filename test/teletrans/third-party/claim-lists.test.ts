/**
 * The list of claims is chosen, sorted and added up in SQL. Here it is compared with the plain rules, row by row: the same claims, in order, with the same totals, whatever
 * is asked, on whatever day; and however it is cut into stretches.
 */
import fc from 'fast-check';
import type { ClaimLists } from '../../../src/teletrans/application/claim-lists';
import type { ClaimChoices, ClaimColumn, ClaimOrder, ClaimView } from '../../../src/teletrans/application/third-party-port';
import { totalOf } from '../../../src/teletrans/third-party/totals';
import { instant, listsOf, openBook } from './book';
import type { Desk } from './desk';

const EVERYTHING: ClaimChoices = { part: null, payer: null, practitioner: null, age: null, settlement: 'all', search: '' };
const BY_AGE: ClaimOrder = { key: 'age', direction: 'desc' };

/** One claim in words of the plain rules. */
const SETTLED: Readonly<Record<ClaimChoices['settlement'], (claim: ClaimView) => boolean>> = {
  all: () => true,
  open: ({ due }) => due !== 0,
  settled: ({ due }) => due === 0,
  late: ({ lateDays, due }) => lateDays !== null && due > 0,
  remind: ({ remind }) => remind,
};
function chosen(claims: readonly ClaimView[], { part, payer, practitioner, age, settlement, search }: ClaimChoices): readonly ClaimView[] {
  return claims.filter(
    (claim) =>
      (part === null || claim.part === part) &&
      (payer === null || claim.payer === payer) &&
      (practitioner === null || claim.practitioner === practitioner) &&
      (age === null || claim.ageClass === age) &&
      SETTLED[settlement](claim) &&
      claim.number.includes(search),
  );
}

describe('the list of claims', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openBook();
  }, 60_000);
  afterAll(() => desk.close());

  const lists = (): ClaimLists => listsOf(desk);
  const keyOf = ({ invoiceId, part }: ClaimView): string => `${invoiceId} ${part}`;

  it('is what the rules say of each claim, with the totals of the whole list', async () => {
    const choices = fc.record<ClaimChoices>({
      part: fc.constantFrom(null, 'amo', 'amc'),
      payer: fc.constant(null),
      practitioner: fc.constantFrom(null, '999000011'),
      age: fc.constantFrom(null, '0-7', '8-30', '31-60', '61-90', '91+'),
      settlement: fc.constantFrom('all', 'open', 'settled', 'late', 'remind'),
      search: fc.constantFrom('', '10', '3'),
    });
    const order = fc.record<ClaimOrder>({
      key: fc.constantFrom<ClaimColumn>('number', 'part', 'payer', 'date', 'age', 'expected', 'paid', 'due', 'state'),
      direction: fc.constantFrom('asc', 'desc'),
    });
    const kinds = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(instant, choices, order, fc.integer({ min: 1, max: 40 }), fc.boolean(), async (now, asked, by, step, named) => {
        desk.setNow(new Date(Date.parse(now) + 20 * 86_400_000).toISOString());
        const everything = await lists().page({ choices: EVERYTHING, order: BY_AGE, from: 0, count: 500, view: null });
        const own = { ...asked, payer: named ? (everything.rows[0]?.payer ?? null) : null };
        const expected = chosen(everything.rows, own);
        const list = lists();
        let page = await list.page({ choices: own, order: by, from: 0, count: step, view: null });
        const found = [...page.rows];
        while (found.length < page.count) {
          page = await list.page({ choices: own, order: by, from: found.length, count: step, view: page.view });
          expect(page.rows.length).toBeGreaterThan(0);
          found.push(...page.rows);
        }
        expect(found.map(keyOf).sort()).toEqual(expected.map(keyOf).sort());
        expect(page.count).toBe(expected.length);
        for (const part of ['amo', 'amc'] as const)
          expect(page.totals[part]).toEqual(totalOf(expected.filter((claim) => claim.part === part)));
        const values = found.map((claim) => claim[by.key]);
        const collator = new Intl.Collator('fr', { numeric: true, sensitivity: 'base' });
        for (const [rank, value] of values.entries()) {
          const before = values[rank - 1];
          if (before === undefined) continue;
          const way =
            typeof value === 'number'
              ? Number(before) - value
              : by.key === 'payer'
                ? collator.compare(String(before), value)
                : before < value
                  ? -1
                  : before === value
                    ? 0
                    : 1;
          expect(by.direction === 'asc' ? way : -way).toBeLessThanOrEqual(0);
        }
        kinds.set(own.settlement, (kinds.get(own.settlement) ?? 0) + found.length);
      }),
      { numRuns: 150 },
    );
    // The comparison is worth something: every kind of list had rows.
    expect([...kinds.values()].filter((count) => count > 0)).toHaveLength(5);
  }, 120_000);

  it('keeps the ranks of its rows while somebody scrolls, and shows each as it is now', async () => {
    desk.setNow('2026-12-20T10:00:00+01:00');
    const list = lists();
    const ask = { choices: { ...EVERYTHING, settlement: 'open' as const }, order: BY_AGE, from: 0, count: 5 };
    const first = await list.page({ ...ask, view: null });
    await list.page({ ...ask, from: 5, view: first.view });
    const [paidNow] = first.rows;
    if (paidNow === undefined) throw new Error('no claim');
    await desk.store.transaction(async ({ thirdParty }) => {
      const { invoiceId, part, due } = paidNow;
      const entry = { id: 'now', at: '2026-12-20T09:00:00Z', valueDate: '2026-12-20', actor: 'external', lineId: null, batch: 'now' };
      await thirdParty.ledger.append({ ...entry, invoiceId, part, kind: 'payment', amount: due, undoOf: null, note: null });
    });
    const again = await list.page({ ...ask, view: first.view });
    expect(again.rows.map(keyOf)).toEqual(first.rows.map(keyOf));
    expect(again.rows[0]?.due).toBe(0);
    const fresh = await list.page({ ...ask, view: null });
    expect([fresh.count, fresh.rows.map(keyOf).includes(keyOf(paidNow))]).toEqual([first.count - 1, false]);
  });

  it('that was forgotten is found again, by its choices', async () => {
    const list = lists();
    const ask = { choices: EVERYTHING, order: BY_AGE, from: 3, count: 2 };
    const first = await list.page({ ...ask, view: null });
    for (let other = 0; other < 6; other++) await list.page({ ...ask, choices: { ...EVERYTHING, search: String(other) }, view: null });
    const again = await list.page({ ...ask, view: first.view });
    expect(again.view).not.toBe(first.view);
    expect(again.rows.map(keyOf)).toEqual(first.rows.map(keyOf));
  });

  it('adds up by payer and age to the same totals', async () => {
    const { rows, totals } = await lists().owed();
    for (const part of ['amo', 'amc'] as const)
      for (const name of ['count', 'open', 'expected', 'paid', 'adjusted', 'due'] as const)
        expect(rows.filter((row) => row.part === part).reduce((sum, row) => sum + row[name], 0)).toBe(totals[part][name]);
    const everything = await lists().page({ choices: EVERYTHING, order: BY_AGE, from: 0, count: 1, view: null });
    expect(everything.totals).toEqual({ amo: totals.amo, amc: totals.amc });
  });
});
