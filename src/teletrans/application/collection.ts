/** One collection of returns: fetch, apply, and look for what is overdue. Runs under the transmission lock. */
import type { PracticeCalendar } from '../domain/calendar';
import type { Clock } from '../domain/clock';
import { isVitaleError } from '../domain/errors';
import type { ReturnApplication } from '../returns/applying';
import type { Collecting } from '../returns/collecting';
import type { RestoreGuard } from '../restore-guard/guard';
import type { Brake } from '../sending/brake/brake';
import { markOverdue } from '../returns/overdue';
import type { HeldReason, Store } from '../store/port';
import type { ReturnsReport } from './port';

export class Collection {
  constructor(
    private readonly store: Store,
    private readonly collecting: Collecting,
    private readonly application: ReturnApplication,
    private readonly calendar: PracticeCalendar,
    /** Working days after which a missing ARL is shown. */
    private readonly warnAfter: number,
    private readonly clock: Clock,
    private readonly brake: Brake,
    private readonly guard: RestoreGuard,
  ) {}

  /** What was fetched before a failure is applied all the same; the failure is answered, not thrown. */
  async run(): Promise<{ readonly returns: ReturnsReport; readonly failure: HeldReason | null }> {
    let failure: HeldReason | null = null;
    let quarantined = 0;
    try {
      quarantined = await this.collecting.spool();
    } catch (error) {
      if (!isVitaleError(error)) throw error;
      failure = { code: error.code, details: error.details };
    }
    const tally = await this.application.applySpooled();
    await markOverdue(this.store, this.calendar, this.warnAfter, this.clock);
    await this.brake.afterReturns();
    // What was applied is no longer in the mailbox: a backup restored over it must show.
    if ((await this.guard.frozen()) === null) await this.guard.raise();
    return {
      returns: {
        arl: { positive: tally.positive, negative: tally.negative },
        rsp: tally.rsp,
        unmatched: tally.unmatched,
        quarantined: quarantined + tally.quarantined,
      },
      failure,
    };
  }
}
