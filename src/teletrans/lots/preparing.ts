/** From ready invoices to numbered lots. What cannot be written in the norm is held back alone; the rest goes on. */
import { dayNumber } from '../domain/calendar';
import type { WrittenB2Version } from '../domain/b2-version';
import { localDate, type Clock } from '../domain/clock';
import { isVitaleError } from '../domain/errors';
import type { Identifiers } from '../domain/identifiers';
import type { LocalDate } from '../domain/invoice';
import { stepParts } from '../domain/parts';
import type { RoutingTables } from '../domain/routing';
import type { LotFormatter } from '../formats/port';
import type { HeldReason, Store, StoredInvoice, StoredLot, StoreSession } from '../store/port';
import { groupIntoLots, type LotPlan, type ReadyInvoice } from './grouping';
import { reserveLotNumber } from './lot-numbers';
import { insuranceGroup, type LotRules } from './lot-rules';

interface Unfit {
  readonly invoice: StoredInvoice;
  readonly reason: HeldReason;
}

export class LotPreparation {
  constructor(
    private readonly store: Store,
    private readonly formatter: LotFormatter,
    private readonly routes: RoutingTables,
    private readonly rules: LotRules,
    /** What new lots are written in. */
    private readonly version: WrittenB2Version,
    private readonly clock: Clock,
    private readonly ids: Identifiers,
  ) {}

  /**
   * Groups these ready invoices and numbers the lots, in one transaction. An invoice that is no longer READY when it runs is left out.
   * @returns the numbers of the lots made and the invoices held back.
   */
  async prepare(invoices: readonly StoredInvoice[]): Promise<{ readonly lots: number; readonly held: readonly Unfit[] }> {
    const today = localDate(this.clock.now());
    const { ready, unfit } = await this.encode(invoices, today);
    return this.store.transaction(async (session) => {
      for (const { invoice, reason } of unfit) await this.hold(session, invoice, reason);
      const fresh = await stillReady(session, ready);
      const plans = groupIntoLots(fresh, this.rules);
      for (const plan of plans) await this.insertLot(session, plan, today);
      return { lots: plans.length, held: unfit };
    });
  }

  private async encode(
    invoices: readonly StoredInvoice[],
    today: LocalDate,
  ): Promise<{ readonly ready: readonly ReadyInvoice[]; readonly unfit: readonly Unfit[] }> {
    const ready: ReadyInvoice[] = [];
    const unfit: Unfit[] = [];
    await this.store.read(async (session) => {
      for (const invoice of invoices) {
        const body = await session.invoices.body(invoice.id);
        const recipient = this.routes.recipientOf(body, today);
        if (recipient === null) {
          unfit.push({ invoice, reason: { code: invoice.kind === 'DRE' ? 'FAC-007' : 'FAC-006', details: routeDetails(body) } });
        } else if (dayNumber(today) - dayNumber(invoice.completedOn) > this.rules.maxInvoiceAgeDays) {
          unfit.push({ invoice, reason: { code: 'FAC-025', details: {} } });
        } else {
          try {
            // The size is the same whoever the RPPS names: they are looked for when the lot is sealed.
            const encoded = this.formatter.encodeInvoice(body, { version: this.version, rppsOf: () => null });
            ready.push({ invoice, recipient, insuranceGroup: insuranceGroup(body.amo.insuranceNature, this.rules), encoded });
          } catch (error) {
            if (!isVitaleError(error)) throw error;
            unfit.push({ invoice, reason: { code: error.code, details: error.details } });
          }
        }
      }
    });
    return { ready, unfit };
  }

  private async hold(session: StoreSession, invoice: StoredInvoice, held: HeldReason): Promise<void> {
    await session.invoices.update(invoice.id, { ...stepParts(invoice, 'HELD'), held });
    await session.journal.append({
      at: this.clock.now().toISOString(),
      actor: 'software',
      entity: 'invoice',
      entityId: invoice.id,
      event: 'held',
      from: 'READY',
      to: 'HELD',
      detail: { code: held.code },
    });
  }

  private async insertLot(session: StoreSession, plan: LotPlan, lotDate: LocalDate): Promise<void> {
    const [first] = plan.invoices;
    if (first === undefined) return;
    const { invoice, recipient } = first;
    const lot: StoredLot = {
      id: this.ids.uuid(),
      billingNumber: invoice.billingNumber,
      situation: invoice.situation,
      replacement: invoice.replacement,
      flow: invoice.kind,
      security: invoice.securing,
      marking: invoice.marking,
      insuranceGroup: first.insuranceGroup,
      recipient,
      version: this.version,
      number: await reserveLotNumber(session, invoice.billingNumber, lotDate, this.rules.reuseGuardDays),
      lotDate,
      state: 'NUMBERED',
      invoiceIds: plan.invoices.map((ready) => ready.invoice.id),
      totals: plan.totals,
      sha256: null,
      records: null,
      proof: null,
      fileId: null,
      createdAt: this.clock.now().toISOString(),
      ack: null,
    };
    await session.lots.insert(lot);
    await session.journal.append({
      at: lot.createdAt,
      actor: 'software',
      entity: 'lot',
      entityId: lot.id,
      event: 'numbered',
      from: null,
      to: 'NUMBERED',
      detail: { lot: lot.number, invoices: lot.invoiceIds.length },
    });
    for (const { invoice: member } of plan.invoices)
      await session.invoices.update(member.id, { ...stepParts(member, 'IN_LOT'), lotId: lot.id });
  }
}

function routeDetails(body: {
  readonly amo: { regime: string; fund: string; centre: string };
  readonly amc?: { number: string };
}): HeldReason['details'] {
  return { r: body.amo.regime, c: body.amo.fund, k: body.amo.centre, n: body.amc?.number ?? '?' };
}

/** Another program may have taken an invoice between the reading and this transaction. */
async function stillReady(session: StoreSession, ready: readonly ReadyInvoice[]): Promise<readonly ReadyInvoice[]> {
  const fresh: ReadyInvoice[] = [];
  for (const candidate of ready) {
    const now = await session.invoices.get(candidate.invoice.id);
    if (now !== null && (now.amoState ?? 'READY') === 'READY' && (now.amcState ?? 'READY') === 'READY')
      fresh.push({ ...candidate, invoice: now });
  }
  return fresh;
}
