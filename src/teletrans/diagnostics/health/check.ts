/** What a health check is, and how a list of them is run: each in bounded time, none stopping the others. */
import { isVitaleError, type ErrorDetails } from '../../domain/errors';
import type { CheckResult, HealthReport, HealthStatus } from './report';

/** What a check found: a code of the error catalogue, whose sentence and action are shown. Details are numbers, dates and words of the program, never a person. */
export interface Finding {
  readonly status: HealthStatus;
  readonly code: string;
  readonly details?: ErrorDetails;
}

export interface HealthCheck {
  /** Stable, for programs that read the report. */
  readonly id: string;
  /** Another check that must not have failed: without it this one means nothing. */
  readonly needs?: string;
  /** @param timeLeft false once the check should come to its end. */
  run(timeLeft: () => boolean): Promise<Finding> | Finding;
}

export interface RunOptions {
  /** What each check is called, by its id. */
  readonly titles: Readonly<Record<string, string>>;
  readonly explain: (code: string, details: ErrorDetails) => { readonly message: string; readonly action: string };
  /** Time one check may take. */
  readonly timeoutMs: number;
}

/** Left out: what it needs has failed. */
const NOT_CHECKED = 'DIA-001';

const RANK: Readonly<Record<HealthStatus, number>> = { ok: 0, warning: 1, error: 2 };

export const worst = (statuses: readonly HealthStatus[]): HealthStatus =>
  statuses.reduce((found, each) => (RANK[each] > RANK[found] ? each : found), 'ok');

/** Runs the checks one after the other. Never rejects: a check that throws has found the error it threw. */
export async function runChecks(checks: readonly HealthCheck[], { titles, explain, timeoutMs }: RunOptions): Promise<HealthReport> {
  const results: CheckResult[] = [];
  for (const check of checks) {
    const begun = performance.now();
    const failed = results.find(({ id, status, code }) => id === check.needs && (status === 'error' || code === NOT_CHECKED));
    const finding: Finding =
      failed === undefined ? await bounded(check, timeoutMs) : { status: 'warning', code: NOT_CHECKED, details: { de: failed.title } };
    const { status, code, details = {} } = finding;
    results.push({
      id: check.id,
      title: titles[check.id] ?? check.id,
      status,
      code,
      ...explain(code, details),
      numbers: numbersOf(details),
      ms: Math.round(performance.now() - begun),
    });
  }
  return { status: worst(results.map(({ status }) => status)), checks: results };
}

const numbersOf = (details: ErrorDetails): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(details).filter((entry): entry is [string, number] => typeof entry[1] === 'number'));

async function bounded(check: HealthCheck, timeoutMs: number): Promise<Finding> {
  const end = performance.now() + timeoutMs;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => resolve({ status: 'error', code: 'DIA-002', details: { n: Math.round(timeoutMs / 1000) } }), timeoutMs);
  });
  try {
    // A check should end by itself a little before it is given up.
    return await Promise.race([Promise.resolve().then(() => check.run(() => performance.now() < end - timeoutMs / 5)), late]);
  } catch (error) {
    if (isVitaleError(error)) return { status: 'error', code: error.code, details: error.details };
    return { status: 'error', code: 'DIA-003', details: { detail: error instanceof Error ? error.name : '?' } };
  } finally {
    clearTimeout(timer);
  }
}
