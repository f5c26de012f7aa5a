/**
 * What is due by age, and how it came to be, month by month: from the totals of claims sent between instants and the months of the ledger. Nothing is guessed: what was due at
 * the end of a month is what had been sent until then less what the ledger had booked until then, of the claims that are followed today. Pure.
 */
import type { Part } from '../domain/claims';
import { startOfLocalDay } from '../domain/clock';
import type { LocalDate } from '../domain/invoice';
import type { MonthTotal, Total } from '../store/third-party/port';
import { sumOf } from './totals';

type ByPart<T> = Readonly<Record<Part, T>>;

export interface AgeTotals extends ByPart<Total> {
  readonly age: string;
}

/** Centimes. */
export interface MonthSums {
  /** Sent to the payers in the month. */
  readonly sent: number;
  /** Payments less recoveries, by the days of the transfers. */
  readonly paid: number;
  /** Written off, or added, by a person. */
  readonly adjusted: number;
  /** Due at the end of the month; of the last one: due now. */
  readonly due: number;
}

export interface MonthOf extends ByPart<MonthSums> {
  /** `AAAA-MM`. */
  readonly month: string;
}

export const MONTHS_SHOWN = 12;

/** The months up to today's, no more than {@link MONTHS_SHOWN}, none before the first day something was sent or booked. */
export function monthsUpTo(today: LocalDate, first: LocalDate | null): readonly string[] {
  if (first === null) return [];
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  const months = Array.from({ length: MONTHS_SHOWN }, (_, back) => {
    const at = year * 12 + (month - 1) - (MONTHS_SHOWN - 1 - back);
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  });
  const begun = first.slice(0, 7);
  return months.filter((one) => one >= begun || one === months.at(-1));
}

/** The instant a month begins, legal time. */
export const startOfMonth = (month: string): string => startOfLocalDay(`${month}-01`);

/** Totals of the claims sent from one instant to another (null: no bound), put together from {@link slices}. */
export type Between = (from: string | null, before: string | null) => ByPart<Total>;

/** @param slices as `totalsBetween(instants)` gives them. */
export function between(instants: readonly string[], slices: readonly ByPart<Total>[]): Between {
  return (from, before) => {
    const start = from === null ? 0 : instants.indexOf(from) + 1;
    const end = before === null ? slices.length : instants.indexOf(before) + 1;
    const own = slices.slice(start, end);
    return { amo: sumOf(own.map(({ amo }) => amo)), amc: sumOf(own.map(({ amc }) => amc)) };
  };
}

/**
 * What each month added and took away. What came before the first month is in what was due then; what is dated later than the last one counts in it, as it does in what is due.
 */
export function monthsOf(months: readonly string[], sent: Between, booked: readonly MonthTotal[]): readonly MonthOf[] {
  const due = { amo: 0, amc: 0 };
  const take = (part: Part, from: string | null, before: string | null): MonthSums => {
    const own = booked.filter(
      (entry) => entry.part === part && (from === null || entry.month >= from) && (before === null || entry.month < before),
    );
    const added = sent(from === null ? null : startOfMonth(from), before === null ? null : startOfMonth(before))[part].expected;
    const [paid, adjusted] = [own.reduce((sum, entry) => sum + entry.paid, 0), own.reduce((sum, entry) => sum + entry.adjusted, 0)];
    due[part] += added - paid - adjusted;
    return { sent: added, paid, adjusted, due: due[part] };
  };
  const [first] = months;
  if (first === undefined) return [];
  for (const part of ['amo', 'amc'] as const) take(part, null, first);
  return months.map((month, rank) => {
    const next = months[rank + 1] ?? null;
    return { month, amo: take('amo', month, next), amc: take('amc', month, next) };
  });
}
