import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import Holidays from 'date-holidays';
import fc from 'fast-check';
import {
  addWorkingDays,
  dateOfDay,
  dayNumber,
  isHoliday,
  isWorkingDay,
  workingDaysBetween,
  type HolidayTable,
  type PracticeCalendar,
} from '../../../src/teletrans/domain/calendar';
import { legalDeadline, legalDelay } from '../../../src/teletrans/domain/legal-clock';

const TABLE = JSON.parse(readFileSync(path.join(__dirname, '../../../addin/tables/holidays.json'), 'utf8')) as HolidayTable;
const calendar = (region = '35', goodFriday = false): PracticeCalendar => ({ table: TABLE, region, goodFriday });
const NATIONAL = calendar();
const ALSACE = calendar('67');
const ALSACE_GOOD_FRIDAY = calendar('67', true);

/** spec/regulation.md § 2, line by line: start, days, calendar, deadline. */
const VECTORS: readonly (readonly [string, number, PracticeCalendar, string])[] = [
  ['2026-11-23', 3, NATIONAL, '2026-11-26'],
  ['2026-11-23', 8, NATIONAL, '2026-12-03'],
  ['2026-11-20', 3, NATIONAL, '2026-11-25'],
  ['2026-11-21', 3, NATIONAL, '2026-11-25'],
  ['2026-11-10', 3, NATIONAL, '2026-11-16'],
  ['2026-11-10', 8, NATIONAL, '2026-11-23'],
  ['2026-07-10', 3, NATIONAL, '2026-07-16'],
  ['2026-07-10', 8, NATIONAL, '2026-07-23'],
  ['2026-04-30', 3, NATIONAL, '2026-05-06'],
  ['2026-04-30', 8, NATIONAL, '2026-05-15'],
  ['2026-05-22', 3, NATIONAL, '2026-05-28'],
  ['2026-05-22', 8, NATIONAL, '2026-06-04'],
  ['2025-12-31', 3, NATIONAL, '2026-01-06'],
  ['2026-12-31', 8, NATIONAL, '2027-01-13'],
  ['2026-12-23', 3, NATIONAL, '2026-12-29'],
  ['2026-12-23', 3, ALSACE, '2026-12-29'],
  ['2025-12-23', 3, NATIONAL, '2025-12-29'],
  ['2025-12-23', 8, NATIONAL, '2026-01-06'],
  ['2025-12-23', 3, ALSACE, '2025-12-30'],
  ['2025-12-23', 8, ALSACE, '2026-01-07'],
  ['2024-12-23', 3, NATIONAL, '2024-12-27'],
  ['2024-12-23', 3, ALSACE, '2024-12-30'],
  ['2026-04-02', 3, NATIONAL, '2026-04-08'],
  ['2026-04-02', 3, ALSACE_GOOD_FRIDAY, '2026-04-09'],
  ['2027-03-24', 3, NATIONAL, '2027-03-30'],
  ['2027-03-24', 3, ALSACE_GOOD_FRIDAY, '2027-03-31'],
  ['2027-03-24', 8, NATIONAL, '2027-04-06'],
  ['2027-03-24', 8, ALSACE_GOOD_FRIDAY, '2027-04-07'],
  ['2026-05-21', 3, NATIONAL, '2026-05-27'],
  ['2026-05-21', 3, calendar('972'), '2026-05-28'],
  ['2026-04-24', 3, NATIONAL, '2026-04-29'],
  ['2026-04-24', 3, calendar('976'), '2026-04-30'],
  ['2026-05-26', 3, NATIONAL, '2026-05-29'],
  ['2026-05-26', 3, calendar('971'), '2026-06-01'],
  ['2026-06-09', 3, NATIONAL, '2026-06-12'],
  ['2026-06-09', 3, calendar('973'), '2026-06-15'],
  ['2026-10-08', 3, NATIONAL, '2026-10-13'],
  ['2026-10-08', 3, calendar('977'), '2026-10-14'],
  ['2027-12-17', 3, NATIONAL, '2027-12-22'],
  ['2027-12-17', 3, calendar('974'), '2027-12-23'],
];

/** spec/regulation.md § 2: Good Friday, Easter Monday, Ascension, Whit Monday. */
const MOVING_FEASTS: readonly (readonly [number, string, string, string, string])[] = [
  [2025, '04-18', '04-21', '05-29', '06-09'],
  [2026, '04-03', '04-06', '05-14', '05-25'],
  [2027, '03-26', '03-29', '05-06', '05-17'],
  [2028, '04-14', '04-17', '05-25', '06-05'],
  [2029, '03-30', '04-02', '05-10', '05-21'],
  [2030, '04-19', '04-22', '05-30', '06-10'],
];

