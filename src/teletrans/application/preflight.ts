/** What would leave and what would stay, before any code is asked. */
import { localDate, type Clock } from '../domain/clock';
import type { Practice } from '../domain/practice';
import type { RoutingTables } from '../domain/routing';
import { fitOf, misfitReason, signerOf } from '../lots/selection';
import type { Situation } from '../reader/port';
import type { HeldReason, Store, StoredInvoice, StoredLot } from '../store/port';
import type { Explained, Preflight, TransmitChoice } from './port';
import { isLate } from './views';

export interface PreflightSources {
  readonly store: Store;
  readonly routes: RoutingTables;
  readonly clock: Clock;
  readonly explain: (reason: HeldReason) => Explained;
  readonly practice: Practice;
}

type PayerLine = Preflight['payers'][number];

/** @param situations of the card that is open; null when none is: nobody knows then what it may seal. */
export async function buildPreflight(
  { store, routes, clock, explain, practice }: PreflightSources,
  choice: TransmitChoice,
  situations: readonly Situation[] | null,
): Promise<Preflight> {
  const today = localDate(clock.now());
  const chosen = (item: StoredInvoice | StoredLot): boolean =>
    (choice.practitioner === null || signerOf(item) === choice.practitioner) &&
    (choice.situation === null || item.situation === choice.situation || item.replacement !== null);
  return store.read(async (session) => {
    const lines = new Map<string, PayerLine>();
    const add = (invoice: StoredInvoice, label: string): void => {
      const key = `${invoice.kind} ${label}`;
      const line = lines.get(key) ?? { label, kind: invoice.kind, invoices: 0, amo: 0, amc: 0 };
      const { amo, amc } = invoice.amounts;
      lines.set(key, {
        ...line,
        invoices: line.invoices + 1,
        amo: line.amo + (invoice.amoState === null ? 0 : amo),
        amc: line.amc + (invoice.amcState === null ? 0 : amc),
      });
    };
    const leaving: StoredInvoice[] = [];
    const unsealable = new Map<string, { readonly invoices: number; readonly reason: Explained }>();
    const stays = (item: StoredInvoice | StoredLot, invoices: number): boolean => {
      const reason = situations === null ? null : misfitReason(fitOf(item, situations, choice.situation));
      if (reason === null) return false;
      unsealable.set(reason.code, { invoices: (unsealable.get(reason.code)?.invoices ?? 0) + invoices, reason: explain(reason) });
      return true;
    };
    const ready = await session.invoices.list({ anyState: ['READY'] });
    for (const invoice of ready.filter(chosen)) {
      const recipient = routes.recipientOf(await session.invoices.body(invoice.id), today);
      if (recipient === null || stays(invoice, 1)) continue;
      leaving.push(invoice);
      add(invoice, recipient.label);
    }
    for (const lot of (await session.lots.list({ state: ['NUMBERED', 'SEALING'] })).filter(chosen)) {
      if (stays(lot, lot.invoiceIds.length)) continue;
      for (const id of lot.invoiceIds) {
        const invoice = await session.invoices.get(id);
        if (invoice === null) continue;
        leaving.push(invoice);
        add(invoice, lot.recipient.label);
      }
    }
    const held = (await session.invoices.list({ anyState: ['HELD'] })).filter(chosen);
    const sealed = await session.lots.list({ state: ['SEALED'] });
    const files = await session.files.list({ state: ['FROZEN', 'TEMP_FAILED'] });
    return {
      practitioner: choice.practitioner ?? '',
      situation: choice.situation,
      payers: [...lines.values()],
      invoices: leaving.length,
      waitingFiles: files.length + (sealed.length > 0 ? 1 : 0),
      held: held.flatMap((invoice) => (invoice.held === null ? [] : [{ number: invoice.number, reason: explain(invoice.held) }])),
      unsealable: [...unsealable.values()],
      elsewhere: elsewhere(ready, choice.practitioner).map(([signer, invoices]) => ({
        signer,
        name: practice.practitioners.find(({ billingNumber }) => billingNumber === signer)?.name ?? null,
        invoices,
        reason: explain({ code: 'CPS-017', details: {} }),
      })),
      late: leaving.filter((invoice) => isLate(invoice, today)).length,
      dueToday: leaving.filter((invoice) => invoice.deadline === today).length,
    };
  });
}

/** How many invoices of a practitioner wait for the card of a locum, by the locum's number. */
function elsewhere(ready: readonly StoredInvoice[], practitioner: string | null): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { billingNumber, replacement } of ready)
    if (billingNumber === practitioner && replacement !== null) counts.set(replacement, (counts.get(replacement) ?? 0) + 1);
  return [...counts];
}
