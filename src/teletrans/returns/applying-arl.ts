/** What an ARL does to the lots and invoices it answers (spec/arl.md § 3.6 and § 4; spec/lots-and-files.md § 6). Runs inside one transaction. */
import type { Acknowledgement } from '../domain/acknowledgement';
import { awaitsNoPayment, stepPartsWherePossible, type PartStates } from '../domain/parts';
import { canStepFile, canStepLot, stepFile, stepLot, stepPart, type FileState, type PartState } from '../domain/states';
import type { HeldReason, StoredFile, StoredInvoice, StoredLot, StoreSession } from '../store/port';
import { verdictsOf, type LotVerdict } from './verdicts';

/** What the table of ARL codes allows after a refusal. */
export interface ArlAdvice {
  /** The invoice must come back under a new number. */
  needsNewNumber(code: string): boolean;
}

export interface ArlEffect {
  /** Lots. */
  readonly positive: number;
  readonly negative: number;
  /** Results about lots that the file does not hold. */
  readonly unmatched: number;
  /** Lots for which the insurer said yes and no. */
  readonly contradictions: number;
}

export class ArlApplication {
  constructor(private readonly advice: ArlAdvice) {}

  /** Applies an ARL to the file it answers. Nothing it says makes a state go back: a contradiction is counted, not applied. */
  async apply(session: StoreSession, ack: Acknowledgement, file: StoredFile, at: string): Promise<ArlEffect> {
    const lots: StoredLot[] = [];
    for (const id of file.lotIds) {
      const lot = await session.lots.get(id);
      if (lot !== null) lots.push(lot);
    }
    const { verdicts, strangers } = verdictsOf(ack, lots);
    const effect = { positive: 0, negative: 0, unmatched: strangers.length, contradictions: 0 };
    for (const verdict of verdicts) {
      if (contradicts(verdict)) {
        effect.contradictions += 1;
        continue;
      }
      if (verdict.class === 'positive') effect.positive += 1;
      if (verdict.class === 'negative') effect.negative += 1;
      await this.applyToLot(session, verdict, at);
    }
    await closeFile(session, file, verdicts, at);
    return effect;
  }

  private async applyToLot(session: StoreSession, verdict: LotVerdict, at: string): Promise<void> {
    const { lot, code, label } = verdict;
    const to = verdict.class === 'positive' ? 'ACKED' : verdict.class === 'negative' ? 'NACKED' : null;
    // The ARL of a degraded lot is awaited by nobody, and is an ARL all the same (§ 6.2 row 16): its invoices alone stay as they are, their sheet still owed (§ 6.1 row 14b).
    const moves = to !== null && canStepLot(lot.state, to);
    await session.lots.update(lot.id, {
      ack: { code, label, class: verdict.class, at },
      ...(moves ? { state: stepLot(lot.state, to) } : {}),
    });
    await session.journal.append({
      at,
      actor: 'external',
      entity: 'lot',
      entityId: lot.id,
      event: 'arl',
      from: lot.state,
      to: moves ? to : lot.state,
      detail: { lot: lot.number, code },
    });
    if (to === null) return;
    for (const id of lot.invoiceIds) {
      const invoice = await session.invoices.get(id);
      // An invoice released since then belongs to another lot: this ARL is not about it any more.
      if (invoice?.lotId !== lot.id) continue;
      if (to === 'ACKED') await acknowledge(session, invoice, at);
      else if (moves) await this.refuse(session, invoice, verdict);
    }
    if (moves && to === 'NACKED' && verdict.refused.size > 0) await this.releaseInnocents(session, lot, at);
  }

  private async refuse(session: StoreSession, invoice: StoredInvoice, verdict: LotVerdict): Promise<void> {
    const refused = stepPartsWherePossible(invoice, 'NACKED');
    const own = verdict.refused.get(invoice.number);
    if (own !== undefined) {
      const held: HeldReason = { code: 'RET-003', details: { n: invoice.number, libelle: own.label, c: own.code } };
      await session.invoices.update(invoice.id, {
        ...(this.advice.needsNewNumber(own.code) ? stepPartsWherePossible(refused, 'TO_CORRECT') : refused),
        held,
      });
    } else if (verdict.refused.size > 0) {
      await session.invoices.update(invoice.id, stepPartsWherePossible(refused, 'READY'));
    } else {
      const code = verdict.code.startsWith('F') ? 'RET-004' : 'RET-002';
      await session.invoices.update(invoice.id, { ...refused, held: { code, details: { libelle: verdict.label, c: verdict.code } } });
    }
  }

  /** The invoices refused because of another one are free again; the lot itself can never leave again. */
  private async releaseInnocents(session: StoreSession, lot: StoredLot, at: string): Promise<void> {
    await session.lots.update(lot.id, { state: stepLot('NACKED', 'ABANDONED') });
    await session.journal.append({
      at,
      actor: 'software',
      entity: 'lot',
      entityId: lot.id,
      event: 'invoices-released',
      from: 'NACKED',
      to: 'ABANDONED',
      detail: { lot: lot.number },
    });
  }
}

/** The same lot, the same bytes, and the opposite answer. */
function contradicts({ lot, class: verdict }: LotVerdict): boolean {
  return (verdict === 'negative' && lot.ack?.class === 'positive') || (verdict === 'positive' && lot.ack?.class === 'negative');
}

async function acknowledge(session: StoreSession, invoice: StoredInvoice, at: string): Promise<void> {
  const acked = stepPartsWherePossible(invoice, 'ACKED');
  const close = (part: 'amo' | 'amc', state: PartState | null): PartState | null =>
    state === 'ACKED' && awaitsNoPayment(part, invoice.thirdParty) ? stepPart(state, 'CLOSED_NO_RSP') : state;
  const parts: PartStates = { amoState: close('amo', acked.amoState), amcState: close('amc', acked.amcState) };
  // The electronic sheet arrived after all, and the paper one went: the payer must be told before it pays twice.
  const twice = [invoice.amoState, invoice.amcState].includes('PAPER_DUPLICATE') && invoice.notes.every((note) => note.code !== 'FAC-043');
  const notes = twice ? { notes: [...invoice.notes, { code: 'FAC-043', details: {} }] } : {};
  await session.invoices.update(invoice.id, {
    ...parts,
    ...notes,
    held: null,
    ackedAt: invoice.ackedAt ?? at,
    sentAt: invoice.sentAt ?? at,
  });
}

async function closeFile(session: StoreSession, file: StoredFile, verdicts: readonly LotVerdict[], at: string): Promise<void> {
  const answered = verdicts.filter((verdict) => verdict.class === 'positive' || verdict.class === 'negative');
  if (answered.length === 0 || answered.length < file.lotIds.length) return;
  const positive = answered.filter((verdict) => verdict.class === 'positive').length;
  const to: FileState = positive === answered.length ? 'ACKED' : positive === 0 ? 'REJECTED' : 'MIXED';
  if (!canStepFile(file.state, to)) return;
  await session.files.update(file.id, { state: stepFile(file.state, to), failure: null });
  await session.journal.append({
    at,
    actor: 'external',
    entity: 'file',
    entityId: file.id,
    event: 'arl',
    from: file.state,
    to,
    detail: {},
  });
}
