/** Dates, sums and people as the prints write them. */
import { localStamp } from '../domain/clock';
import { formatEuros } from '../domain/money';

export const date = (day: string): string => day.split('-').reverse().join('/');

/** ISO date-time → `20/11/2026 18:30`, legal time. */
export function dateTime(iso: string): string {
  const stamp = localStamp(new Date(iso));
  return `${stamp.slice(6, 8)}/${stamp.slice(4, 6)}/${stamp.slice(0, 4)} ${stamp.slice(8, 10)}:${stamp.slice(10, 12)}`;
}

/** The narrow blank between thousands is no letter of every font. */
export const euros = (centimes: number): string => formatEuros(centimes).replace(/\u202f/g, '\u00a0');

export const THIRD_PARTY: Readonly<Record<string, string>> = {
  none: 'sans tiers payant',
  amo: 'tiers payant AMO',
  'amo+amc': 'tiers payant AMO et AMC',
  amc: 'tiers payant AMC',
};
