/** Lots that a payer would refuse for their date do not leave: too old, or dated in the future of a clock set back (spec/transport.md § 5 point 5). Pure. */
import { dayNumber } from '../domain/calendar';
import type { LocalDate } from '../domain/invoice';

/** Calendar days (profile data). */
export interface LotDateLimits {
  readonly maxAgeDays: number;
  readonly maxPostDatedDays: number;
}

/** The code of the error catalogue that keeps lots of these dates back, or null. */
export function lotDateProblem(lotDates: readonly LocalDate[], today: LocalDate, limits: LotDateLimits): 'LOT-006' | 'LOT-007' | null {
  const ages = lotDates.map((date) => dayNumber(today) - dayNumber(date));
  if (ages.some((age) => age < -limits.maxPostDatedDays)) return 'LOT-007';
  return ages.some((age) => age > limits.maxAgeDays) ? 'LOT-006' : null;
}
