/**
 * What another copy of the data may have sent meanwhile: after a restored backup it is held back or put in doubt, never sent as if it were new. Runs inside one
 * transaction.
 */
import { stepPartsWherePossible } from '../domain/parts';
import { stepFile, stepLot, type FileState } from '../domain/states';
import type { Identifiers } from '../domain/identifiers';
import type { StoredFile, StoredLot, StoreSession } from '../store/port';

/** Reason of an invoice held for this. */
export const PERHAPS_SENT = 'STO-021';

export interface HeldBack {
  readonly files: number;
  readonly invoices: number;
}

export async function holdBackUnsent(session: StoreSession, at: string, ids: Identifiers): Promise<HeldBack> {
  const files = await session.files.list({ state: ['FROZEN', 'TEMP_FAILED', 'PERM_FAILED'] });
  for (const file of files) await doubt(session, file, at, ids);
  for (const lot of await session.lots.list({ state: ['NUMBERED', 'SEALED'] })) await dissolve(session, lot, at);
  const ready = await session.invoices.list({ anyState: ['READY'] });
  for (const invoice of ready)
    await session.invoices.update(invoice.id, { ...stepPartsWherePossible(invoice, 'HELD'), held: { code: PERHAPS_SENT, details: {} } });
  return { files: files.length, invoices: ready.length };
}

/** The other copy may have sent these very bytes: an attempt whose end nobody knows. Its ARL will find it, and a person may send it again. */
async function doubt(session: StoreSession, file: StoredFile, at: string, ids: Identifiers): Promise<void> {
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
    failure: 'STO-004',
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
  await journal(session, 'file', file.id, file.state, 'UNCERTAIN', at);
}

/** A lot that is in no file here may be in one there: its number never serves again, its invoices are held one by one. */
async function dissolve(session: StoreSession, lot: StoredLot, at: string): Promise<void> {
  await session.lots.update(lot.id, { state: stepLot(lot.state, 'CANCELLED') });
  for (const id of lot.invoiceIds) {
    const invoice = await session.invoices.get(id);
    if (invoice?.lotId === lot.id) await session.invoices.update(id, stepPartsWherePossible(invoice, 'READY'));
  }
  await journal(session, 'lot', lot.id, lot.state, 'CANCELLED', at);
}

function journal(session: StoreSession, entity: 'file' | 'lot', entityId: string, from: string, to: string, at: string): Promise<void> {
  return session.journal.append({ at, actor: 'person:cabinet', entity, entityId, event: 'data-restored', from, to, detail: {} });
}
