/** A person says what happened since the backup: the numbers go on after the highest known, and sending is free again. Runs under the transmission lock. */
import { dateOfDay, dayNumber } from '../domain/calendar';
import { localDate, type Clock } from '../domain/clock';
import type { Identifiers } from '../domain/identifiers';
import { undecidable } from '../domain/undecidable';
import { burnLotNumbers } from '../lots/lot-numbers';
import type { Store, StoredDecision, StoreSession } from '../store/port';
import { guardState, markOf, saveGuardState, type Freeze, type RestoreGuard } from './guard';
import { markKey, numbersBetween, takenUp } from './mark';
import { holdBackUnsent, type HeldBack } from './unsent';

export class TakingUp {
  constructor(
    private readonly store: Store,
    private readonly guard: RestoreGuard,
    /** Days during which a number may still be confused with one in flight. */
    private readonly reuseGuardDays: number,
    private readonly clock: Clock,
    private readonly ids: Identifiers,
  ) {}

  /**
   * Numbers, what may have been sent, the decision and the end of the freeze are one transaction; the marks follow. A crash in between asks nothing again: the marks
   * decided about are remembered.
   * @param hold something may have been sent since: what has not left here is held back or in doubt. Errors: DEC-002, DEC-003 when sending is not frozen.
   */
  async take(hold: boolean, decision: StoredDecision): Promise<HeldBack> {
    const now = this.clock.now();
    const held = await this.store.transaction(async (session) => {
      const state = await guardState(session);
      if (state?.freeze == null) throw undecidable(true);
      await this.takeNumbers(session, state.freeze, localDate(now));
      const back = hold ? await holdBackUnsent(session, now.toISOString(), this.ids) : { files: 0, invoices: 0 };
      await session.decisions.append(decision);
      await session.journal.append({
        at: now.toISOString(),
        actor: 'person:cabinet',
        entity: 'practice',
        entityId: 'restore-guard',
        event: 'numbers-taken-up',
        from: null,
        to: null,
        detail: { decision: decision.id, files: back.files, invoices: back.invoices },
      });
      await saveGuardState(session, { ...state, freeze: null, settled: [...state.settled, ...state.freeze.marks.map(markKey)] });
      return back;
    });
    await this.guard.raise();
    return held;
  }

  private async takeNumbers(session: StoreSession, { marks }: Freeze, today: string): Promise<void> {
    const data = await markOf(session, '');
    for (const [scope, last] of Object.entries(takenUp(data, marks))) {
      const [kind, billingNumber = ''] = scope.split(':');
      const until = dateOfDay(dayNumber(today) + this.reuseGuardDays);
      if (kind === 'lot') await burnLotNumbers(session, billingNumber, numbersBetween(data.counters[scope] ?? 0, last), until);
      await session.counters.set(scope, last);
    }
    const compostages = [data.compostage, ...marks.map(({ compostage }) => compostage)].sort();
    await session.settings.set('compostage:last', compostages.at(-1) ?? '');
  }
}
