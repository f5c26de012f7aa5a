/**
 * Public holidays and jours ouvrés (spec/regulation.md § 2): Monday to Friday minus the public holidays of the practice, counted from the day after the
 * start date. The regional days are data (`HolidayTable`). Where the calendar leaves a choice, the earliest date is told: a reminder never comes late.
 */
import type { LocalDate } from './invoice';

/** Days off: `MM-JJ`, the name of a moving feast, or `a|b` where either day may be kept. Keys are département codes. */
export interface HolidayTable {
  readonly national: readonly string[];
  readonly regional: Readonly<Record<string, readonly string[]>>;
  /** Départements where Good Friday is a day off in some communes (Alsace-Moselle). */
  readonly goodFriday: readonly string[];
}

export interface PracticeCalendar {
  readonly table: HolidayTable;
  /** Département code of the practice. */
  readonly region: string;
  /** The commune has a Protestant temple or a mixed church; counts in the départements of {@link HolidayTable.goodFriday} alone. */
  readonly goodFriday: boolean;
}

const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of a calendar date. */
export function dayNumber(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

/** The calendar date of a day number. */
export function dateOfDay(day: number): LocalDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Easter Sunday of a Gregorian year (Meeus, Jones and Butcher). */
function easterSunday(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const day = ((h + l - 7 * m + 114) % 31) + 1;
  return dayNumber(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
}

const MOVING: Readonly<Record<string, number>> = { 'good-friday': -2, 'easter-monday': 1, ascension: 39, 'whit-monday': 50 };

function daysOff({ table, region, goodFriday }: PracticeCalendar): readonly string[] {
  const days = [...table.national, ...(table.regional[region] ?? [])];
  return goodFriday && table.goodFriday.includes(region) ? [...days, 'good-friday'] : days;
}

/** The holidays of each year asked for so far, as `MM-JJ`: an invoice's legal date asks for the same ones again and again. */
const holidaysSeen = new WeakMap<PracticeCalendar, Map<string, ReadonlySet<string>>>();

function holidaysOf(year: string, calendar: PracticeCalendar): ReadonlySet<string> {
  const years = holidaysSeen.get(calendar) ?? new Map<string, ReadonlySet<string>>();
  holidaysSeen.set(calendar, years);
  const seen = years.get(year);
  if (seen !== undefined) return seen;
  const easter = easterSunday(Number(year));
  const days = daysOff(calendar).map((name) => (MOVING[name] === undefined ? name : dateOfDay(easter + MOVING[name]).slice(5)));
  const holidays = new Set(days);
  years.set(year, holidays);
  return holidays;
}

/** True on a public holiday of the practice; a day that may or may not be kept is none. */
export function isHoliday(day: number, calendar: PracticeCalendar): boolean {
  const date = dateOfDay(day);
  return holidaysOf(date.slice(0, 4), calendar).has(date.slice(5));
}

const possibleSeen = new WeakMap<PracticeCalendar, readonly PracticeCalendar[]>();

/** The calendars a practice may keep: one for each choice between two days. */
function possibleCalendars(calendar: PracticeCalendar): readonly PracticeCalendar[] {
  const possible = possibleSeen.get(calendar) ?? withoutChoice(calendar);
  possibleSeen.set(calendar, possible);
  return possible;
}

function withoutChoice(calendar: PracticeCalendar): readonly PracticeCalendar[] {
  const regional = calendar.table.regional[calendar.region] ?? [];
  const choice = regional.find((name) => name.includes('|'));
  if (choice === undefined) return [calendar];
  return choice.split('|').flatMap((kept) => {
    const days = regional.map((name) => (name === choice ? kept : name));
    return withoutChoice({ ...calendar, table: { ...calendar.table, regional: { [calendar.region]: days } } });
  });
}

/** Monday to Friday and no public holiday. */
export function isWorkingDay(day: number, calendar: PracticeCalendar): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday !== 0 && weekday !== 6 && !isHoliday(day, calendar);
}

/** The last of `count` working days after `start`: the date that ends a legal delay. The earliest, where the calendar leaves a choice. */
export function addWorkingDays(start: LocalDate, count: number, calendar: PracticeCalendar): LocalDate {
  const ends = possibleCalendars(calendar).map((possible) => {
    let day = dayNumber(start);
    for (let left = count; left > 0;) {
      day += 1;
      if (isWorkingDay(day, possible)) left -= 1;
    }
    return day;
  });
  return dateOfDay(Math.min(...ends));
}

/** Number of working days after `from` up to and including `to`; 0 when `to` is not after `from`. */
export function workingDaysBetween(from: LocalDate, to: LocalDate, calendar: PracticeCalendar): number {
  let count = 0;
  for (let day = dayNumber(from) + 1; day <= dayNumber(to); day++) if (isWorkingDay(day, calendar)) count += 1;
  return count;
}
