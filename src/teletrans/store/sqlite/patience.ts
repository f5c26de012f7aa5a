import { setTimeout as sleep } from 'node:timers/promises';
import { isVitaleError } from '../../domain/errors';

/**
 * Tries `work` until no other program holds the lock it needs, without blocking the event loop.
 * @param patienceMs after that the last STO-002 is thrown.
 */
export async function patiently<T>(patienceMs: number, work: () => T): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (let pause = 2; ; pause = Math.min(pause * 2, 50)) {
    try {
      return work();
    } catch (error) {
      if (!isVitaleError(error, 'STO-002') || performance.now() >= deadline) throw error;
    }
    await sleep(pause / 2 + Math.random() * pause);
  }
}
