/** The compostage of a message: 19 digits, AAAAMMJJhhmmss of legal time and a 5-digit persisted counter, strictly increasing (spec/lots-and-files.md § 3). */
import { localStamp } from '../domain/clock';
import type { StoreSession } from '../store/port';

const LAST_COMPOSTAGE = 'compostage:last';
const COUNTER_MAX = 99_999;

/** Next compostage; called inside the transaction that inserts the file. A clock set back, or a counter that starts again, never makes it go back. */
export async function nextCompostage(session: StoreSession, now: Date): Promise<string> {
  const counter = String(await session.counters.next('compostage', 0, COUNTER_MAX)).padStart(5, '0');
  const last = (await session.settings.get(LAST_COMPOSTAGE)) ?? '';
  let compostage = `${localStamp(now)}${counter}`;
  if (compostage <= last) compostage = `${secondAfter(last.slice(0, 14))}${counter}`;
  await session.settings.set(LAST_COMPOSTAGE, compostage);
  return compostage;
}

/** The stamp one second later; read as UTC so that no change of legal time can make it jump. */
function secondAfter(stamp: string): string {
  const iso = stamp.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6Z');
  return new Date(Date.parse(iso) + 1000).toISOString().replace(/[-:TZ]|\.\d+/g, '');
}
