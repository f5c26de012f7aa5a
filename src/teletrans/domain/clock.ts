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

function parisParts(date: Date): Readonly<Record<string, string>> {
  return Object.fromEntries(PARIS.formatToParts(date).map((part) => [part.type, part.value]));
}

/** Calendar date of legal time (Europe/Paris). */
export function localDate(date: Date): string {
  const { year = '', month = '', day = '' } = parisParts(date) as { year?: string; month?: string; day?: string };
  return `${year}-${month}-${day}`;
}

/** `AAAAMMJJhhmmss` of legal time: the first 14 digits of a compostage. */
export function localStamp(date: Date): string {
  const p = parisParts(date) as { year?: string; month?: string; day?: string; hour?: string; minute?: string; second?: string };
  return `${p.year ?? ''}${p.month ?? ''}${p.day ?? ''}${p.hour ?? ''}${p.minute ?? ''}${p.second ?? ''}`;
}
