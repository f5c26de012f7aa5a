/** What a program that stays open does by itself: fetches the returns at the pace of the transport profile, and sends what is due. */
import { correlated } from '../teletrans/diagnostics/correlation';
import { failureField } from '../teletrans/diagnostics/log-values';
import type { Logger } from '../teletrans/diagnostics/logger';
import { isVitaleError } from '../teletrans/domain/errors';
import type { OpenPractice } from './container';
import { TOKENS } from './tokens';

const MINUTE_MS = 60_000;

/** Starts both; the function returned ends them. A failure is logged and tried again at the next turn. */
export function startAutomaticWork({ container, teletrans }: OpenPractice): () => void {
  const logger = container.resolve(TOKENS.logger);
  const { poll_every_minutes: minutes } = container.resolve(TOKENS.profile).returns;
  const timers = [
    every(minutes * MINUTE_MS, 'returns', logger, () => teletrans.collect(() => undefined)),
    every(MINUTE_MS, 'due-files', logger, () => teletrans.sendDue()),
  ];
  return () => timers.forEach((timer) => clearInterval(timer));
}

function every(ms: number, step: 'returns' | 'due-files', logger: Logger, work: () => Promise<unknown>): NodeJS.Timeout {
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

/** The purge at an opening, beside everything else: nothing waits for it, and what fails is logged and taken up at the next opening. */
export function purgeAtOpening({ container }: OpenPractice): void {
  const logger = container.resolve(TOKENS.logger);
  correlated(() => container.resolve(TOKENS.archives).atOpening()).catch((error: unknown) => {
    if (isVitaleError(error, 'TRA-018')) return;
    logger.log('warn', 'program.automatic-work-failed', { step: 'purge', ...failureField(error) });
  });
}
