/** B2 dates are AAMMJJ (spec/b2.md § 1). */
import type { LocalDate } from '../../domain/invoice';

/** AAMMJJ of a calendar date; lunar months and days pass as they are. */
export function shortDate(date: LocalDate): string {
  return date.slice(2, 4) + date.slice(5, 7) + date.slice(8, 10);
}

/** Calendar date of AAMMJJ, in the years 2000-2099 (lots, files and receipts are all recent). The day is not checked. */
export function longDate(date: string): LocalDate {
  return `20${date.slice(0, 2)}-${date.slice(2, 4)}-${date.slice(4, 6)}`;
}
