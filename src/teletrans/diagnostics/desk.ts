/** What the window asks of diagnostics. */
import type { Bundle } from './bundle/bundle-model';
import type { HealthReport } from './health/report';
import type { SwitchState } from './switch-setting';

export interface DiagnosticsDesk {
  /** Whether diagnostics are on, and whether the manifest can be used as it is. */
  state(): { readonly state: SwitchState; readonly faulty: boolean };
  onChange(listener: () => void): () => void;
  /** Runs every health check; spends no try of a card and sends nothing. */
  health(): Promise<HealthReport>;
  /** Makes a bundle in memory. */
  bundle(): Promise<Bundle>;
}
