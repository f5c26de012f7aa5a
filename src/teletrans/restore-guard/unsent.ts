/**
 * What another copy of the data may have sent meanwhile: after a restored backup it is held back or put in doubt, never sent as if it were new. Runs inside one
 * transaction.
 */
import { stepPartsWherePossible } from '../domain/parts';
import { stepLot } from '../domain/states';
import { putInDoubt } from '../sending/put-in-doubt';
import type { Identifiers } from '../domain/identifiers';
import type { StoredLot, StoreSession } from '../store/port';

/** Reason of an invoice held for this. */
export const PERHAPS_SENT = 'STO-021';

export interface HeldBack {
  readonly files: number;
  readonly invoices: number;
}

export async function holdBackUnsent(session: StoreSession, at: string, ids: Identifiers): Promise<HeldBack> {
  const files = await session.files.list({ state: ['FROZEN', 'TEMP_FAILED', 'PERM_FAILED'] });
  // The other copy may have sent these very bytes: their ARL will find the file, and a person may send it again.
  for (const file of files) await putInDoubt(session, file, at, ids, 'STO-004');
  for (const lot of await session.lots.list({ state: ['NUMBERED', 'SEALED'] })) await dissolve(session, lot, at);
  const ready = await session.invoices.list({ anyState: ['READY'] });
  for (const invoice of ready)
    await session.invoices.update(invoice.id, { ...stepPartsWherePossible(invoice, 'HELD'), held: { code: PERHAPS_SENT, details: {} } });
  return { files: files.length, invoices: ready.length };
}

/** A lot that is in no file here may be in one there: its number never serves again, its invoices are held one by one. */
async function dissolve(session: StoreSession, lot: StoredLot, at: string): Promise<void> {
  await session.lots.update(lot.id, { state: stepLot(lot.state, 'CANCELLED') });
  for (const id of lot.invoiceIds) {
    const invoice = await session.invoices.get(id);
    if (invoice?.lotId === lot.id) await session.invoices.update(id, stepPartsWherePossible(invoice, 'READY'));
  }
  await session.journal.append({
    at,
    actor: 'person:cabinet',
    entity: 'lot',
    entityId: lot.id,
    event: 'data-restored',
    from: lot.state,
    to: 'CANCELLED',
    detail: { lot: lot.number },
  });
}
