/** Held invoices are examined again before each transmission: a table may have been updated since (row 6). */
import { localDate, type Clock } from '../domain/clock';
import { stepParts } from '../domain/parts';
import type { RoutingTables } from '../domain/routing';
import type { Store } from '../store/port';
import { examine } from './holding';

/** Releases the held invoices whose cause is gone. Returns how many. */
export async function recheckHeld(store: Store, routes: RoutingTables, clock: Clock): Promise<number> {
  const held = await store.read((session) => session.invoices.list({ anyState: ['HELD'] }));
  if (held.length === 0) return 0;
  const now = clock.now();
  return store.transaction(async (session) => {
    let released = 0;
    for (const { id } of held) {
      const invoice = await session.invoices.get(id);
      if (invoice?.held?.code !== 'FAC-006' && invoice?.held?.code !== 'FAC-007') continue;
      const examination = examine(await session.invoices.body(id), routes, localDate(now));
      if (examination.held !== null) continue;
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
