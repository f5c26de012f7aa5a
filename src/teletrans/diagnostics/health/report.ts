/** The report of the health checks, as it is shown and answered. */
export type HealthStatus = 'ok' | 'warning' | 'error';

/** One line of the report. */
export interface CheckResult {
  readonly id: string;
  /** French: what was checked. */
  readonly title: string;
  readonly status: HealthStatus;
  readonly code: string;
  /** French: what was found, and what to do, empty when there is nothing to do. */
  readonly message: string;
  readonly action: string;
  /** The numbers among the details of the sentence. */
  readonly numbers: Readonly<Record<string, number>>;
  /** How long it took. */
  readonly ms: number;
}

export interface HealthReport {
  /** The worst of all checks. */
  readonly status: HealthStatus;
  readonly checks: readonly CheckResult[];
}