/** Easter Sunday by Oudin's method: not the one of the product. */
function easterByOudin(year: number): number {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const epact = (century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25) + 19 * golden + 15) % 30;
  const moon = epact - Math.floor(epact / 28) * (1 - Math.floor(29 / (epact + 1)) * Math.floor((21 - golden) / 11));
  const weekday = (year + Math.floor(year / 4) + moon + 2 - century + Math.floor(century / 4)) % 7;
  const shift = moon - weekday;
  const month = 3 + Math.floor((shift + 40) / 44);
  return Date.UTC(year, month - 1, shift + 28 - 31 * Math.floor(month / 4)) / 86_400_000;
}

const days = fc.integer({ min: dayNumber('1990-01-01'), max: dayNumber('2060-12-31') });
const calendars = fc.constantFrom(NATIONAL, ALSACE, ALSACE_GOOD_FRIDAY, calendar('971'), calendar('974'), calendar('2A'));

describe('jours ouvrés', () => {
  it.each(VECTORS)('from %s, %i days, end as the vectors of the regulation say (%#)', (start, count, where, deadline) => {
    expect(addWorkingDays(start, count, where)).toBe(deadline);
    expect(workingDaysBetween(start, deadline, where)).toBe(count);
  });

  it.each(MOVING_FEASTS)('have the moving feasts of %i', (year, goodFriday, easterMonday, ascension, whitMonday) => {
    for (const day of [easterMonday, ascension, whitMonday]) expect(isHoliday(dayNumber(`${year}-${day}`), NATIONAL)).toBe(true);
    expect(isHoliday(dayNumber(`${year}-${goodFriday}`), NATIONAL)).toBe(false);
    expect(isHoliday(dayNumber(`${year}-${goodFriday}`), ALSACE)).toBe(false);
    expect(isHoliday(dayNumber(`${year}-${goodFriday}`), ALSACE_GOOD_FRIDAY)).toBe(true);
  });

  it('have eleven national holidays a year, with Easter as another method computes it, from 1900 to 2299', () => {
    const fixed = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];
    for (let year = 1900; year < 2300; year++) {
      const easter = easterByOudin(year);
      const expected = new Set([...fixed.map((day) => dayNumber(`${year}-${day}`)), easter + 1, easter + 39, easter + 50]);
      const found = new Set<number>();
      for (let day = dayNumber(`${year}-01-01`); day <= dayNumber(`${year}-12-31`); day++) if (isHoliday(day, NATIONAL)) found.add(day);
      expect({ year, found: [...found].sort((a, b) => a - b) }).toEqual({ year, found: [...expected].sort((a, b) => a - b) });
    }
  });

  it('never end on a day off, and count exactly the days asked', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 30 }), calendars, (start, count, where) => {
        const end = addWorkingDays(dateOfDay(start), count, where);
        return isWorkingDay(dayNumber(end), where) && workingDaysBetween(dateOfDay(start), end, where) === count && dayNumber(end) > start;
      }),
    );
  });

  it('give no earlier end for a later start, nor for a practice with more holidays', () => {
    fc.assert(
      fc.property(days, fc.constantFrom(3, 8), calendars, (start, count, where) => {
        const end = addWorkingDays(dateOfDay(start), count, where);
        return addWorkingDays(dateOfDay(start + 1), count, where) >= end && end >= addWorkingDays(dateOfDay(start), count, NATIONAL);
      }),
    );
  });

  it('are Monday to Friday, before 1970 too', () => {
    fc.assert(
      fc.property(fc.integer({ min: -30_000, max: 60_000 }), (day) => {
        const weekday = new Date(day * 86_400_000).getUTCDay();
        return isWorkingDay(day, NATIONAL) === (weekday >= 1 && weekday <= 5 && !isHoliday(day, NATIONAL));
      }),
      { numRuns: 1000 },
    );
  });

  it('tell the earlier date where either of two days may be kept (Saint-Martin, 27 or 28 May)', () => {
    const either = calendar('978');
    const kept = (day: string): PracticeCalendar => ({ ...either, table: { ...TABLE, regional: { '978': [day] } } });
    for (let start = dayNumber('2026-05-01'); start < dayNumber('2027-06-15'); start++) {
      const ends = ['05-27', '05-28'].map((day) => addWorkingDays(dateOfDay(start), 3, kept(day))).sort();
      expect(addWorkingDays(dateOfDay(start), 3, either)).toBe(ends[0]);
    }
  });

  it('leave Good Friday a working day outside Alsace-Moselle, whatever the practice says of its commune', () => {
    for (const region of ['35', '971', '972']) expect(isHoliday(dayNumber('2026-04-03'), calendar(region, true))).toBe(false);
  });

  it('count nothing backwards', () => {
    expect(workingDaysBetween('2026-11-23', '2026-11-23', NATIONAL)).toBe(0);
    expect(workingDaysBetween('2026-11-23', '2026-11-20', NATIONAL)).toBe(0);
  });

  it('refuse a date that is none', () => {
    for (const date of ['', '2026-13-01', 'hier']) expect(() => addWorkingDays(date, 3, NATIONAL)).toThrow();
  });
});

