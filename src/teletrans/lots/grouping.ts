/** Groups ready invoices into lots: a lot breaks as soon as a criterion differs or a limit would be passed. Pure. */
import type { EncodedInvoice } from '../formats/port';
import { criterionValue, type LotCandidate, type LotRules } from './lot-rules';

/** A ready invoice with all that grouping looks at. */
export interface ReadyInvoice extends LotCandidate {
  readonly encoded: EncodedInvoice;
}

/** A lot to be: its invoices share every criterion and fit its records. */
export interface LotPlan {
  readonly invoices: readonly ReadyInvoice[];
  readonly totals: { readonly fees: number; readonly amo: number; readonly amc: number };
}

const NOTHING = { fees: 0, amo: 0, amc: 0 };

function add(a: LotPlan['totals'], b: LotPlan['totals']): LotPlan['totals'] {
  return { fees: a.fees + b.fees, amo: a.amo + b.amo, amc: a.amc + b.amc };
}

function lotKey(candidate: LotCandidate, rules: LotRules): string {
  return rules.criteria.map((criterion) => criterionValue(criterion, candidate)).join('|');
}

function fits(lot: readonly ReadyInvoice[], totals: LotPlan['totals'], next: ReadyInvoice, rules: LotRules): boolean {
  const sum = (of: (encoded: EncodedInvoice) => number): number =>
    lot.reduce((total, { encoded }) => total + of(encoded), of(next.encoded));
  const grown = add(totals, next.encoded.totals);
  return (
    lot.length < rules.maxInvoicesPerLot &&
    sum((encoded) => encoded.actLines) <= rules.maxActLinesPerLot &&
    sum((encoded) => encoded.type2) <= rules.maxType2PerLot &&
    sum((encoded) => encoded.bytes.length / 128) + 4 <= rules.maxRecordsPerFile &&
    Math.max(grown.fees, grown.amo, grown.amc) <= rules.maxLotTotal
  );
}

/**
 * @param ready any order; within a lot invoices keep the order of their numbers.
 * @returns lots sorted by the criteria, in their order.
 */
export function groupIntoLots(ready: readonly ReadyInvoice[], rules: LotRules): readonly LotPlan[] {
  const keyed = ready.map((invoice) => ({ invoice, key: lotKey(invoice, rules) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.invoice.invoice.number < b.invoice.invoice.number ? -1 : 1));
  const lots: LotPlan[] = [];
  let invoices: ReadyInvoice[] = [];
  let totals = NOTHING;
  let current = '';
  const close = (): void => {
    if (invoices.length > 0) lots.push({ invoices, totals });
    invoices = [];
    totals = NOTHING;
  };
  for (const { invoice, key } of keyed) {
    if (key !== current || !fits(invoices, totals, invoice, rules)) close();
    current = key;
    invoices.push(invoice);
    totals = add(totals, invoice.encoded.totals);
  }
  close();
  return lots;
}
