/** Held invoices are examined again before each transmission: a table may have been updated, or a payer may have answered, since (row 6). */
import { localDate, type Clock } from '../domain/clock';
import { stepParts } from '../domain/parts';
import type { RoutingTables } from '../domain/routing';
import type { HeldReason, Store, StoredInvoice, StoreSession } from '../store/port';
import type { Recycling } from '../third-party/recycling';
import { examine } from './holding';

/** Causes that may go away without the invoice being changed. */
const RECHECKED: ReadonlySet<string> = new Set(['FAC-006', 'FAC-007', 'FAC-040', 'RET-010', 'RET-043']);

/** Why an invoice is held now, or null. */
async function reasonNow(
  session: StoreSession,
  { id, hostId, billingNumber, number, held }: StoredInvoice,
  routes: RoutingTables,
  recycling: Recycling,
  now: Date,
): Promise<HeldReason | null> {
  if (held?.code === 'RET-043') {
    const open = await session.thirdParty.lines.list({ status: 'open' });
    if (open.some((line) => line.cause === 'not-sent' && line.billingNumber === billingNumber && line.number === number)) return held;
  }
  const body = await session.invoices.body(id);
  return examine(body, routes, localDate(now)).held ?? recycling.replace(session, body, hostId, now.toISOString());
}

/** Releases the held invoices whose cause is gone. Returns how many. */
export async function recheckHeld(store: Store, routes: RoutingTables, recycling: Recycling, clock: Clock): Promise<number> {
  const held = await store.read((session) => session.invoices.list({ anyState: ['HELD'] }));
  if (held.length === 0) return 0;
  const now = clock.now();
  return store.transaction(async (session) => {
    let released = 0;
    for (const { id } of held) {
      const invoice = await session.invoices.get(id);
      if (invoice?.held == null || !RECHECKED.has(invoice.held.code)) continue;
      const reason = await reasonNow(session, invoice, routes, recycling, now);
      if (reason !== null) {
        if (reason.code !== invoice.held.code) await session.invoices.update(id, { held: reason });
        continue;
      }
      await session.invoices.update(id, { ...stepParts(invoice, 'READY'), held: null });
      await session.journal.append({
        at: now.toISOString(),
        actor: 'software',
        entity: 'invoice',
        entityId: id,
        event: 'released',
        from: 'HELD',
        to: 'READY',
        detail: { code: invoice.held.code },
      });
      released += 1;
    }
    return released;
  });
}
