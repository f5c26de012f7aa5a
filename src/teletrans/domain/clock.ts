/** Time as a port. */
export interface Clock {
  now(): Date;
}

const PARIS = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Paris',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

const HOUR_MS = 3_600_000;
/** The full hour of UTC asked for last, and how far legal time is ahead of it, ms: legal time changes on full hours only, and asking takes long. */
let known = { hour: Number.NaN, aheadMs: 0 };

function aheadOf(hour: number): number {
  const start = hour * HOUR_MS;
  const parts = Object.fromEntries(PARIS.formatToParts(start).map((part) => [part.type, Number(part.value)]));
  const { year = 0, month = 0, day = 0, hour: hours = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hours, minute, second) - start;
}

/** Legal time as if it were UTC, in ISO form. */
function legalIso(date: Date): string {
  const at = date.getTime();
  const hour = Math.floor(at / HOUR_MS);
  if (hour !== known.hour) known = { hour, aheadMs: aheadOf(hour) };
  return new Date(at + known.aheadMs).toISOString();
}

/** Calendar date of legal time (Europe/Paris). */
export function localDate(date: Date): string {
  return legalIso(date).slice(0, 10);
}

/** `AAAAMMJJhhmmss` of legal time: the first 14 digits of a compostage. */
export function localStamp(date: Date): string {
  return legalIso(date).slice(0, 19).replace(/\D/g, '');
}

/** The instant, ISO in UTC, at which a day of legal time begins. Paris is one or two hours ahead of UTC. */
export function startOfLocalDay(day: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const summer = new Date(midnight - 2 * 3_600_000);
  return (localDate(summer) === day ? summer : new Date(midnight - 3_600_000)).toISOString();
}
