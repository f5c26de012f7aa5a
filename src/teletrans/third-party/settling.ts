/**
 * After entries were booked on a claim, the state of its part follows from the sums (spec/lots-and-files.md § 6.1 rows 31-38). A payer's answer about an invoice in doubt
 * also proves that its message arrived (row 17). Runs inside one transaction.
 */
import type { Part } from '../domain/claims';
import { stepPartsWherePossible, type PartStates } from '../domain/parts';
import { canStepPart, revertPart, stepFile, stepLot, type PartState } from '../domain/states';
import type { HeldReason, StoredInvoice, StoredLot, StoreSession } from '../store/port';
import type { StoredClaim, StoredLine } from '../store/third-party/port';
import { outcomeOf } from './ledger';
import { stateOfPart } from './matching';
import { refusalKey, type ThirdPartyRules } from './rules';

/** Who made it happen: goes into the journal. */
export interface Act {
  readonly at: string;
  readonly actor: string;
  /** `rsp`, `reconciled`, `undone`, `closed`. */
  readonly event: string;
  /** A person takes something back: the part may go backwards. */
  readonly backwards: boolean;
}

export class Settling {
  constructor(private readonly rules: ThirdPartyRules) {}

  /** Brings the state of a part in line with its ledger. @returns the state it has now. */
  async settle(session: StoreSession, invoiceId: string, part: Part, act: Act): Promise<PartState | null> {
    const invoice = await session.invoices.get(invoiceId);
    const claim = await session.thirdParty.claims.get({ invoiceId, part });
    const from = invoice === null ? null : stateOfPart(invoice, part);
    if (invoice === null || claim === null || from === null) return null;
    const to = target(invoice, claim, from, act.backwards);
    const rejected = to === 'REJECTED' ? await session.thirdParty.lines.rejectionsOf({ invoiceId, part }) : [];
    const held = this.reasonOf(invoice, part, to, rejected);
    if (to === from && held === invoice.held) return to;
    if (claim.baseState === null && to !== from) await session.thirdParty.claims.setBaseState({ invoiceId, part }, from);
    await session.invoices.update(invoiceId, { [part === 'amo' ? 'amoState' : 'amcState']: to, held });
    if (to !== from)
      await session.journal.append({
        at: act.at,
        actor: act.actor,
        entity: 'invoice',
        entityId: invoiceId,
        event: act.event,
        from,
        to,
        detail: { part, ...(invoice.ackedAt === null && act.event === 'rsp' ? { proof: 'rsp' } : {}) },
      });
    return to;
  }

  /** Why a part is refused, as the lists show it; what was held for another reason stays. */
  private reasonOf(invoice: StoredInvoice, part: Part, to: PartState, rejected: readonly StoredLine[]): HeldReason | null {
    if (to !== 'REJECTED') {
      const other = part === 'amo' ? invoice.amcState : invoice.amoState;
      return invoice.held !== null && other !== 'REJECTED' && isRefusal(invoice.held) ? null : invoice.held;
    }
    if (part === 'amc' && invoice.kind === 'FSE') return { code: 'RET-027', details: {} };
    const [first] = rejected.flatMap((line) => line.detail?.rejections ?? []);
    if (first === undefined) return { code: 'RET-009', details: { code: '', libelle: 'sans motif' } };
    const key = refusalKey(first);
    const known = this.rules.rejectionErrors[key];
    // The label that travelled is the payer's own words: they stay encrypted, beside the line.
    return known === undefined
      ? { code: 'RET-009', details: { code: key, libelle: '(motif : voir Tiers payants)' } }
      : { code: known, details: {} };
  }
}

const isRefusal = ({ code }: HeldReason): boolean => code === 'RET-027' || /^RET-0(09|1\d)$/.test(code);

function target(invoice: StoredInvoice, claim: StoredClaim, from: PartState, backwards: boolean): PartState {
  const outcome = outcomeOf(claim.expected, claim);
  if (outcome === null) return claim.baseState === null || !backwards ? from : revertPart(from, before(invoice, claim.baseState));
  if (outcome === from) return from;
  if (canStepPart(from, outcome)) return outcome;
  return backwards ? revertPart(from, outcome) : from;
}

/** An ARL may have come while the part was already answered. */
function before(invoice: StoredInvoice, base: PartState): PartState {
  return invoice.ackedAt !== null && (base === 'SENT' || base === 'UNCERTAIN' || base === 'ACK_OVERDUE') ? 'ACKED' : base;
}

/** A payer answers an invoice whose message is in doubt: the whole message arrived. Nothing of it may be sent again, and nothing of it is in doubt any more. */
export async function proveArrival(session: StoreSession, invoice: StoredInvoice, at: string): Promise<void> {
  const own = invoice.lotId === null ? null : await session.lots.get(invoice.lotId);
  const file = own?.fileId == null ? null : await session.files.get(own.fileId);
  if (file?.state !== 'UNCERTAIN') return;
  await session.files.update(file.id, { state: stepFile(file.state, 'HANDED_OVER'), handedOverAt: at, failure: null, nextTryAt: null });
  for (const id of file.lotIds) {
    const lot = await session.lots.get(id);
    if (lot?.state !== 'UNCERTAIN') continue;
    await session.lots.update(id, { state: stepLot(lot.state, 'SENT') });
    await proveLot(session, lot, at);
  }
  await session.journal.append({
    at,
    actor: 'external',
    entity: 'file',
    entityId: file.id,
    event: 'arrival-proved-by-rsp',
    from: 'UNCERTAIN',
    to: 'HANDED_OVER',
    detail: {},
  });
}

async function proveLot(session: StoreSession, lot: StoredLot, at: string): Promise<void> {
  for (const id of lot.invoiceIds) {
    const invoice = await session.invoices.get(id);
    if (invoice?.lotId !== lot.id) continue;
    const inDoubt: PartStates = {
      amoState: invoice.amoState === 'UNCERTAIN' ? 'UNCERTAIN' : null,
      amcState: invoice.amcState === 'UNCERTAIN' ? 'UNCERTAIN' : null,
    };
    // A degraded lot awaits no ARL: its paper sheet is due instead.
    const sent = stepPartsWherePossible(inDoubt, lot.security === 'D' ? 'NO_ACK_EXPECTED' : 'SENT');
    await session.invoices.update(id, {
      amoState: sent.amoState ?? invoice.amoState,
      amcState: sent.amcState ?? invoice.amcState,
      sentAt: invoice.sentAt ?? at,
    });
  }
}
