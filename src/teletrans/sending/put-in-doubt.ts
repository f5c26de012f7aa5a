/**
 * A file that for us never left may have left all the same: another copy of the data sent it, or a payer answers it. It is in doubt by an attempt whose end nobody knows.
 * Runs inside one transaction, by a person's decision.
 */
import type { Identifiers } from '../domain/identifiers';
import { stepPartsWherePossible } from '../domain/parts';
import { stepFile, stepLot, type FileState } from '../domain/states';
import type { StoredFile, StoreSession } from '../store/port';

/** @param file FROZEN, TEMP_FAILED or PERM_FAILED. @param cause code of the error catalogue kept with the attempt. Errors: STO-010 in any other state. */
export async function putInDoubt(session: StoreSession, file: StoredFile, at: string, ids: Identifiers, cause: string): Promise<void> {
  const way: readonly FileState[] = file.state === 'PERM_FAILED' ? ['FROZEN', 'ATTEMPT', 'UNCERTAIN'] : ['ATTEMPT', 'UNCERTAIN'];
  await session.files.update(file.id, {
    state: way.reduce(stepFile, file.state),
    failure: { code: 'TRA-007', details: {} },
    nextTryAt: null,
  });
  await session.attempts.insert({
    id: ids.uuid(),
    fileId: file.id,
    rank: (await session.attempts.ofFile(file.id)).length + 1,
    startedAt: at,
    endedAt: at,
    phase: 'started',
    outcome: 'UNCERTAIN',
    reply: null,
    failure: cause,
  });
  for (const id of file.lotIds) {
    const lot = await session.lots.get(id);
    if (lot?.state !== 'IN_FILE') continue;
    await session.lots.update(id, { state: stepLot(lot.state, 'UNCERTAIN') });
    for (const invoiceId of lot.invoiceIds) {
      const invoice = await session.invoices.get(invoiceId);
      if (invoice?.lotId === id) await session.invoices.update(invoiceId, stepPartsWherePossible(invoice, 'UNCERTAIN'));
    }
  }
  await session.journal.append({
    at,
    actor: 'person:cabinet',
    entity: 'file',
    entityId: file.id,
    event: 'put-in-doubt',
    from: file.state,
    to: 'UNCERTAIN',
    detail: { code: cause },
  });
}
