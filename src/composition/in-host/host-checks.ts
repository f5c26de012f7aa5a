/** What the add-in asks the host once it is active: whether their clocks agree, and whether it knows every practitioner whose invoices will come. */
import type { HostApi } from '../../host-bridge/host-api';
import { isBridgeError } from '../../host-bridge/bridge-error';
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

/** The faults found, for the notices. Pure but for the two questions. */
async function faults(host: AskedHost, known: readonly Practitioner[]): Promise<readonly (HeldReason & { readonly id: string })[]> {
  const skew = await orUnknown(host.clockSkewMs(), 0);
  const practitioners = await orUnknown(host.practitioners(), []);
  const numbers = new Set(known.map(({ billingNumber }) => billingNumber));
  const unknown = practitioners.flatMap(({ billingNumber }) =>
    billingNumber === null || numbers.has(billingNumber) ? [] : [billingNumber],
  );
  return [
    ...(Math.abs(skew) > SKEW_LIMIT_MS
      ? [{ id: 'clock-skew', code: 'HOT-012', details: { minutes: Math.round(Math.abs(skew) / 60_000) } }]
      : []),
    ...(unknown.length > 0 ? [{ id: 'unknown-practitioners', code: 'HOT-013', details: { numeros: unknown.join(', ') } }] : []),
  ];
}

/** Leaves a notice with the host for each fault. @throws BridgeError `closed`, `busy` */
export async function checkHost(host: AskedHost, teletrans: Pick<Teletrans, 'explain'>, known: readonly Practitioner[]): Promise<void> {
  for (const { id, code, details } of await faults(host, known)) {
    const { message, action } = teletrans.explain({ code, details });
    await host.notify({ id, severity: 'warning', message: `${message} ${action}` });
  }
}
