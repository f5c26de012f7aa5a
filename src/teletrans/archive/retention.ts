/** How long a settled invoice is kept before it is archived (spec/regulation.md § 5; `addin/tables/retention.json`). */
import { dateOfDay, dayNumber } from '../domain/calendar';
import { localDate } from '../domain/clock';
import { VitaleError } from '../domain/errors';
import type { LocalDate } from '../domain/invoice';

/** Calendar days. */
export interface RetentionTable {
  /** What the law asks. */
  readonly legalDays: number;
  /** The least a practice may choose: the law's days and a margin. */
  readonly leastDays: number;
  readonly defaultDays: number;
}

/** The days to keep. @param chosen what `cabinet.json` says, undefined for nothing. Errors: ARC-021 below the least. */
export function retentionDays(table: RetentionTable, chosen: number | undefined): number {
  const days = chosen ?? table.defaultDays;
  if (!Number.isInteger(days) || days < Math.max(table.leastDays, table.legalDays))
    throw new VitaleError('ARC-021', { n: days, plancher: table.leastDays, loi: table.legalDays });
  return days;
}

/** The last day something that ended then is kept. @param ended ISO date-time. */
export function keptUntil(ended: string, days: number): LocalDate {
  return dateOfDay(dayNumber(localDate(new Date(ended))) + days);
}
