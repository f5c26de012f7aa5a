/** Ageing, the law's delays, totals and exports: rules on figures. */
import fc from 'fast-check';
import type { ClaimRow } from '../../../src/teletrans/store/third-party/port';
import { AgeingOn, lastDayToClaim, penaltyOf } from '../../../src/teletrans/third-party/ageing';
import { bankCsv, bankXml, type BankRow } from '../../../src/teletrans/third-party/bank-export';
import { NOTHING_BOOKED, outcomeOf, withEntry } from '../../../src/teletrans/third-party/ledger';
import { totalOf, totalsBy } from '../../../src/teletrans/third-party/totals';
import { HOLIDAYS, THIRD_PARTY } from '../../support/practice-rig';

const calendar = { table: HOLIDAYS, region: '35', goodFriday: false };
const on = (today: string): AgeingOn => new AgeingOn(THIRD_PARTY, calendar, today);

function aClaim(change: Partial<ClaimRow> = {}): ClaimRow {
  return {
    invoiceId: 'i',
    part: 'amo',
    payer: '019990001',
    expected: 12345,
    baseState: null,
    ...NOTHING_BOOKED,
    number: '000000101',
    kind: 'FSE',
    billingNumber: '999000011',
    completedOn: '2026-11-20',
    sentAt: '2026-11-20T18:00:00.000Z',
    ackedAt: '2026-11-20T19:00:00.000Z',
    state: 'ACKED',
    paidOn: null,
    owner: null,
    followedAt: null,
    reminders: 0,
    remindedAt: null,
    ...change,
  };
}

describe('a late AMO', () => {
  // 7 jours ouvrés from Friday 20 November 2026 end on Tuesday 1 December.
  it.each([
    ['2026-12-01', null, 0],
    ['2026-12-02', 8, 100],
    ['2026-12-03', 9, 100],
    ['2026-12-04', 10, 1235],
  ])('on %s', (today, workingDays, penalty) => {
    const late = on(today).of(aClaim()).late;
    expect([late?.workingDays ?? null, late?.penalty ?? 0]).toEqual([workingDays, penalty]);
  });
  it('stops counting on the day of the payment', () => {
    const late = on('2027-01-20').of(aClaim({ state: 'PAID', paid: 12345, payments: 1, paidOn: '2026-12-02' })).late;
    expect(late).toEqual({ workingDays: 8, penalty: 100 });
  });
  it('owes a penalty on what is still due, not on what it has paid', () => {
    const partly = aClaim({ state: 'PART_PAID', paid: 12000, payments: 1, paidOn: '2026-11-24' });
    expect(on('2026-12-04').of(partly).late).toEqual({ workingDays: 10, penalty: 35 });
  });
  it('is not counted for an AMC, a refused part, or without an ARL', () => {
    for (const change of [{ part: 'amc' as const }, { state: 'REJECTED' as const }, { ackedAt: null }])
      expect(on('2027-01-20').of(aClaim(change)).late).toBeNull();
  });
  it('rounds half a centime up', () => {
    const [rule] = THIRD_PARTY.latePayment;
    expect(rule === undefined ? null : [penaltyOf(rule, 10, 5), penaltyOf(rule, 10, 4)]).toEqual([1, 0]);
  });
});

describe('a reminder', () => {
  it('is due after the delay of its rule, for enough money, and again only after a while', () => {
    expect(on('2026-12-03').of(aClaim()).remind).toBe(false);
    expect(on('2026-12-04').of(aClaim()).remind).toBe(true);
    expect(on('2026-12-04').of(aClaim({ paid: 12345, state: 'PAID' })).remind).toBe(false);
    const reminded = { reminders: 1, followedAt: '2026-12-20T09:00:00.000Z', remindedAt: '2026-12-04T09:00:00.000Z' };
    expect(on('2026-12-10').of(aClaim(reminded)).remind).toBe(false);
    expect(on('2026-12-19').of(aClaim(reminded)).remind).toBe(true);
  });
});

