/** The health report for the host: one check of the manifest, answered with the worst of all and what each found. */
import type { DependencyContainer } from 'tsyringe';
import type { HealthReport } from '../../host-bridge/host-messages';
import type { ClockReference } from '../../teletrans/diagnostics/health/sources';
import { runHealth } from '../diagnostics/desk';
import { sourcesOfOpen } from '../diagnostics/health-sources';

export const HEALTH_CHECK = 'teletrans.sante';

/** Runs every check of an open practice. `hostSkewMs`: how far the host's clock was ahead when it was asked, null when it gave none. Words and states only: what the checks find names no person. */
export async function hostHealth(container: DependencyContainer, hostSkewMs: number | null): Promise<HealthReport> {
  const reference: ClockReference | null = hostSkewMs === null ? null : { source: 'LOGOSw', aheadSeconds: -hostSkewMs / 1000 };
  const sources = { ...sourcesOfOpen(container), hostClock: () => Promise.resolve(reference) };
  const { status, checks } = await runHealth(container, sources);
  const found = checks.filter((check) => check.status !== 'ok').map(({ title, message }) => `${title} : ${message}`);
  return {
    status,
    message: found.length === 0 ? 'Tout est en ordre.' : found.join(' '),
    details: Object.fromEntries(checks.map((check) => [check.id, check.status])),
  };
}
