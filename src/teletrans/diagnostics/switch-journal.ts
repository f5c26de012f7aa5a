/** Who switched diagnostics on, off, or that their time was over: one line of the journal for each, however many programs see it. */
import type { Clock } from '../domain/clock';
import type { Store } from '../store/port';
import type { SwitchState } from './switch-setting';

/** The setting that remembers what the journal has already. */
const LAST = 'diagnostics';

/** Errors: those of the store. */
export async function journalSwitch(store: Store, clock: Clock, { state, by, until, levels, changedAt }: SwitchState): Promise<void> {
  const told = `${state} ${Math.round(changedAt)}`;
  await store.transaction(async (session) => {
    const last = await session.settings.get(LAST);
    const lastState = last?.split(' ', 1)[0] ?? 'off';
    // Off and off again, or the same switching-on seen by another program or after a restart.
    if (last === told || (state === 'off' && lastState !== 'on') || (state === 'expired' && lastState !== 'on')) return;
    await session.settings.set(LAST, told);
    await session.journal.append({
      at: clock.now().toISOString(),
      actor: state === 'expired' ? 'software' : `person:${by}`,
      entity: 'practice',
      entityId: LAST,
      event: `diagnostics-${state}`,
      from: lastState,
      to: state,
      detail: { level: levels.level, ...(until === null ? {} : { until }) },
    });
  });
}
