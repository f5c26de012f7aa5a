import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves once `holds` answers true; looks every 20 ms. Rejects after `patienceMs`, long enough for a loaded machine. */
export async function until(holds: () => boolean | Promise<boolean>, patienceMs = 30_000): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('what was waited for did not come');
    await sleep(20);
  }
}