describe('the time bar', () => {
  it.each([
    ['2026-11-20', 'next-quarter', '2028-12-31'],
    ['2026-12-31', 'next-quarter', '2028-12-31'],
    ['2026-01-01', 'next-quarter', '2028-03-31'],
    ['2026-11-20', 'completion', '2028-11-19'],
  ] as const)('of an invoice of %s, counted from %s', (completedOn, from, last) => {
    expect(lastDayToClaim(completedOn, { part: 'amo', months: 24, from, warnDays: 90 })).toBe(last);
  });
  it('is told 90 days before', () => {
    expect(on('2028-10-01').of(aClaim()).forclusionOn).toBeNull();
    expect(on('2028-10-02').of(aClaim()).forclusionOn).toBe('2028-12-31');
  });
});

it('totals agree with each other, however the rows are grouped', () => {
  const row = fc.record({
    expected: fc.integer({ min: 0, max: 1e7 }),
    paid: fc.integer({ min: -1e7, max: 1e7 }),
    adjusted: fc.integer({ min: -100, max: 100 }),
    day: fc.constantFrom('2026-11-19', '2026-11-20', '2026-12-01'),
    payer: fc.constantFrom('A', 'B'),
  });
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const all = totalOf(rows);
      for (const keyOf of [
        (one: (typeof rows)[number]) => one.day,
        (one: (typeof rows)[number]) => one.day.slice(0, 7),
        (one: (typeof rows)[number]) => one.payer,
      ]) {
        const groups = totalsBy(rows, keyOf);
        for (const name of ['count', 'open', 'expected', 'paid', 'adjusted', 'due'] as const)
          expect(groups.reduce((sum, group) => sum + group[name], 0)).toBe(all[name]);
      }
      expect(all.due).toBe(all.expected - all.paid - all.adjusted);
    }),
  );
});

it('a sum and its undo are as if nothing had been booked, in any order', () => {
  const kind = fc.constantFrom('payment' as const, 'recovery' as const, 'refusal' as const, 'deferral' as const, 'closure' as const);
  const entries = fc.array(fc.record({ kind, amount: fc.integer({ min: -999, max: 999 }) }), { maxLength: 6 });
  fc.assert(
    fc.property(
      entries.chain((list) => {
        const both = list.flatMap((entry, rank) => [
          { ...entry, undoOf: null },
          { kind: entry.kind, amount: -entry.amount, undoOf: String(rank) },
        ]);
        return fc.shuffledSubarray(both, { minLength: both.length });
      }),
      (all) => {
        const sums = all.reduce(withEntry, NOTHING_BOOKED);
        expect(Object.values(sums).map((value: number) => value + 0)).toEqual(Object.values(NOTHING_BOOKED));
        expect(outcomeOf(100, sums)).toBeNull();
      },
    ),
  );
});

describe('the bank reconciliation', () => {
  const row: BankRow = {
    transferDate: '2026-11-27',
    transferLabel: 'VIREMENT',
    payer: 'CAISSE',
    file: '000001',
    practitioner: '999000011',
    invoice: '000000101',
    part: 'AMO',
    status: 'rapproché',
    reason: '',
    amount: 123456,
  };
  it('is a French CSV that adds up, with a byte order mark', () => {
    const csv = bankCsv([row, { ...row, amount: -56 }]);
    expect(csv.startsWith('\ufeffDate du virement;')).toBe(true);
    const lines = csv.trimEnd().split('\r\n');
    expect(lines.slice(1).map((line) => line.split(';').at(-1))).toEqual(['1234,56', '-0,56', '1234,00']);
  });
  it.each(['=1+1', '+33', '-2', '@x', '\t=1', '|calc', '%0'])('lets no payer’s word %j become a formula', (label) => {
    const cells = bankCsv([{ ...row, transferLabel: label }]).split('\r\n')[1] ?? '';
    expect(cells.replace(/"/g, '')).toContain(`;'${label}`);
  });
  it('quotes what would break a row', () => {
    expect(bankCsv([{ ...row, transferLabel: 'A;"B"\nC' }])).toContain('"A;""B""\nC"');
  });
  it('is XML whatever the words, and adds up', () => {
    const xml = bankXml([{ ...row, transferLabel: 'A&<B>\u0001' }]);
    expect(xml).toContain('totalCentimes="123456"');
    expect(xml).toContain('A&amp;&lt;B&gt; ');
  });
});
