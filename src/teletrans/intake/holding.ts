/**
 * What holds an invoice back without refusing it (contract § 1: recipient, charset). A held invoice blocks no other, and leaves by itself once its cause is gone
 * (a routing table updated).
 */
import type { Invoice, LocalDate } from '../domain/invoice';
import type { RoutingTables } from '../domain/routing';
import { fitName } from '../formats/text/folding';
import type { HeldReason } from '../store/port';

export interface Examination {
  readonly held: HeldReason | null;
  readonly notes: readonly HeldReason[];
}

/** Widths of the names in record 2B. */
const NAMES = [
  { champ: 'nom', width: 25, of: (invoice: Invoice) => invoice.beneficiary.lastName },
  { champ: 'prénom', width: 15, of: (invoice: Invoice) => invoice.beneficiary.firstName },
] as const;

/** Whether a well-formed invoice may leave today, and what is to be noted on it. */
export function examine(invoice: Invoice, routes: RoutingTables, today: LocalDate): Examination {
  const notes: HeldReason[] = [];
  let held: HeldReason | null = null;
  for (const { champ, width, of } of NAMES) {
    const name = fitName(of(invoice), width);
    if (name.replaced) notes.push({ code: 'FAC-019', details: { champ } });
    if (name.shortened) notes.push({ code: 'FAC-033', details: { champ } });
    if (name.blank) held ??= { code: 'FAC-027', details: { champ } };
  }
  if (held === null && routes.recipientOf(invoice, today) === null) held = unrouted(invoice);
  return { held, notes };
}

function unrouted({ kind, amo, amc }: Invoice): HeldReason {
  return kind === 'DRE'
    ? { code: 'FAC-007', details: { n: amc?.number ?? '?' } }
    : { code: 'FAC-006', details: { r: amo.regime, c: amo.fund, k: amo.centre } };
}
