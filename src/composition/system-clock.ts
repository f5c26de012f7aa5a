/** The clock of the machine, or one started at `VITALE_MAINTENANT` (contract § 2), which then runs. */
import type { Clock } from '../teletrans/domain/clock';
import { VitaleError } from '../teletrans/domain/errors';
import type { PracticeMode } from '../teletrans/domain/practice';

/** Errors: CFG-002 when the variable is no ISO date-time with offset, or when the practice is a real one. */
export function startClock(mode: PracticeMode, environment: NodeJS.ProcessEnv = process.env): Clock {
  const wanted = environment['VITALE_MAINTENANT'];
  if (wanted === undefined || wanted === '') return { now: () => new Date() };
  if (mode === 'reel') throw new VitaleError('CFG-002', { detail: 'VITALE_MAINTENANT en mode reel' });
  const start = Date.parse(wanted);
  if (Number.isNaN(start) || !/(Z|[+-]\d{2}:?\d{2})$/.test(wanted)) throw new VitaleError('CFG-002', { detail: 'VITALE_MAINTENANT' });
  const origin = performance.now();
  return { now: () => new Date(start + performance.now() - origin) };
}
