/** What a program that stays open does by itself: fetches the returns at the pace of the transport profile, sends what is due, and makes the backups. */
import { correlated } from '../teletrans/diagnostics/correlation';
import { failureField } from '../teletrans/diagnostics/log-values';
import type { Logger } from '../teletrans/diagnostics/logger';
import { isVitaleError } from '../teletrans/domain/errors';
import type { OpenPractice } from './container';
import { TOKENS } from './tokens';

const MINUTE_MS = 60_000;
/** A backup that failed is tried again at this pace; one that is due is made at the opening, or when the day changes. */
const BACKUP_PACE_MS = 30 * MINUTE_MS;

/** Starts all; the function returned ends them. A failure is logged and tried again at the next turn. */
export function startAutomaticWork({ container, teletrans }: OpenPractice): () => void {
  const logger = container.resolve(TOKENS.logger);
  const { poll_every_minutes: minutes } = container.resolve(TOKENS.profile).returns;
  const timers = [
    every(minutes * MINUTE_MS, 'returns', logger, () => teletrans.collect(() => undefined)),
    every(MINUTE_MS, 'due-files', logger, () => teletrans.sendDue()),
    every(BACKUP_PACE_MS, 'backup', logger, () => container.resolve(TOKENS.backups).makeDue()),
  ];
  return () => timers.forEach((timer) => clearInterval(timer));
}

function every(ms: number, step: 'returns' | 'due-files' | 'backup', logger: Logger, work: () => Promise<unknown>): NodeJS.Timeout {
  const timer = setInterval(() => {
    correlated(work).catch((error: unknown) => {
      // Another program is at work: it does the same.
      if (isVitaleError(error, 'TRA-018')) return;
      logger.log('warn', 'program.automatic-work-failed', { step, ...failureField(error) });
    });
  }, ms);
  timer.unref();
  return timer;
}

/** The backup and the purge at an opening, beside everything else: nothing waits for them. A backup comes first, and what fails is logged and taken up later. */
export function workAtOpening({ container }: OpenPractice): void {
  const logger = container.resolve(TOKENS.logger);
  const tried = (step: 'backup' | 'purge', work: () => Promise<unknown>): Promise<unknown> =>
    correlated(work).catch((error: unknown) => {
      if (isVitaleError(error, 'TRA-018')) return;
      logger.log('warn', 'program.automatic-work-failed', { step, ...failureField(error) });
    });
  void tried('backup', () => container.resolve(TOKENS.backups).makeDue()).then(() =>
    tried('purge', () => container.resolve(TOKENS.archives).atOpening()),
  );
}
