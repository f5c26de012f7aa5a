/** What the add-in asks the host once it is active: whether their clocks agree, and whether it knows every practitioner whose invoices will come. */
import type { HostApi } from '../../host-bridge/host-api';
import { isBridgeError } from '../../host-bridge/bridge-error';
import type { HostPractitioner } from '../../host-bridge/host-messages';
import type { Teletrans } from '../../teletrans/application/port';
import type { Practitioner } from '../../teletrans/domain/practice';
import type { HeldReason } from '../../teletrans/store/port';

/** A difference that can put a lot on another day, or an invoice past its legal date. */
const SKEW_LIMIT_MS = 2 * 60_000;

export type AskedHost = Pick<HostApi, 'clockSkewMs' | 'practitioners' | 'notify'>;

/** An older host that does not know a question has nothing to say to it. */
async function orUnknown<T>(question: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await question;
  } catch (error) {
    if (isBridgeError(error, 'remote') || isBridgeError(error, 'timeout')) return otherwise;
    throw error;
  }
}

type Fault = HeldReason & { readonly id: string };

function skewFault(skewMs: number | null): readonly Fault[] {
  if (skewMs === null || Math.abs(skewMs) <= SKEW_LIMIT_MS) return [];
  return [{ id: 'clock-skew', code: 'HOT-012', details: { minutes: Math.round(Math.abs(skewMs) / 60_000) } }];
}

function unknownPractitioners(theirs: readonly HostPractitioner[], known: readonly Practitioner[]): readonly Fault[] {
  const numbers = new Set(known.map(({ billingNumber }) => billingNumber));
  const unknown = theirs.flatMap(({ billingNumber }) => (billingNumber === null || numbers.has(billingNumber) ? [] : [billingNumber]));
  return unknown.length === 0 ? [] : [{ id: 'unknown-practitioners', code: 'HOT-013', details: { numeros: unknown.join(', ') } }];
}

/**
 * Leaves a notice with the host for each fault.
 * @returns how far the host's clock is ahead of this machine's, ms; null when it gives none. @throws BridgeError `closed`, `busy`
 */
export async function checkHost(
  host: AskedHost,
  teletrans: Pick<Teletrans, 'explain'>,
  known: readonly Practitioner[],
): Promise<number | null> {
  const skewMs = await orUnknown<number | null>(host.clockSkewMs(), null);
  const practitioners = await orUnknown(host.practitioners(), []);
  for (const { id, code, details } of [...skewFault(skewMs), ...unknownPractitioners(practitioners, known)]) {
    const { message, action } = teletrans.explain({ code, details });
    await host.notify({ id, severity: 'warning', message: `${message} ${action}` });
  }
  return skewMs;
}
