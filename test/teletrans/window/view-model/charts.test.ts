/** What the charts draw: lengths as the amounts are, nothing outside the drawing, whatever the amounts. */
import fc from 'fast-check';
import type { MonthOf, Total } from '../../../../src/teletrans/application/third-party-port';
import { ageChart, monthName, sumsOf, TREND, trendChart } from '../../../../src/teletrans/window/view-model/charts';

const total = (due: number): Total => ({ count: 1, open: due === 0 ? 0 : 1, expected: due, paid: 0, adjusted: 0, due });
const centimes = fc.integer({ min: -50_000, max: 9_000_000 });

it('bars are as long as their amounts, on one scale, and end within the chart', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(centimes, centimes), { minLength: 1, maxLength: 6 }), (amounts) => {
      const ages = amounts.map(([amo, amc], rank) => ({ age: String(rank), amo: total(amo), amc: total(amc) }));
      const all = total(amounts.flat().reduce((sum, amount) => sum + amount, 0));
      const { rows, zero } = ageChart({ ages, totals: { all, amo: all, amc: all } });
      const bars = rows.flatMap((row) => row.bars);
      const longest = [...bars].sort((a, b) => Math.abs(b.due) - Math.abs(a.due))[0];
      for (const { due, start, length } of bars) {
        expect(start).toBeGreaterThanOrEqual(-1e-9);
        expect(start + length).toBeLessThanOrEqual(100 + 1e-9);
        expect(due < 0 ? start + length : start).toBeCloseTo(due === 0 ? start : zero, 9);
        if (longest !== undefined && longest.due !== 0)
          expect(length * Math.abs(longest.due)).toBeCloseTo(longest.length * Math.abs(due), 3);
      }
      expect(rows.reduce((sum, { due }) => sum + due, 0)).toBe(all.due);
    }),
  );
});

const sums = fc.record({ sent: centimes, paid: centimes, adjusted: centimes, due: centimes });
const month = fc.record({ month: fc.constantFrom('2026-01', '2026-12'), amo: sums, amc: sums });

it('months are drawn within the drawing, higher for more, with at most seven lines to read them by', () => {
  fc.assert(
    fc.property(
      fc.array(month, { minLength: 1, maxLength: 12 }),
      fc.constantFrom('all' as const, 'amo' as const, 'amc' as const),
      (months, shown) => {
        const { ticks, columns, zero } = trendChart(months, shown);
        const [low, high] = [TREND.height - TREND.bottom + 1e-6, TREND.top - 1e-6];
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThanOrEqual(8);
        expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
        for (const [rank, { sent, paid, due, x }] of columns.entries()) {
          const own = sumsOf(months[rank] as MonthOf, shown);
          for (const { x: left, y, width, height } of [sent, paid]) {
            expect(left).toBeGreaterThanOrEqual(TREND.left);
            expect(left + width).toBeLessThanOrEqual(TREND.width - TREND.right + 1e-6);
            expect([y >= high, y + height <= low]).toEqual([true, true]);
          }
          expect([due >= high, due <= low]).toEqual([true, true]);
          expect(Math.sign(zero - due)).toBe(Math.abs(zero - due) < 1e-9 ? Math.sign(zero - due) : Math.sign(own.due));
          expect(sent.x + sent.width).toBeLessThan(x);
          expect(paid.x).toBeGreaterThan(x);
        }
      },
    ),
  );
});

it('months have their French names', () => {
  expect([monthName('2026-01'), monthName('2025-08')]).toEqual(['janv.\u00a02026', 'août\u00a02025']);
});
