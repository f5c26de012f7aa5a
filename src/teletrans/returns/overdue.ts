/** An ARL that does not come in time is shown as missing; nothing is sent again by itself (spec/arl.md § 4, rows 22 and 16 of § 6). */
import { workingDaysBetween, type PracticeCalendar } from '../domain/calendar';
import { localDate, type Clock } from '../domain/clock';
import { stepPartsWherePossible } from '../domain/parts';
import { canStepFile, stepFile, stepLot } from '../domain/states';
import type { Store } from '../store/port';

/** Marks the lots whose ARL has been awaited for more than `afterWorkingDays`. Returns how many. */
export async function markOverdue(store: Store, calendar: PracticeCalendar, afterWorkingDays: number, clock: Clock): Promise<number> {
  const now = clock.now();
  const files = await store.read((session) => session.files.list({ state: ['HANDED_OVER'] }));
  const late = files.filter(
    ({ handedOverAt }) =>
      handedOverAt !== null && workingDaysBetween(localDate(new Date(handedOverAt)), localDate(now), calendar) > afterWorkingDays,
  );
  if (late.length === 0) return 0;
  return store.transaction(async (session) => {
    let overdue = 0;
    for (const { id } of late) {
      const file = await session.files.get(id);
      if (file === null || !canStepFile(file.state, 'OVERDUE')) continue;
      let awaited = 0;
      for (const lotId of file.lotIds) {
        const lot = await session.lots.get(lotId);
        if (lot?.state !== 'SENT' || lot.security === 'D') continue;
        await session.lots.update(lotId, { state: stepLot(lot.state, 'ACK_OVERDUE') });
        for (const invoiceId of lot.invoiceIds) {
          const invoice = await session.invoices.get(invoiceId);
          if (invoice?.lotId === lotId) await session.invoices.update(invoiceId, stepPartsWherePossible(invoice, 'ACK_OVERDUE'));
        }
        awaited += 1;
      }
      if (awaited === 0) continue;
      await session.files.update(id, { state: stepFile(file.state, 'OVERDUE') });
      await session.journal.append({
        at: now.toISOString(),
        actor: 'software',
        entity: 'file',
        entityId: id,
        event: 'overdue',
        from: file.state,
        to: 'OVERDUE',
        detail: { lots: awaited },
      });
      overdue += awaited;
    }
    return overdue;
  });
}
