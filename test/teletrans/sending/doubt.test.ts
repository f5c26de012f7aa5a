import fc from 'fast-check';
import { lotDateProblem } from '../../../src/teletrans/sending/lot-age';
import { mayResendByItself, stateAfterAttempt, windowEnd } from '../../../src/teletrans/sending/doubt';
import type { StoredAttempt } from '../../../src/teletrans/store/port';
import { anAttempt } from '../store/samples';

type Outcome = NonNullable<StoredAttempt['outcome']>;
const outcome = fc.constantFrom<Outcome>('HANDED_OVER', 'TEMP_FAILED', 'PERM_FAILED', 'UNCERTAIN');
const attempts = fc.array(outcome, { maxLength: 6 }).map((outcomes) => outcomes.map((each) => anAttempt('f', { outcome: each })));

describe('after an attempt', () => {
  it('what may have arrived is never said to be surely not sent', () => {
    fc.assert(
      fc.property(outcome, attempts, (last, earlier) => {
        const state = stateAfterAttempt(last, earlier);
        const perhapsThere = [...earlier.map((attempt) => attempt.outcome), last].some(
          (each) => each === 'UNCERTAIN' || each === 'HANDED_OVER',
        );
        expect(state === 'TEMP_FAILED' || state === 'PERM_FAILED').toBe(!perhapsThere);
      }),
    );
  });

  it('one that was handed over is handed over, or late, whatever later attempts met', () => {
    fc.assert(
      fc.property(outcome, attempts, (last, earlier) => {
        if (last === 'HANDED_OVER') expect(stateAfterAttempt(last, earlier)).toBe('HANDED_OVER');
        else if (earlier.some((attempt) => attempt.outcome === 'HANDED_OVER')) expect(stateAfterAttempt(last, earlier)).toBe('OVERDUE');
      }),
    );
  });
});

describe('the ARL window', () => {
  const now = new Date('2026-11-20T18:00:00Z');
  const hour = 3_600_000;

  it('runs from the end of the last attempt', () => {
    const list = [anAttempt('f', { endedAt: '2026-11-19T10:00:00.000Z' }), anAttempt('f', { endedAt: '2026-11-20T10:00:00.000Z' })];
    expect(windowEnd(list, { waitMs: 24 * hour }, now).toISOString()).toBe('2026-11-21T10:00:00.000Z');
  });

  it('is never shorter than the wait after now for an attempt of the future, and never locks a file for years', () => {
    fc.assert(
      fc.property(fc.date({ min: now, max: new Date('2099-01-01'), noInvalidDate: true }), (end) => {
        const list = [anAttempt('f', { endedAt: end.toISOString() })];
        expect(windowEnd(list, { waitMs: 24 * hour }, now).getTime()).toBe(now.getTime() + 24 * hour);
      }),
    );
  });
});

describe('what is in doubt', () => {
  it('leaves again by itself once at most', () => {
    fc.assert(
      fc.property(attempts, (list) => {
        if (!mayResendByItself(list)) return;
        expect(mayResendByItself([...list, anAttempt('f', { outcome: 'UNCERTAIN' })])).toBe(false);
        expect(mayResendByItself([...list, anAttempt('f', { outcome: 'TEMP_FAILED' })])).toBe(false);
      }),
    );
  });
});

describe('the date of a lot', () => {
  const limits = { maxAgeDays: 90, maxPostDatedDays: 0 };
  it.each([
    ['2026-11-20', null],
    ['2026-08-22', null],
    ['2026-08-21', 'LOT-006'],
    ['2026-11-21', 'LOT-007'],
  ])('%s, on 20 November 2026: %s', (date, problem) => {
    expect(lotDateProblem(['2026-11-20', date], '2026-11-20', limits)).toBe(problem);
  });
});
