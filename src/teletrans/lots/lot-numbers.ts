/** Lot numbers: persisted counter with a reuse guard (spec/lots-and-files.md § 3). Called inside the transaction that inserts the lot. */
import { dateOfDay, dayNumber } from '../domain/calendar';
import { VitaleError } from '../domain/errors';
import type { LocalDate } from '../domain/invoice';
import type { StoreSession } from '../store/port';

const LAST = 999;

/**
 * Reserves the next lot number of a PS, shared by FSE and DRE.
 * @returns 3 digits. Errors: LOT-004 when all 999 are in use.
 */
export async function reserveLotNumber(
  session: StoreSession,
  billingNumber: string,
  today: LocalDate,
  reuseGuardDays: number,
): Promise<string> {
  const inUse = await session.lots.numbersInUse(billingNumber, dateOfDay(dayNumber(today) - reuseGuardDays));
  for (let tried = 0; tried < LAST; tried++) {
    const number = String(await session.counters.next(`lot:${billingNumber}`, 1, LAST)).padStart(3, '0');
    if (!inUse.has(number)) return number;
  }
  throw new VitaleError('LOT-004');
}
