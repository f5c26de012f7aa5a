/** A practice's book of claims of every kind: states, ages on both sides of Paris midnights, payments, reminders. The same one each time. */
import fc from 'fast-check';
import { ClaimLists } from '../../../src/teletrans/application/claim-lists';
import type { PartState } from '../../../src/teletrans/domain/states';
import { HOLIDAYS, ROUTES, THIRD_PARTY } from '../../support/practice-rig';
import { openDesk, type Desk } from './desk';

const STATES: readonly PartState[] = ['ACKED', 'SENT', 'ACK_OVERDUE', 'PART_PAID', 'PAID', 'REJECTED', 'READY', 'RECYCLED', 'UNCERTAIN'];

/** Instants on both sides of Paris midnights, in winter and in summer. */
export const instant = fc
  .record({ day: fc.integer({ min: 0, max: 120 }), minute: fc.constantFrom(0, 600, 1319, 1320, 1379, 1380, 1439) })
  .map(({ day, minute }) => new Date(Date.UTC(2026, 7, 1) + day * 86_400_000 + minute * 60_000).toISOString());

const plan = fc.record({
  amo: fc.constantFrom(0, 1, 99, 100, 5000, 12345),
  amc: fc.constantFrom(0, 99, 100, 4200),
  state: fc.constantFrom(...STATES),
  sentAt: instant,
  ackedAt: fc.option(instant),
  paid: fc.constantFrom(0, 0, 100, 5000),
  billingNumber: fc.constantFrom('999000011', '999000029'),
  remindedAt: fc.option(instant, { freq: 2 }),
});

/** A desk with ninety invoices. */
export async function openBook(): Promise<Desk> {
  const desk = await openDesk();
  for (const [rank, one] of fc.sample(plan, { numRuns: 90, seed: 8 }).entries()) {
    const number = String(100 + rank).padStart(9, '0');
    const { state, sentAt, ackedAt, billingNumber } = one;
    const left = state !== 'READY' && state !== 'UNCERTAIN';
    const change = { billingNumber, completedOn: sentAt.slice(0, 10), sentAt: left ? sentAt : null, ackedAt: left ? ackedAt : null };
    const id = await desk.sent({ number, amo: one.amo, amc: one.amc, state, change });
    await desk.store.transaction(async ({ thirdParty }) => {
      const key = { invoiceId: id, part: 'amo' as const };
      const entry = {
        at: sentAt,
        valueDate: sentAt.slice(0, 10),
        actor: 'external',
        lineId: null,
        batch: number,
        note: null,
        undoOf: null,
      };
      if (one.paid !== 0) await thirdParty.ledger.append({ ...key, ...entry, id: number, kind: 'payment', amount: one.paid });
      if (one.remindedAt !== null)
        await thirdParty.followUps.add({ ...key, at: one.remindedAt, actor: 'person', kind: 'reminder', text: 'relance' });
    });
  }
  return desk;
}

/** The lists of claims of a desk. */
export const listsOf = (desk: Desk): ClaimLists =>
  new ClaimLists({
    store: desk.store,
    rules: THIRD_PARTY,
    routes: ROUTES,
    calendar: { table: HOLIDAYS, region: '35', goodFriday: false },
    clock: desk.clock,
  });
