import fc from 'fast-check';
import type { EncodedInvoice } from '../../../src/teletrans/formats/port';
import { groupIntoLots, type ReadyInvoice } from '../../../src/teletrans/lots/grouping';
import { criterionValue, insuranceGroup } from '../../../src/teletrans/lots/lot-rules';
import { LOT_RULES } from '../../support/practice-rig';
import type { StoredInvoice } from '../../../src/teletrans/store/port';

const stored = (number: string, change: Partial<StoredInvoice>): StoredInvoice => ({
  id: number,
  hostId: number,
  kind: 'FSE',
  number,
  billingNumber: '999000011',
  situation: '1',
  replacement: null,
  marking: 'T',
  securing: 'S',
  thirdParty: 'none',
  completedOn: '2026-11-20',
  deadline: '2026-11-25',
  linkedTo: null,
  amounts: { fees: 0, amo: 0, amc: 0 },
  contentHash: '',
  amoState: 'READY',
  amcState: null,
  held: null,
  notes: [],
  lotId: null,
  receivedAt: '2026-11-20T10:00:00.000Z',
  sentAt: null,
  ackedAt: null,
  ...change,
});

const encoded = (number: string, records: number, totals: EncodedInvoice['totals']): EncodedInvoice => ({
  number,
  bytes: Buffer.alloc(records * 128),
  actLines: Math.max(1, records - 3),
  type2: 2,
  totals,
});

const arbitraryReady: fc.Arbitrary<readonly ReadyInvoice[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('FSE' as const, 'DRE' as const),
      billingNumber: fc.constantFrom('999000011', '999000029'),
      situation: fc.constantFrom('1', '2'),
      securing: fc.constantFrom('S' as const, 'D' as const),
      marking: fc.constantFrom('T' as const, 'D' as const),
      replacement: fc.constantFrom(null, '999000037'),
      group: fc.constantFrom('accident', 'other'),
      recipient: fc.constantFrom('1', '2'),
      records: fc.integer({ min: 4, max: 400 }),
      fees: fc.integer({ min: 0, max: 99_999_999 }),
    }),
    { maxLength: 120 },
  )
  .map((seeds) =>
    seeds.map(({ group, recipient, records, fees, ...invoice }, rank) => {
      const number = String(rank + 1).padStart(9, '0');
      return {
        invoice: stored(number, invoice),
        recipient: {
          type: 'CP',
          number: recipient.padStart(14, '0'),
          body: '999',
          regime: '01',
          mailbox: 'a@b.test.invalid',
          route: 'direct' as const,
          label: recipient,
        },
        insuranceGroup: group,
        encoded: encoded(number, records, { fees, amo: 0, amc: 0 }),
      };
    }),
  );

describe('grouping into lots', () => {
  it('puts every invoice in exactly one lot, whatever comes', () => {
    fc.assert(
      fc.property(arbitraryReady, (ready) => {
        const grouped = groupIntoLots(ready, LOT_RULES).flatMap((lot) => lot.invoices.map(({ invoice }) => invoice.number));
        expect([...grouped].sort()).toEqual(ready.map(({ invoice }) => invoice.number));
      }),
    );
  });

  it('never mixes what a criterion tells apart', () => {
    fc.assert(
      fc.property(arbitraryReady, (ready) => {
        for (const { invoices } of groupIntoLots(ready, LOT_RULES))
          for (const criterion of LOT_RULES.criteria) expect(new Set(invoices.map((each) => criterionValue(criterion, each))).size).toBe(1);
      }),
    );
  });

  it('keeps every lot within its limits, with the totals of its invoices', () => {
    fc.assert(
      fc.property(arbitraryReady, (ready) => {
        for (const { invoices, totals } of groupIntoLots(ready, LOT_RULES)) {
          expect(invoices.length).toBeLessThanOrEqual(LOT_RULES.maxInvoicesPerLot);
          expect(totals.fees).toBe(invoices.reduce((sum, each) => sum + each.encoded.totals.fees, 0));
          expect(totals.fees).toBeLessThanOrEqual(LOT_RULES.maxLotTotal);
          if (invoices.length > 1)
            expect(invoices.reduce((sum, each) => sum + each.encoded.bytes.length / 128, 4)).toBeLessThanOrEqual(990);
        }
      }),
    );
  });

  it('gives the same lots whatever the order the invoices came in', () => {
    fc.assert(
      fc.property(arbitraryReady, fc.integer(), (ready, seed) => {
        const shuffled = [...ready].sort(
          (a, b) => ((Number(a.invoice.number) * 7919 + seed) % 101) - ((Number(b.invoice.number) * 7919 + seed) % 101),
        );
        const numbers = (lots: ReturnType<typeof groupIntoLots>): unknown =>
          lots.map((lot) => lot.invoices.map(({ invoice }) => invoice.number));
        expect(numbers(groupIntoLots(shuffled, LOT_RULES))).toEqual(numbers(groupIntoLots(ready, LOT_RULES)));
      }),
    );
  });

  it('sets work accidents apart', () => {
    expect(insuranceGroup('41', LOT_RULES)).toBe('accident');
    expect(insuranceGroup('10', LOT_RULES)).toBe('other');
  });
});