/** Where the package `date-holidays` and the law differ, and why; days as in our table. */
const DIFFERENCES: readonly {
  readonly place: string;
  readonly region: string;
  /** A day off for them and not for us. */
  readonly theirs: string;
  readonly why: string;
}[] = [
  { place: 'GP', region: '971', theirs: 'good-friday', why: 'kept by custom, not by the code (L3422-2)' },
  { place: 'MQ', region: '972', theirs: 'good-friday', why: 'kept by custom, not by the code (L3422-2)' },
  { place: 'MF', region: '978', theirs: '05-27', why: 'may be kept on 28 May instead: neither is sure to be a day off' },
];

const GOOD_FRIDAYS = (year: number): string => dateOfDay(easterByOudin(year) - 2);

describe('another calendar, date-holidays,', () => {
  const places = {
    '35': null,
    '57': '57',
    '67': '67',
    '68': '68',
    '971': 'GP',
    '972': 'MQ',
    '973': 'GF',
    '974': 'RE',
    '976': 'YT',
  } as const;
  const all: readonly (readonly [string, string | null])[] = [...Object.entries(places), ['977', 'BL'], ['978', 'MF']];

  it.each(all)('agrees for %s, every day of 1990 to 2060, but for the differences told', (region, place) => {
    const other = place === null ? new Holidays('FR') : new Holidays('FR', place);
    const mine = calendar(region, true);
    for (let year = 1990; year <= 2060; year++) {
      const theirs = new Set(other.getHolidays(year).flatMap(({ date, type }) => (type === 'public' ? [date.slice(0, 10)] : [])));
      for (const { region: where, theirs: name } of DIFFERENCES) {
        const day = name === 'good-friday' ? GOOD_FRIDAYS(year) : `${year}-${name}`;
        if (where === region && !isHoliday(dayNumber(day), NATIONAL)) theirs.delete(day);
      }
      const found: string[] = [];
      for (let day = dayNumber(`${year}-01-01`); day <= dayNumber(`${year}-12-31`); day++)
        if (isHoliday(day, mine)) found.push(dateOfDay(day));
      expect(found).toEqual([...theirs].sort());
    }
  });

  it('differs where we say it does, and nowhere for another reason', () => {
    for (const { place, theirs, why } of DIFFERENCES) {
      const days = new Holidays('FR', place).getHolidays(2026).map(({ date }) => date.slice(5, 10));
      expect([why, days.includes(theirs === 'good-friday' ? '04-03' : theirs)]).toEqual([why, true]);
    }
  });
});

describe('the legal delay', () => {
  it('is 3 days when the patient paid, 8 with dispense d’avance de frais', () => {
    expect((['none', 'amo', 'amo+amc', 'amc'] as const).map(legalDelay)).toEqual([3, 8, 8, 8]);
  });

  it('starts at deadlineFrom, else at completion', () => {
    expect(legalDeadline({ completedOn: '2026-11-20', thirdParty: 'none' }, NATIONAL)).toBe('2026-11-25');
    expect(legalDeadline({ completedOn: '2026-11-20', deadlineFrom: '2026-11-23', thirdParty: 'none' }, NATIONAL)).toBe('2026-11-26');
    expect(legalDeadline({ completedOn: '2026-11-20', deadlineFrom: '2026-11-10', thirdParty: 'amc' }, NATIONAL)).toBe('2026-11-23');
  });
});
