/** What stands in the way of a card, or is to be known of it, from what can be read without a code. Pure. */
import { localDate } from '../domain/clock';
import type { ReaderStatus } from '../reader/port';
import type { HeldReason } from '../store/port';

/** Days before the end of a card at which it is announced, with growing insistence (design of the calendar: 60, 30 and 7 days ahead). */
const AHEAD = [7, 30, 60] as const;

export type ExpiryStage = (typeof AHEAD)[number];

const DAY_MS = 86_400_000;

const NOBODY: Readonly<Record<'no-reader' | 'no-card', string>> = { 'no-reader': 'LEC-001', 'no-card': 'CPS-001' };

/** Why no code can be asked, or what must be known before it is asked: no reader, no card, another card, expired, blocked, last try. */
export function cardProblem(status: ReaderStatus, now: Date): HeldReason | null {
  const reason = (code: string, details: HeldReason['details'] = {}): HeldReason => ({ code, details });
  if (status.state === 'no-reader' || status.state === 'no-card') return reason(NOBODY[status.state]);
  if (status.state !== 'card') return reason(status.errorCode);
  const { validUntil, triesLeft } = status;
  if (validUntil !== null && new Date(validUntil) <= now)
    return reason('CPS-008', { date: localDate(new Date(validUntil)).split('-').reverse().join('/') });
  if (triesLeft === 0) return reason('CPS-005');
  return triesLeft === 1 ? reason('CPS-004') : null;
}

/** The end of a card that comes near: its stage and what is said of it; null when it is far, over, or not known. */
export function cardExpiry(status: ReaderStatus, now: Date): { readonly stage: ExpiryStage; readonly reason: HeldReason } | null {
  if (status.state !== 'card' || status.validUntil === null) return null;
  const left = new Date(status.validUntil).getTime() - now.getTime();
  const days = Math.floor(left / DAY_MS);
  const stage = AHEAD.find((ahead) => days <= ahead);
  return left <= 0 || stage === undefined ? null : { stage, reason: { code: 'CPS-009', details: { n: days } } };
}
