/**
 * A person's decision: the electronic sending of a lot, or of an invoice that can leave no more, is given up; it goes to its payer on paper (CSS R161-47;
 * spec/lots-and-files.md § 6.1 row 25, § 6.2 row 20; spec/regulation.md § 4). A lot's bytes never leave again: {@link Resending} refuses a file that holds it.
 */
import { localDate, type Clock } from '../domain/clock';
import { VitaleError } from '../domain/errors';
import type { Identifiers } from '../domain/identifiers';
import type { LocalDate } from '../domain/invoice';
import { stepPartsWherePossible } from '../domain/parts';
import { canStepLot, stepLot, type LotState } from '../domain/states';
import { undecidable } from '../domain/undecidable';
import type { HeldReason, JournalEntry, Store, StoredInvoice, StoredLot, StoreSession } from '../store/port';
import { decisionOf, questionOf, saidWhole, type DecisionTexts, type PersonSays } from './decision-questions';
import type { AskedQuestion } from './resending';

/** Code of the note with the day on which an invoice went over to paper. */
export const ON_PAPER = 'FAC-042';

/** What an invoice may be held for when only paper is left: too old to be taken, or no electronic address of its payer (spec/regulation.md § 4: an outside reason). */
const ONLY_PAPER_LEFT: ReadonlySet<string> = new Set(['FAC-025', 'FAC-006', 'FAC-007']);

export interface PaperDuplicateParts {
  readonly store: Store;
  readonly texts: DecisionTexts;
  readonly clock: Clock;
  readonly ids: Identifiers;
}

const SITUATIONS: Readonly<Partial<Record<LotState, string>>> = {
  UNCERTAIN: 'son envoi est resté en doute',
  ACK_OVERDUE: 'son accusé (ARL) manque',
  NACKED: 'il a été refusé (ARL négatif)',
};

export class PaperDuplicate {
  constructor(private readonly parts: PaperDuplicateParts) {}

  /** Errors: DEC-002, DEC-003 when the lot is in none of the states that allow it. */
  async question(lotId: string): Promise<AskedQuestion> {
    const { lot, invoices } = await this.parts.store.read((session) => given(session, lotId));
    const text = questionOf(this.parts.texts, 'paper-duplicate', {
      lot: lot.number,
      organisme: lot.recipient.label,
      factures: invoices.map(({ number }) => number).join(', '),
      situation: SITUATIONS[lot.state] ?? '?',
      date: french(this.today()),
    });
    return { ...text, refused: this.refusal(lot, invoices) };
  }

  /** All of the lot's invoices that may still go over, in one transaction. Errors: DEC-001, DEC-002, DEC-003, TRA-039 too early. */
  async declare(lotId: string, says: PersonSays): Promise<void> {
    const said = saidWhole(says);
    const { lines } = await this.question(lotId);
    const decision = decisionOf('paper-duplicate', lotId, said, lines, this.parts);
    const { at } = decision;
    await this.parts.store.transaction(async (session) => {
      const { lot, invoices } = await given(session, lotId);
      const refused = this.refusal(lot, invoices);
      if (refused !== null) throw new VitaleError(refused.code, refused.details);
      await session.decisions.append(decision);
      await session.lots.update(lotId, { state: stepLot(lot.state, 'ABANDONED') });
      const entry = { at, actor: 'person:cabinet', event: 'paper-duplicate', detail: { lot: lot.number, decision: decision.id } } as const;
      await session.journal.append({ ...entry, entity: 'lot', entityId: lotId, from: lot.state, to: 'ABANDONED' });
      for (const invoice of invoices) await this.move(session, invoice, entry);
    });
  }

  /** The same of one invoice. Errors: DEC-002, DEC-003 when it is not held for what leaves only paper. */
  async invoiceQuestion(invoiceId: string): Promise<AskedQuestion> {
    const invoice = await this.parts.store.read((session) => heldForGood(session, invoiceId));
    const text = questionOf(this.parts.texts, 'paper-invoice', {
      facture: invoice.number,
      situation: invoice.sentAt === null ? 'n’est jamais partie' : 'a été refusée',
      date: french(this.today()),
    });
    return { ...text, refused: null };
  }

  /** Errors: DEC-001, DEC-002, DEC-003. */
  async declareInvoice(invoiceId: string, says: PersonSays): Promise<void> {
    const said = saidWhole(says);
    const { lines } = await this.invoiceQuestion(invoiceId);
    const decision = decisionOf('paper-invoice', invoiceId, said, lines, this.parts);
    await this.parts.store.transaction(async (session) => {
      const invoice = await heldForGood(session, invoiceId);
      await session.decisions.append(decision);
      const detail = { code: invoice.held?.code ?? '', decision: decision.id };
      await this.move(session, invoice, { at: decision.at, actor: 'person:cabinet', event: 'paper-duplicate', detail });
    });
  }

  private async move(
    session: StoreSession,
    invoice: StoredInvoice,
    entry: Pick<JournalEntry, 'at' | 'actor' | 'event' | 'detail'>,
  ): Promise<void> {
    await session.invoices.update(invoice.id, {
      ...stepPartsWherePossible(invoice, 'PAPER_DUPLICATE'),
      held: null,
      notes: [...invoice.notes, { code: ON_PAPER, details: { date: french(this.today()) } }],
    });
    const from = invoice.amoState ?? invoice.amcState;
    await session.journal.append({ ...entry, entity: 'invoice', entityId: invoice.id, from, to: 'PAPER_DUPLICATE' });
  }

  /** In doubt, the answer may still come: not before the legal date of its first invoice is past (spec/regulation.md § 4). */
  private refusal(lot: StoredLot, invoices: readonly StoredInvoice[]): HeldReason | null {
    const [deadline] = invoices.map((invoice) => invoice.deadline).sort();
    if (lot.state !== 'UNCERTAIN' || deadline === undefined || deadline < this.today()) return null;
    return { code: 'TRA-039', details: { date: french(deadline) } };
  }

  private today(): LocalDate {
    return localDate(this.parts.clock.now());
  }
}

/** The lot and those of its invoices that may go over to paper: an invoice released since then is another lot's. Errors: DEC-002, DEC-003. */
async function given(
  session: StoreSession,
  lotId: string,
): Promise<{ readonly lot: StoredLot; readonly invoices: readonly StoredInvoice[] }> {
  const lot = await session.lots.get(lotId);
  if (lot === null || !(lot.state in SITUATIONS) || !canStepLot(lot.state, 'ABANDONED')) throw undecidable(lot !== null);
  const invoices: StoredInvoice[] = [];
  for (const id of lot.invoiceIds) {
    const invoice = await session.invoices.get(id);
    if (invoice?.lotId !== lotId) continue;
    const { amoState, amcState } = stepPartsWherePossible(invoice, 'PAPER_DUPLICATE');
    if (amoState !== invoice.amoState || amcState !== invoice.amcState) invoices.push(invoice);
  }
  if (invoices.length === 0) throw undecidable(true);
  return { lot, invoices };
}

/** Errors: DEC-002, DEC-003. */
async function heldForGood(session: StoreSession, invoiceId: string): Promise<StoredInvoice> {
  const invoice = await session.invoices.get(invoiceId);
  if (invoice === null || !ONLY_PAPER_LEFT.has(invoice.held?.code ?? '')) throw undecidable(invoice !== null);
  return invoice;
}

/** As people write it. */
const french = (date: LocalDate): string => date.split('-').reverse().join('/');
