/** Ties the switch to the log: levels, what came before, and the entry of who and when. */
import { failureField, millisecondsOf } from './log-values';
import type { ProductLog } from './product-log';
import type { DiagnosticsSwitch, FollowManifest } from './diagnostics-switch';
import type { SwitchState } from './switch-setting';

export class LiveDiagnostics {
  private stateTold: string | null = null;
  private faultTold = false;
  private journalling: Promise<void> = Promise.resolve();
  /** Null until the store is open. */
  private journal: ((state: SwitchState) => Promise<void>) | null = null;

  constructor(
    readonly toggle: DiagnosticsSwitch,
    private readonly log: ProductLog,
    manifest: FollowManifest,
  ) {
    toggle.onChange(() => this.apply());
    this.apply();
    toggle.follow(manifest);
  }

  /** From now on every change is journalled, beginning with what holds already. */
  journalWith(journal: (state: SwitchState) => Promise<void>): void {
    this.journal = journal;
    this.journalNow();
  }

  /** Ends following the manifest; resolves when what was to be journalled is. */
  async close(): Promise<void> {
    this.toggle.close();
    await this.journalling;
  }

  private apply(): void {
    const { state, levels, by, until, changedAt } = this.toggle.state;
    this.tellFault();
    const now = `${state} ${changedAt} ${JSON.stringify(levels)}`;
    if (now === this.stateTold || (this.stateTold === null && state === 'off')) return;
    this.stateTold = now;
    this.log.setLevels(levels);
    const left = until === null ? {} : { ms: millisecondsOf(Date.parse(until) - Date.now()) };
    this.log.log('info', `diagnostics.${state}`, { step: by, to: levels.level, ...left });
    if (state === 'on') this.log.writePast();
    this.journalNow();
  }

  private tellFault(): void {
    const { faulty } = this.toggle;
    if (faulty !== this.faultTold) this.log.log('warn', faulty ? 'diagnostics.manifest-faulty' : 'diagnostics.manifest-good-again');
    this.faultTold = faulty;
  }

  private journalNow(): void {
    const { journal } = this;
    if (journal === null) return;
    const { state } = this.toggle;
    this.journalling = this.journalling
      .then(() => journal(state))
      .catch((error: unknown) => this.log.log('warn', 'diagnostics.not-journalled', failureField(error)));
  }
}
