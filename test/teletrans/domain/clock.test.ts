import fc from 'fast-check';
import { localDate, localStamp } from '../../../src/teletrans/domain/clock';

describe('legal time', () => {
  it.each([
    ['2026-11-22T22:59:59Z', '2026-11-22', '20261122235959'],
    ['2026-11-22T23:00:00Z', '2026-11-23', '20261123000000'],
    ['2026-07-14T21:59:59Z', '2026-07-14', '20260714235959'],
    ['2026-07-14T22:00:00Z', '2026-07-15', '20260715000000'],
    // Summer time begins on 29 March 2026: 2:00 is 3:00.
    ['2026-03-28T23:00:00Z', '2026-03-29', '20260329000000'],
    ['2026-03-29T00:59:59Z', '2026-03-29', '20260329015959'],
    ['2026-03-29T01:00:00Z', '2026-03-29', '20260329030000'],
    ['2026-03-29T22:00:00Z', '2026-03-30', '20260330000000'],
    // It ends on 25 October 2026: 3:00 is 2:00 again.
    ['2026-10-25T00:30:00Z', '2026-10-25', '20261025023000'],
    ['2026-10-25T01:30:00Z', '2026-10-25', '20261025023000'],
    ['2026-10-25T22:59:59Z', '2026-10-25', '20261025235959'],
    ['2026-10-25T23:00:00Z', '2026-10-26', '20261026000000'],
    ['2026-12-31T23:00:00Z', '2027-01-01', '20270101000000'],
    ['2028-02-28T23:30:00Z', '2028-02-29', '20280229003000'],
  ])('at %s is the %s (%s)', (utc, date, stamp) => {
    expect(localDate(new Date(utc))).toBe(date);
    expect(localStamp(new Date(utc))).toBe(stamp);
  });

  it('does not depend on the time zone of the machine', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1997-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }), (date) => {
        // France is one or two hours ahead of UTC.
        const candidates = [1, 2].map((hours) =>
          new Date(date.getTime() + hours * 3_600_000).toISOString().slice(0, 19).replace(/\D/g, ''),
        );
        const stamp = localStamp(date);
        return candidates.includes(stamp) && stamp.startsWith(localDate(date).replace(/-/g, ''));
      }),
    );
  });
});
