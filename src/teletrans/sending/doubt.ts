/**
 * What may have arrived. A file in doubt, or handed over and never acknowledged, leaves again only as the same bytes under the same identity, after the returns
 * were fetched, after the ARL window, and by decision (spec/transport.md § 4, spec/lots-and-files.md § 6.3 rows 16 and 22). Pure.
 */
import type { FileState } from '../domain/states';
import type { StoredAttempt } from '../store/port';

/** Profile data. */
export interface DoubtPolicy {
  /** How long an ARL is awaited after an attempt before the file may leave again. */
  readonly waitMs: number;
  /** The software may send a file in doubt again by itself, once. False: only a person may. */
  readonly autoResend: boolean;
}

type Outcome = NonNullable<StoredAttempt['outcome']>;

const PERHAPS_THERE: ReadonlySet<FileState> = new Set<FileState>(['UNCERTAIN', 'OVERDUE']);

/** True for a file that may have arrived and has no ARL in time: sending it again is a decision. */
export const mayHaveArrived = (state: FileState): boolean => PERHAPS_THERE.has(state);

/**
 * What a file is after an attempt. An attempt that failed for sure says nothing of the earlier ones: what was in doubt stays in doubt, what was handed over stays
 * handed over and late.
 */
export function stateAfterAttempt(outcome: Outcome, earlier: readonly Pick<StoredAttempt, 'outcome'>[]): FileState {
  if (outcome === 'HANDED_OVER') return outcome;
  if (earlier.some((attempt) => attempt.outcome === 'HANDED_OVER')) return 'OVERDUE';
  return earlier.some((attempt) => attempt.outcome === 'UNCERTAIN') ? 'UNCERTAIN' : outcome;
}

/**
 * When the ARL window of the last attempt ends. An attempt dated in the future (the clock was set back since) opens the window now: a wrong clock never locks a file
 * for good, and never shortens the wait.
 */
export function windowEnd(attempts: readonly StoredAttempt[], { waitMs }: Pick<DoubtPolicy, 'waitMs'>, now: Date): Date {
  const ends = attempts.map(({ startedAt, endedAt }) => Date.parse(endedAt ?? startedAt));
  const last = ends.length === 0 ? now.getTime() : Math.max(...ends);
  return new Date(Math.min(last, now.getTime()) + waitMs);
}

/** The software sends by itself at most once what is in doubt: after the first attempt that left a doubt. */
export function mayResendByItself(attempts: readonly StoredAttempt[]): boolean {
  return attempts.filter(({ outcome }) => outcome === 'UNCERTAIN').length === 1 && attempts.at(-1)?.outcome === 'UNCERTAIN';
}
