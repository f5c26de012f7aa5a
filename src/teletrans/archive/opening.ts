/** When the purge runs by itself: at an opening, once a person has been shown on an earlier day what will go, and unless it was put off. Pure. */
import { dateOfDay, dayNumber } from '../domain/calendar';
import type { LocalDate } from '../domain/invoice';

export interface Announcement {
  /** The day a person was first shown what will go; null when nobody was. */
  readonly announcedOn: LocalDate | null;
  /** No purge by itself up to this day. */
  readonly postponedUntil: LocalDate | null;
}

/** How long "later" is, in days. */
const POSTPONE_DAYS = 7;

/** The first day on which an opening runs the purge by itself; null as long as nobody was shown it. */
export function runsFrom({ announcedOn, postponedUntil }: Announcement): LocalDate | null {
  if (announcedOn === null) return null;
  const last = postponedUntil !== null && postponedUntil > announcedOn ? postponedUntil : announcedOn;
  return dateOfDay(dayNumber(last) + 1);
}

export function runsToday(announcement: Announcement, today: LocalDate): boolean {
  const from = runsFrom(announcement);
  return from !== null && from <= today;
}

/** True while a person has asked not to be shown the purge again. */
export const isPostponed = ({ postponedUntil }: Announcement, today: LocalDate): boolean =>
  postponedUntil !== null && today <= postponedUntil;

export const postponedFrom = (today: LocalDate): LocalDate => dateOfDay(dayNumber(today) + POSTPONE_DAYS - 1);
