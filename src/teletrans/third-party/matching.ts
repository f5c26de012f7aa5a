/**
 * Which invoice part a line of a remittance is about (spec/noemie.md § 5 point 1): practitioner and invoice number, narrowed by lot and date, kind, and insurer. A doubt
 * is no match: the line stays open, with its cause, for a person.
 */
import type { Part } from '../domain/claims';
import type { InvoiceKind } from '../domain/invoice';
import { awaitsNoPayment } from '../domain/parts';
import type { PartState } from '../domain/states';
import type { StoredInvoice, StoreSession } from '../store/port';
import type { OpenCause, StoredClaim } from '../store/third-party/port';
import type { DraftLine } from './remittance';

export interface MatchedPart {
  readonly invoice: StoredInvoice;
  readonly part: Part;
  readonly claim: StoredClaim;
}

export type Match = MatchedPart | { readonly cause: OpenCause };

/** Letters of 102: 30 that say which kind of invoice is meant. */
const KINDS: Readonly<Record<string, InvoiceKind>> = { F: 'FSE', P: 'FSE', D: 'DRE' };

/** States in which money cannot be booked on a part, and why. */
const CLOSED_TO_MONEY: Readonly<Partial<Record<PartState, OpenCause>>> = {
  RECEIVED: 'not-sent',
  READY: 'not-sent',
  HELD: 'not-sent',
  IN_LOT: 'not-sent',
  SEALED: 'not-sent',
  CLOSED_NO_RSP: 'no-payment-expected',
  RECYCLED: 'recycled',
  CANCELLED: 'closed',
  CLOSED_BY_PERSON: 'closed',
  ARCHIVED: 'closed',
};

export const stateOfPart = (invoice: StoredInvoice, part: Part): PartState | null => (part === 'amo' ? invoice.amoState : invoice.amcState);

/** Why nothing can be booked on a part now, or null. */
export function refusalToBook(invoice: StoredInvoice, part: Part): OpenCause | null {
  const state = stateOfPart(invoice, part);
  if (state === null) return 'no-such-part';
  return CLOSED_TO_MONEY[state] ?? null;
}

/** Matches the lines of one remittance; remembers the lots it has looked up. */
export class LineMatcher {
  private readonly lots = new Map<string, ReadonlySet<string>>();

  constructor(private readonly session: StoreSession) {}

  async match(line: DraftLine): Promise<Match> {
    const { kind, part, billingNumber, number } = line;
    if (kind === 'difference') return { cause: 'difference' };
    if (kind !== 'part') return { cause: 'no-invoice' };
    if (billingNumber === null) return { cause: 'no-practitioner' };
    const invoice = await this.session.invoices.byNumber(billingNumber, number ?? '');
    if (invoice === null) return { cause: 'unknown-invoice' };
    const meant = KINDS[line.docKind ?? ''];
    if (meant !== undefined && meant !== invoice.kind) return { cause: 'other-kind' };
    if (!(await this.wasInLot(line, invoice))) return { cause: 'other-lot' };
    const claim = part === null ? null : await this.session.thirdParty.claims.get({ invoiceId: invoice.id, part });
    if (part === null || claim === null) return { cause: 'no-such-part' };
    const refusal = refusalToBook(invoice, part);
    if (refusal !== null) return { cause: refusal };
    if (line.amount !== 0 && awaitsNoPayment(part, invoice.thirdParty)) return { cause: 'no-payment-expected' };
    if (part === 'amc' && line.amcNumber !== null && claim.payer !== '' && claim.payer !== line.amcNumber)
      return { cause: 'other-insurer' };
    return { invoice, part, claim };
  }

  /** An invoice released after a refusal may be answered under its earlier lot. */
  private async wasInLot({ lotNumber, lotDate }: DraftLine, invoice: StoredInvoice): Promise<boolean> {
    if (lotNumber === null || lotDate === null) return true;
    const key = `${invoice.billingNumber} ${lotNumber} ${lotDate}`;
    let ids = this.lots.get(key);
    if (ids === undefined) {
      const lots = await this.session.lots.byNumber(invoice.billingNumber, lotNumber, lotDate);
      ids = new Set(lots.flatMap((lot) => lot.invoiceIds));
      this.lots.set(key, ids);
    }
    return ids.has(invoice.id);
  }
}
