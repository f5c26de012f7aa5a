/** The invoices that wait for somebody, with what is needed to lead to where each is mended. */
import type { Store, HeldReason, StoredInvoice } from '../store/port';
import type { Explained, HeldView } from './port';

/** States in which an invoice says why it stays. */
const WITH_REASON = ['HELD', 'NACKED', 'TO_CORRECT'] as const;

/** Held or refused invoices, in the order of their numbers. */
export async function heldInvoices(store: Pick<Store, 'read'>, explain: (reason: HeldReason) => Explained): Promise<readonly HeldView[]> {
  const found = await store.read((session) => session.invoices.list({ anyState: WITH_REASON }));
  return found.flatMap((invoice) => (invoice.held === null ? [] : [viewOf(invoice, invoice.held, explain(invoice.held))]));
}

function viewOf({ id, number, kind, billingNumber }: StoredInvoice, { code, details }: HeldReason, reason: Explained): HeldView {
  const said = (name: string): string => String(details[name] ?? '');
  return {
    id,
    number,
    kind,
    practitioner: billingNumber,
    reason,
    payer: code === 'FAC-006' ? { regime: said('r'), fund: said('c'), centre: said('k') } : code === 'FAC-007' ? { amc: said('n') } : null,
  };
}
