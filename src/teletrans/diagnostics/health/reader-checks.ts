/** The reader and the card in it: what can be said without a code, and without spending a try. */
import { X509Certificate } from 'node:crypto';
import type { Finding, HealthCheck } from './check';
import type { HealthSources } from './sources';

const DAY_MS = 86_400_000;

export const readerCheck = ({ reader }: HealthSources): HealthCheck => ({
  id: 'reader',
  needs: 'practice',
  run: async () => {
    const status = await reader().status();
    if (status.state === 'unavailable') return { status: 'error', code: status.errorCode };
    return status.state === 'no-reader' ? { status: 'error', code: 'LEC-001' } : { status: 'ok', code: 'DIA-020' };
  },
});

export const cardCheck = (sources: HealthSources): HealthCheck => ({
  id: 'card',
  needs: 'reader',
  run: async (): Promise<Finding> => {
    const status = await sources.reader().status();
    if (status.state === 'no-reader' || status.state === 'no-card') return { status: 'warning', code: 'DIA-022' };
    if (status.state === 'not-a-cps' || status.state === 'unavailable') return { status: 'error', code: status.errorCode };
    if (status.triesLeft === 0) return { status: 'error', code: 'CPS-005' };
    if (status.triesLeft === 1) return { status: 'warning', code: 'CPS-004' };
    const n = status.triesLeft;
    // Opening it would reset it under the transmission that uses it.
    if (sources.cardInUse()) return { status: 'ok', code: 'DIA-021', details: { n } };
    return expiry(sources, n);
  },
});

/** The end of validity stands in the card's own certificate, which needs no code. */
async function expiry({ reader, clock, limits }: HealthSources, tries: number): Promise<Finding> {
  let pem: string;
  const session = await reader().open();
  try {
    pem = await session.certificate();
  } catch {
    return { status: 'warning', code: 'DIA-025', details: { n: tries } };
  } finally {
    await session.close();
  }
  const days = Math.floor((Date.parse(new X509Certificate(pem).validTo) - clock.now().getTime()) / DAY_MS);
  if (days < 0) return { status: 'error', code: 'DIA-024' };
  return days <= limits.card.warningDays
    ? { status: 'warning', code: 'DIA-023', details: { n: days } }
    : { status: 'ok', code: 'DIA-026', details: { n: tries, j: days } };
}
