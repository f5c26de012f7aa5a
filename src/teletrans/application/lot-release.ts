/** A person's decision: the invoices of a refused lot go back to be sent in a new lot, under their own numbers (rows 26 and 19). */
import type { Clock } from '../domain/clock';
import { stepPartsWherePossible } from '../domain/parts';
import { stepLot } from '../domain/states';
import { undecidable } from '../domain/undecidable';
import type { Store, StoredLot } from '../store/port';

/** Errors: DEC-002, DEC-003 when the lot is not refused, or when its ARL code does not allow it. */
export async function releaseRefusedLot(store: Store, lotId: string, releasable: (lot: StoredLot) => boolean, clock: Clock): Promise<void> {
  await store.transaction(async (session) => {
    const lot = await session.lots.get(lotId);
    if (lot === null || !releasable(lot)) throw undecidable(lot !== null);
    const at = clock.now().toISOString();
    await session.lots.update(lotId, { state: stepLot(lot.state, 'ABANDONED') });
    for (const id of lot.invoiceIds) {
      const invoice = await session.invoices.get(id);
      if (invoice?.lotId === lotId) await session.invoices.update(id, { ...stepPartsWherePossible(invoice, 'READY'), held: null });
    }
    await session.journal.append({
      at,
      actor: 'person:cabinet',
      entity: 'lot',
      entityId: lotId,
      event: 'released',
      from: lot.state,
      to: 'ABANDONED',
      detail: { lot: lot.number, code: lot.ack?.code ?? '?' },
    });
  });
}
