/** A person's decision: the sheet of paper of a degraded invoice, or a paper duplicate, has been sent (spec/lots-and-files.md § 6.1 rows 39 and 40). */
import { localDate, type Clock } from '../domain/clock';
import type { Identifiers } from '../domain/identifiers';
import { afterSheet, onPaper, SHEET_SENT } from '../domain/paper-sheet';
import { undecidable } from '../domain/undecidable';
import type { Store, StoredInvoice, StoreSession } from '../store/port';
import { decisionOf, questionOf, saidWhole, type DecisionTexts, type PersonSays } from './decision-questions';
import type { AskedQuestion } from './resending';

export interface SheetSendingParts {
  readonly store: Store;
  readonly texts: DecisionTexts;
  readonly clock: Clock;
  readonly ids: Identifiers;
}

export class SheetSending {
  constructor(private readonly parts: SheetSendingParts) {}

  /** Errors: DEC-002, DEC-003 when the invoice owes no sheet. */
  async question(invoiceId: string): Promise<AskedQuestion> {
    const invoice = await this.parts.store.read((session) => known(session, invoiceId));
    afterSheet(invoice);
    const date = this.today();
    return { ...questionOf(this.parts.texts, 'sheet-sent', { facture: invoice.number, date }), refused: null };
  }

  /** Keeps the decision, notes the day on the invoice, and closes the parts that await no payment. Errors: DEC-001, DEC-002, DEC-003. */
  async note(invoiceId: string, says: PersonSays): Promise<void> {
    const said = saidWhole(says);
    const { lines } = await this.question(invoiceId);
    const decision = decisionOf('sheet-sent', invoiceId, said, lines, this.parts);
    const { at } = decision;
    await this.parts.store.transaction(async (session) => {
      const invoice = await known(session, invoiceId);
      const after = afterSheet(invoice);
      await session.decisions.append(decision);
      await session.invoices.update(invoiceId, {
        ...after,
        notes: [...invoice.notes, { code: SHEET_SENT, details: { date: this.today() } }],
      });
      for (const part of ['amo', 'amc'] as const) {
        const from = invoice[`${part}State`];
        const to = after[`${part}State`];
        if (!onPaper(from)) continue;
        await session.journal.append({
          at,
          actor: 'person:cabinet',
          entity: 'invoice',
          entityId: invoiceId,
          event: 'paper-sent',
          from,
          // Nothing but the note where a payment is awaited.
          to: to === from ? null : to,
          detail: { part, decision: decision.id },
        });
      }
    });
  }

  /** As people write it. */
  private today(): string {
    return localDate(this.parts.clock.now()).split('-').reverse().join('/');
  }
}

async function known(session: StoreSession, invoiceId: string): Promise<StoredInvoice> {
  const invoice = await session.invoices.get(invoiceId);
  if (invoice === null) throw undecidable(false);
  return invoice;
}
