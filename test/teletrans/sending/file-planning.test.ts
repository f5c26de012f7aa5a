import fc from 'fast-check';
import { planFiles } from '../../../src/teletrans/sending/file-planning';
import type { StoredLot } from '../../../src/teletrans/store/port';

const lot = (
  rank: number,
  change: { billingNumber: string; flow: 'FSE' | 'DRE'; recipient: string; regime: string; version: StoredLot['version']; records: number },
): StoredLot => ({
  id: String(rank),
  billingNumber: change.billingNumber,
  situation: '1',
  replacement: null,
  flow: change.flow,
  security: 'S',
  marking: 'T',
  insuranceGroup: 'other',
  recipient: {
    type: 'CP',
    number: change.recipient.padStart(14, '0'),
    body: '999',
    regime: change.regime,
    mailbox: `${change.recipient}@b.test.invalid`,
    route: 'direct',
    label: '',
  },
  version: change.version,
  number: String(rank + 1).padStart(3, '0'),
  lotDate: '2026-11-20',
  state: 'SEALED',
  invoiceIds: [],
  totals: { fees: 0, amo: 0, amc: 0 },
  sha256: null,
  records: change.records,
  proof: null,
  fileId: null,
  createdAt: '',
  ack: null,
});

const lots = fc
  .array(
    fc.record({
      billingNumber: fc.constantFrom('999000011', '999000029'),
      flow: fc.constantFrom('FSE' as const, 'DRE' as const),
      recipient: fc.constantFrom('1', '2'),
      regime: fc.constantFrom('01', '02'),
      version: fc.constantFrom('b2-ps-base' as const, 'b2-ps-2005e-provisional' as const),
      records: fc.integer({ min: 6, max: 900 }),
    }),
    { maxLength: 80 },
  )
  .map((seeds) => seeds.map((seed, rank) => lot(rank, seed)));

describe('files', () => {
  it('hold every sealed lot once, one sender, recipient, régime, flow and version each, within the limits', () => {
    fc.assert(
      fc.property(lots, (sealed) => {
        const files = planFiles(sealed, { maxLotsPerFile: 5, maxRecordsPerFile: 990 });
        expect(
          files
            .flat()
            .map((each) => each.id)
            .sort(),
        ).toEqual(sealed.map((each) => each.id).sort());
        for (const file of files) {
          expect(file.length).toBeGreaterThan(0);
          expect(file.length).toBeLessThanOrEqual(5);
          if (file.length > 1) expect(file.reduce((sum, each) => sum + (each.records ?? 0), 2)).toBeLessThanOrEqual(990);
          for (const of of [
            (each: StoredLot) => each.billingNumber,
            (each: StoredLot) => each.flow,
            (each: StoredLot) => each.recipient.number,
            (each: StoredLot) => each.recipient.regime,
            (each: StoredLot) => each.version,
          ])
            expect(new Set(file.map(of)).size).toBe(1);
        }
      }),
    );
  });
});
