/** What the end of an attempt does to the file, its lots and their invoices (spec/lots-and-files.md § 6, rows 12-14 of parts, 13-14 of lots, 5-9 of files). */
import { localDate, type Clock } from '../domain/clock';
import { stepPartsWherePossible } from '../domain/parts';
import { canStepLot, stepFile, stepLot } from '../domain/states';
import type { SendOutcome } from '../network/port';
import type { HeldReason, StoredAttempt, StoredFile, StoreSession } from '../store/port';
import { stateAfterAttempt } from './doubt';

/** Delay before an automatic try (profile data). */
export interface RetryPolicy {
  readonly firstMs: number;
  readonly factor: number;
  readonly maxMs: number;
}

/** Milliseconds to wait after the `rank`-th attempt failed for a while. */
export function retryDelay(rank: number, policy: RetryPolicy): number {
  return Math.min(policy.maxMs, policy.firstMs * policy.factor ** (rank - 1));
}

/** Saves how an attempt ended. Runs inside one transaction. @param file as it is while the attempt runs (ATTEMPT). */
export async function saveOutcome(
  session: StoreSession,
  file: StoredFile,
  attempt: StoredAttempt,
  { outcome, phase, reply, failure }: SendOutcome,
  policy: RetryPolicy,
  clock: Clock,
): Promise<void> {
  const now = clock.now();
  const at = now.toISOString();
  const earlier = (await session.attempts.ofFile(file.id)).filter(({ rank }) => rank < attempt.rank);
  const to = stateAfterAttempt(outcome, earlier);
  await session.attempts.update(attempt.id, { endedAt: at, phase, outcome, reply, failure });
  await session.files.update(file.id, {
    state: stepFile(file.state, to),
    failure: failureOf(to, failure),
    nextTryAt: to === 'TEMP_FAILED' ? await nextTry(session, file, new Date(now.getTime() + retryDelay(attempt.rank, policy))) : null,
    ...(to === 'HANDED_OVER' ? { handedOverAt: at } : {}),
  });
  await session.journal.append({
    at,
    actor: 'software',
    entity: 'file',
    entityId: file.id,
    event: 'attempt-ended',
    from: file.state,
    to,
    detail: { rank: attempt.rank, phase, outcome, ...(failure === null ? {} : { code: failure }) },
  });
  if (to === 'HANDED_OVER' || to === 'UNCERTAIN') await moveLots(session, file, to, at);
}

/** What stands beside the file: a doubt that stays is a doubt, whatever the last attempt met. */
function failureOf(state: StoredFile['state'], failure: string | null): HeldReason | null {
  if (state === 'UNCERTAIN') return { code: 'TRA-007', details: {} };
  return failure === null || state === 'OVERDUE' ? null : { code: failure, details: {} };
}

/** When the file is tried again by itself; null once the legal date of one of its invoices is passed: then a person decides (rows 10 and 11). */
async function nextTry(session: StoreSession, file: StoredFile, at: Date): Promise<string | null> {
  for (const lotId of file.lotIds) {
    for (const id of (await session.lots.get(lotId))?.invoiceIds ?? []) {
      const invoice = await session.invoices.get(id);
      if (invoice !== null && invoice.deadline < localDate(at)) return null;
    }
  }
  return at.toISOString();
}

/** Lots and invoices that an ARL has settled since an earlier attempt stay as they are. */
async function moveLots(session: StoreSession, file: StoredFile, outcome: 'HANDED_OVER' | 'UNCERTAIN', at: string): Promise<void> {
  const sent = outcome === 'HANDED_OVER';
  for (const lotId of file.lotIds) {
    const lot = await session.lots.get(lotId);
    const to = sent ? 'SENT' : 'UNCERTAIN';
    if (lot === null || !canStepLot(lot.state, to)) continue;
    await session.lots.update(lotId, { state: stepLot(lot.state, to) });
    // A degraded lot awaits no ARL: its paper sheet is due instead.
    const part = !sent ? 'UNCERTAIN' : lot.security === 'D' ? 'NO_ACK_EXPECTED' : 'SENT';
    for (const id of lot.invoiceIds) {
      const invoice = await session.invoices.get(id);
      if (invoice?.lotId !== lotId) continue;
      await session.invoices.update(id, { ...stepPartsWherePossible(invoice, part), ...(sent ? { sentAt: invoice.sentAt ?? at } : {}) });
    }
  }
}
