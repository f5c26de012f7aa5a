/** The health checks, in the order they are shown. */
import type { HealthCheck } from './check';
import { clockCheck } from './clock-check';
import { certificatesCheck, diskCheck, practiceCheck, profileCheck, routesCheck, settingsCheck, tablesCheck } from './practice-checks';
import { cardCheck, readerCheck } from './reader-checks';
import { backupCheck, keyCheck, markCheck } from './safety-checks';
import type { HealthSources } from './sources';
import { acksCheck, frozenCheck, journalCheck, lateCheck, pendingCheck } from './store-checks';

const CHECKS = [
  practiceCheck,
  settingsCheck,
  diskCheck,
  journalCheck,
  frozenCheck,
  clockCheck,
  readerCheck,
  cardCheck,
  tablesCheck,
  profileCheck,
  certificatesCheck,
  routesCheck,
  acksCheck,
  pendingCheck,
  lateCheck,
  backupCheck,
  markCheck,
  keyCheck,
] as const;

export const healthChecks = (sources: HealthSources): readonly HealthCheck[] => CHECKS.map((make) => make(sources));
