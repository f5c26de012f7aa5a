/** From totals to what the charts draw: lengths in percent, points in units of the drawing. Pure. */
import type { ChartsView, MonthOf, MonthSums } from '../../application/third-party-port';
import type { Part } from '../../domain/claims';
import { formatCount } from './format';

/** A bar on a scale that all bars of the chart share, in percent of its width. */
export interface Bar {
  readonly part: Part;
  /** Centimes due. */
  readonly due: number;
  /** Parts of invoices not settled. */
  readonly open: number;
  readonly start: number;
  readonly length: number;
}

export interface AgeBars {
  readonly age: string;
  readonly bars: readonly Bar[];
  readonly due: number;
}

export interface AgeChart {
  readonly rows: readonly AgeBars[];
  /** Where nothing is due, in percent: right of 0 only when a payer has paid too much. */
  readonly zero: number;
  readonly totals: Readonly<Record<'all' | Part, number>>;
}

const PARTS = ['amo', 'amc'] as const;

/** The bars of what is due by age. */
export function ageChart({ ages, totals }: Pick<ChartsView, 'ages' | 'totals'>): AgeChart {
  const amounts = ages.flatMap((age) => PARTS.map((part) => age[part].due));
  const [least, most] = [Math.min(0, ...amounts), Math.max(0, ...amounts)];
  const span = most - least;
  const percent = (amount: number): number => (span === 0 ? 0 : (amount / span) * 100);
  const zero = percent(-least);
  return {
    zero,
    rows: ages.map((age) => ({
      age: age.age,
      due: age.amo.due + age.amc.due,
      bars: PARTS.map((part) => {
        const { due, open } = age[part];
        return { part, due, open, start: zero + Math.min(0, percent(due)), length: Math.abs(percent(due)) };
      }),
    })),
    totals: { all: totals.all.due, amo: totals.amo.due, amc: totals.amc.due },
  };
}

/** The whole of a month, or one part of it. */
export type Shown = 'all' | Part;

export function sumsOf(month: MonthOf, shown: Shown): MonthSums {
  if (shown !== 'all') return month[shown];
  const { amo, amc } = month;
  return { sent: amo.sent + amc.sent, paid: amo.paid + amc.paid, adjusted: amo.adjusted + amc.adjusted, due: amo.due + amc.due };
}

const MONTHS = ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'] as const;

/** `2026-11` → `nov. 2026`. */
export function monthName(month: string): string {
  return `${MONTHS[Number(month.slice(5, 7)) - 1] ?? ''}\u00a0${month.slice(0, 4)}`;
}

/** The drawing's own units; it is shown at any size. */
export const TREND = { width: 960, height: 260, left: 76, right: 12, top: 10, bottom: 30 } as const;

export interface Tick {
  readonly y: number;
  readonly label: string;
}

export interface Column {
  readonly month: string;
  readonly label: string;
  /** Middle of the month. */
  readonly x: number;
  readonly sent: Rect;
  readonly paid: Rect;
  /** Height of what was due at the end of the month. */
  readonly due: number;
}

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface TrendChart {
  readonly ticks: readonly Tick[];
  readonly columns: readonly Column[];
  /** Where nothing is. */
  readonly zero: number;
}

/** The next round step that cuts `span` into five at most: 1, 2 or 5 and zeros, in whole euros. */
function stepOf(span: number): number {
  const least = Math.max(100, span / 5);
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((digit) => digit * power).find((step) => step >= least) ?? power * 10;
}

/** What was sent and paid in each month as bars, what was due at its end as a line. */
export function trendChart(months: readonly MonthOf[], shown: Shown): TrendChart {
  const sums = months.map((month) => sumsOf(month, shown));
  const amounts = sums.flatMap(({ sent, paid, due }) => [sent, paid, due]);
  const [least, most] = [Math.min(0, ...amounts), Math.max(0, ...amounts)];
  const step = stepOf(most - least);
  const [low, high] = [Math.floor(least / step) * step, Math.max(step, Math.ceil(most / step) * step)];
  const { width, height, left, right, top, bottom } = TREND;
  const y = (amount: number): number => top + ((high - amount) / (high - low)) * (height - top - bottom);
  const room = (width - left - right) / Math.max(1, months.length);
  const bar = Math.min(26, room / 3);
  const rect = (x: number, amount: number): Rect => ({
    x,
    y: Math.min(y(0), y(amount)),
    width: bar,
    height: Math.abs(y(amount) - y(0)),
  });
  return {
    zero: y(0),
    ticks: Array.from({ length: Math.round((high - low) / step) + 1 }, (_, rank) => {
      const amount = low + rank * step;
      return { y: y(amount), label: `${amount < 0 ? '-' : ''}${formatCount(Math.abs(amount) / 100)}\u00a0€` };
    }),
    columns: months.map(({ month }, rank) => {
      const { sent, paid, due } = sums[rank] ?? { sent: 0, paid: 0, due: 0 };
      const x = left + room * (rank + 0.5);
      return { month, label: monthName(month), x, sent: rect(x - bar - 1, sent), paid: rect(x + 1, paid), due: y(due) };
    }),
  };
}
