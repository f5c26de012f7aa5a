/** What a person decides after a restored backup or a change of computer: whether something was sent meanwhile, then invoice by invoice what leaves. */
import { localDate, type Clock } from '../domain/clock';
import { VitaleError } from '../domain/errors';
import type { Identifiers } from '../domain/identifiers';
import { stepPartsWherePossible } from '../domain/parts';
import { undecidable } from '../domain/undecidable';
import { NUMBERS, reasonOfFreeze, type Freeze, type RestoreGuard } from '../restore-guard/guard';
import type { TakingUp } from '../restore-guard/taking-up';
import { PERHAPS_SENT } from '../restore-guard/unsent';
import type { HeldReason, NumbersDecision, Store, StoredInvoice, StoreSession } from '../store/port';
import type { Collection } from './collection';
import { decisionOf, questionOf, saidWhole, type DecisionTexts, type PersonSays } from './decision-questions';
import type { Explained } from './port';
import type { AskedQuestion } from './resending';

export interface AfterRestoreParts {
  readonly store: Store;
  readonly guard: RestoreGuard;
  readonly takingUp: TakingUp;
  readonly collection: Collection;
  readonly texts: DecisionTexts;
  readonly explain: (reason: HeldReason) => Explained;
  readonly clock: Clock;
  readonly ids: Identifiers;
}

export class AfterRestore {
  constructor(private readonly parts: AfterRestoreParts) {}

  /** Errors: DEC-002, DEC-003 when sending is not frozen. */
  async numbersQuestion(kind: NumbersDecision): Promise<AskedQuestion> {
    const freeze = await this.freeze();
    const unmatched = await this.parts.store.read((session) => session.returns.list({ state: ['unmatched'] }));
    const text = questionOf(this.parts.texts, kind, {
      arret: this.parts.explain(reasonOfFreeze(freeze)).message,
      date: localDate(new Date(freeze.since)).split('-').reverse().join('/'),
      envois: freeze.attemptsSince ?? 'un nombre inconnu d’',
      retours: unmatched.length,
    });
    return { ...text, refused: null };
  }

  /** Returns are fetched first: they tell what was sent since. Errors: DEC-001, TRA-030, DEC-002, DEC-003. */
  async takeUp(kind: NumbersDecision, says: PersonSays): Promise<void> {
    const said = saidWhole(says);
    const { lines } = await this.numbersQuestion(kind);
    if ((await this.parts.collection.run()).failure !== null) throw new VitaleError('TRA-030');
    await this.parts.takingUp.take(kind === 'numbers-hold', decisionOf(kind, NUMBERS, said, lines, this.parts));
  }

  /** Errors: DEC-002, DEC-003 when the invoice is not held for this. */
  async releaseQuestion(invoiceId: string): Promise<AskedQuestion> {
    return this.parts.store.read(async (session) => {
      const { number } = await heldForThis(session, invoiceId);
      return { ...questionOf(this.parts.texts, 'release-held', { facture: number }), refused: null };
    });
  }

  /** The invoice was not sent from another copy of the data: it leaves with the next transmission. Errors: DEC-001, DEC-002, DEC-003. */
  async release(invoiceId: string, says: PersonSays): Promise<void> {
    const said = saidWhole(says);
    const { lines } = await this.releaseQuestion(invoiceId);
    const decision = decisionOf('release-held', invoiceId, said, lines, this.parts);
    await this.parts.store.transaction(async (session) => {
      const invoice = await heldForThis(session, invoiceId);
      await session.decisions.append(decision);
      await session.invoices.update(invoiceId, { ...stepPartsWherePossible(invoice, 'READY'), held: null });
      await session.journal.append({
        at: decision.at,
        actor: 'person:cabinet',
        entity: 'invoice',
        entityId: invoiceId,
        event: 'released',
        from: 'HELD',
        to: 'READY',
        detail: { code: PERHAPS_SENT, decision: decision.id },
      });
    });
  }

  private async freeze(): Promise<Freeze> {
    const freeze = await this.parts.guard.frozen();
    if (freeze === null) throw undecidable(true);
    return freeze;
  }
}

async function heldForThis(session: StoreSession, invoiceId: string): Promise<StoredInvoice> {
  const invoice = await session.invoices.get(invoiceId);
  if (invoice?.held?.code !== PERHAPS_SENT) throw undecidable(invoice !== null);
  return invoice;
}
