/** File ids: persisted counter with a reuse guard, as for lots (spec/lots-and-files.md § 3). Called inside the transaction that inserts the file. */
import { dateOfDay, dayNumber } from '../domain/calendar';
import { VitaleError } from '../domain/errors';
import type { LocalDate } from '../domain/invoice';
import type { StoreSession } from '../store/port';

const LAST = 999_999;
/** A file is in flight, or just answered, for far fewer; more in a row in use is a fault of the program. */
const MOST_TRIES = 10_000;

/**
 * Reserves the next file id of a sender.
 * @param senderNumber 14 digits. @param guardDays an id of a file of the last so many days, or not settled yet, is passed over.
 * @returns 6 digits. Errors: LOT-004 when none is free.
 */
export async function reserveFileId(session: StoreSession, senderNumber: string, today: LocalDate, guardDays: number): Promise<string> {
  const since = dateOfDay(dayNumber(today) - guardDays);
  for (let tried = 0; tried < MOST_TRIES; tried++) {
    const id = String(await session.counters.next(`file:${senderNumber}`, 1, LAST)).padStart(6, '0');
    if (!(await session.files.idInUse(senderNumber, id, since))) return id;
  }
  throw new VitaleError('LOT-004');
}
