/**
 * Transmissions and collections asked for in the window. One at a time in this process; they run on when the page that asked is closed, and the last one is
 * remembered so that a reloaded page knows where things stand.
 */
import { Cancellation } from '../../application/cancellation';
import type { Progress, Teletrans, TransmitChoice } from '../../application/port';
import { codeField } from '../../diagnostics/log-values';
import type { Logger } from '../../diagnostics/logger';
import { VitaleError } from '../../domain/errors';
import type { ApiError, WorkView } from '../protocol';

/** What prevents a work shows within this time; later errors are its result. */
const PREVENTED_WITHIN_MS = 250;
/** Steps are told at most this often, but for the last of each kind. */
const PROGRESS_EVERY_MS = 100;

/** Steps from which a transmission goes on to its end. */
const SEALS: ReadonlySet<Progress['step']> = new Set(['sealing', 'freezing', 'sending']);

export interface WorkDeskDependencies {
  readonly teletrans: Pick<Teletrans, 'transmit' | 'collect'>;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly explain: (error: unknown) => ApiError;
  readonly publish: (event: 'progress' | 'result', work: WorkView) => void;
}

type Outcome = Partial<Pick<WorkView, 'report' | 'returns'>>;

export class WorkDesk {
  private view: WorkView | null = null;
  private cancellation: Cancellation | null = null;
  private toldAt = 0;
  private underWay: () => void = () => undefined;

  constructor(private readonly dependencies: WorkDeskDependencies) {}

  /** The work under way, or the last one. */
  get work(): WorkView | null {
    return this.view;
  }

  /** Starts a transmission. Resolves once it is under way; rejects with what prevents it (TRA-018 when one is under way already). */
  transmit(choice: TransmitChoice): Promise<WorkView> {
    const cancellation = new Cancellation();
    return this.start('transmit', cancellation, async (told) => ({
      report: await this.dependencies.teletrans.transmit(choice, told, cancellation),
    }));
  }

  /** Cancels the transmission under way, if it has not sealed yet. Errors: TRA-044 when it has, when it has ended, or when there is none. */
  cancel(): WorkView {
    if (this.view?.endedAt !== null || this.cancellation === null) throw new VitaleError('TRA-044');
    this.cancellation.ask();
    this.dependencies.logger.log('info', 'window.work-cancelled');
    this.view = { ...this.view, cancelling: true };
    this.dependencies.publish('progress', this.view);
    return this.view;
  }

  /** Starts a collection of returns, in the same way. */
  collect(): Promise<WorkView> {
    return this.start('collect', null, async (told) => ({ returns: await this.dependencies.teletrans.collect(told) }));
  }

  private async start(
    kind: WorkView['kind'],
    cancellation: Cancellation | null,
    run: (told: (progress: Progress) => void) => Promise<Outcome>,
  ): Promise<WorkView> {
    const before = this.view;
    if (before?.endedAt === null) throw new VitaleError('TRA-018', { qui: 'cette fenêtre, ou une autre du même programme' });
    const begun: WorkView = {
      id: (before?.id ?? 0) + 1,
      kind,
      startedAt: this.dependencies.now().toISOString(),
      endedAt: null,
      progress: null,
      cancellable: cancellation !== null,
      cancelling: false,
      report: null,
      returns: null,
      error: null,
    };
    this.view = begun;
    this.cancellation = cancellation;
    this.toldAt = 0;
    this.dependencies.logger.log('info', 'window.work-started', { step: kind });

    const moving = new Promise<void>((resolve) => {
      this.underWay = resolve;
    });
    let asked = true;
    const answer = (): void => {
      asked = false;
      this.underWay();
    };
    const running = run((progress) => {
      answer();
      this.told(progress);
    }).then(
      (outcome) => this.end(outcome),
      (error: unknown) => {
        // Told to whoever asked while they still wait; later it is the result of the work.
        if (asked) throw error;
        this.end({ error: this.dependencies.explain(error) });
      },
    );
    const timer = setTimeout(answer, PREVENTED_WITHIN_MS);
    try {
      await Promise.race([running, moving]);
    } catch (error) {
      this.view = before;
      throw error;
    } finally {
      clearTimeout(timer);
    }
    return this.view;
  }

  private told(progress: Progress): void {
    if (this.view?.endedAt !== null) return;
    const last = this.view.progress;
    this.view = { ...this.view, progress, cancellable: this.cancellation !== null && !SEALS.has(progress.step) };
    const now = this.dependencies.now().getTime();
    const pressing = last?.step !== progress.step || progress.done >= progress.total || now - this.toldAt >= PROGRESS_EVERY_MS;
    if (!pressing) return;
    this.toldAt = now;
    this.dependencies.publish('progress', this.view);
  }

  private end(outcome: Outcome & Partial<Pick<WorkView, 'error'>>): void {
    if (this.view === null) return;
    this.view = { ...this.view, ...outcome, cancellable: false, endedAt: this.dependencies.now().toISOString() };
    this.dependencies.logger.log('info', 'window.work-ended', {
      step: this.view.kind,
      ...(this.view.error === null ? {} : codeField(this.view.error.code)),
    });
    this.dependencies.publish('result', this.view);
  }
}
