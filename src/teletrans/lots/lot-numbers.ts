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
  const inUse = new Set([
    ...(await session.lots.numbersInUse(billingNumber, dateOfDay(dayNumber(today) - reuseGuardDays))),
    ...(await burntNumbers(session, billingNumber)).filter(({ until }) => until >= today).map(({ number }) => number),
  ]);
  for (let tried = 0; tried < LAST; tried++) {
    const number = String(await session.counters.next(`lot:${billingNumber}`, 1, LAST)).padStart(3, '0');
    if (!inUse.has(number)) return number;
  }
  throw new VitaleError('LOT-004');
}

interface BurntNumber {
  readonly number: string;
  /** Last day on which it is not given. */
  readonly until: LocalDate;
}

const burntSetting = (billingNumber: string): string => `lots:burnt:${billingNumber}`;

async function burntNumbers(session: StoreSession, billingNumber: string): Promise<readonly BurntNumber[]> {
  const saved = await session.settings.get(burntSetting(billingNumber));
  return saved === null ? [] : (JSON.parse(saved) as BurntNumber[]);
}

/** Numbers that another copy of the data may have given are not given until after `until`. */
export async function burnLotNumbers(
  session: StoreSession,
  billingNumber: string,
  numbers: readonly string[],
  until: LocalDate,
): Promise<void> {
  const known = await burntNumbers(session, billingNumber);
  const burnt = [...known.filter(({ number }) => !numbers.includes(number)), ...numbers.map((number) => ({ number, until }))];
  await session.settings.set(burntSetting(billingNumber), JSON.stringify(burnt));
}
