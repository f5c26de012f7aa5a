/** Diagnostics of an open practice, for its window. */
import type { DependencyContainer } from 'tsyringe';
import { makeBundle } from '../../teletrans/diagnostics/bundle/bundle';
import type { DiagnosticsDesk } from '../../teletrans/diagnostics/desk';
import { runChecks } from '../../teletrans/diagnostics/health/check';
import type { HealthReport } from '../../teletrans/diagnostics/health/report';
import { healthChecks } from '../../teletrans/diagnostics/health/checks';
import type { HealthSources } from '../../teletrans/diagnostics/health/sources';
import { TOKENS } from '../tokens';
import { bundleSources } from './bundle-sources';
import { sourcesOfOpen } from './health-sources';

/** Runs every check on the sources. */
export function runHealth(container: DependencyContainer, sources: HealthSources): Promise<HealthReport> {
  const errors = container.resolve(TOKENS.errors);
  return runChecks(healthChecks(sources), {
    titles: sources.limits.titles,
    explain: (code, details) => {
      const { message, action } = errors.explain(code, details);
      return { message, action };
    },
    timeoutMs: sources.limits.checkTimeoutMs,
  });
}

export function createDesk(container: DependencyContainer): DiagnosticsDesk {
  const toggle = container.resolve(TOKENS.diagnosticsSwitch);
  const sources = sourcesOfOpen(container);
  const health = (): Promise<HealthReport> => runHealth(container, sources);
  return {
    state: () => ({ state: toggle.state, faulty: toggle.faulty }),
    onChange: (listener) => toggle.onChange(listener),
    health,
    bundle: async () => makeBundle(await bundleSources(container, sources, toggle.state, await health())),
  };
}
