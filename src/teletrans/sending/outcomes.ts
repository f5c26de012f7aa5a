/** What the end of an attempt does to the file, its lots and their invoices (spec/lots-and-files.md § 6, rows 12-14 of parts, 13-14 of lots, 5-9 of files). */
import { localDate, type Clock } from '../domain/clock';
import { stepParts } from '../domain/parts';
import { stepFile, stepLot } from '../domain/states';
import type { SendOutcome } from '../network/port';
import type { StoredAttempt, StoredFile, StoreSession } from '../store/port';

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

/** Saves how an attempt ended. Runs inside one transaction. */
export async function saveOutcome(
  session: StoreSession,
  file: StoredFile,
  attempt: StoredAttempt,
  outcome: SendOutcome,
  policy: RetryPolicy,
  clock: Clock,
): Promise<void> {
  const now = clock.now();
  const at = now.toISOString();
  await session.attempts.update(attempt.id, { endedAt: at, phase: outcome.phase, outcome: outcome.outcome, reply: outcome.reply });
  await session.files.update(file.id, {
    state: stepFile(file.state, outcome.outcome),
    failure: outcome.failure === null ? null : { code: outcome.failure, details: {} },
    nextTryAt:
      outcome.outcome === 'TEMP_FAILED' ? await nextTry(session, file, new Date(now.getTime() + retryDelay(attempt.rank, policy))) : null,
    ...(outcome.outcome === 'HANDED_OVER' ? { handedOverAt: at } : {}),
  });
  await session.journal.append({
    at,
    actor: 'software',
    entity: 'file',
    entityId: file.id,
    event: 'attempt-ended',
    from: file.state,
    to: outcome.outcome,
    detail: { rank: attempt.rank, phase: outcome.phase, ...(outcome.failure === null ? {} : { code: outcome.failure }) },
  });
  if (outcome.outcome === 'HANDED_OVER' || outcome.outcome === 'UNCERTAIN') await moveLots(session, file, outcome.outcome, at);
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

async function moveLots(session: StoreSession, file: StoredFile, outcome: 'HANDED_OVER' | 'UNCERTAIN', at: string): Promise<void> {
  for (const lotId of file.lotIds) {
    const lot = await session.lots.get(lotId);
    if (lot === null) continue;
    const sent = outcome === 'HANDED_OVER';
    await session.lots.update(lotId, { state: stepLot(lot.state, sent ? 'SENT' : 'UNCERTAIN') });
    // A degraded lot awaits no ARL: its paper sheet is due instead.
    const part = !sent ? 'UNCERTAIN' : lot.security === 'D' ? 'NO_ACK_EXPECTED' : 'SENT';
    for (const id of lot.invoiceIds) {
      const invoice = await session.invoices.get(id);
      if (invoice === null) continue;
      await session.invoices.update(id, { ...stepParts(invoice, part), ...(sent ? { sentAt: at } : {}) });
    }
  }
}
