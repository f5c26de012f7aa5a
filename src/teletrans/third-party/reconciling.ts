/**
 * What people do in the books: match a line by hand, set it aside, write off, close, and take any of it back. Each act is one transaction, leaves who and why (encrypted) in
 * the ledger, and can be undone by its batch; nothing is erased.
 */
import { localDate, type Clock } from '../domain/clock';
import type { ClaimKey } from '../domain/claims';
import { VitaleError } from '../domain/errors';
import type { Identifiers } from '../domain/identifiers';
import { formatEuros } from '../domain/money';
import { canStepPart } from '../domain/states';
import type { StoreSession } from '../store/port';
import type { LedgerEntry, StoredLine } from '../store/third-party/port';
import type { Allocation, Said } from './acts';
import { dueOf } from './ageing';
import { valueDateOf } from './applying';
import { book, entriesOf } from './booking';
import { undoing } from './ledger';
import { refusalToBook, stateOfPart } from './matching';
import type { ThirdPartyRules } from './rules';
import { proveArrival, type Settling } from './settling';

const PERSON = 'person';
const noteOf = ({ by, reason }: Said): string => `${by} : ${reason}`;

export class Reconciling {
  constructor(
    private readonly settling: Settling,
    private readonly rules: Pick<ThirdPartyRules, 'causes'>,
    private readonly clock: Clock,
    private readonly ids: Identifiers,
  ) {}

  /**
   * Books an open line on the claims a person names; its money must be spread to the centime.
   * @returns the batch, to be given to {@link undo}.
   * Errors: RET-046 not open; RET-044 the shares do not add up; RET-047 a claim takes no money.
   */
  async reconcile(
    session: StoreSession,
    lineId: number,
    allocations: readonly Allocation[],
    said: Said,
    batch = this.ids.uuid(),
  ): Promise<string> {
    const line = await this.openLine(session, lineId);
    const difference = line.amount - allocations.reduce((sum, { amount }) => sum + amount, 0);
    if (difference !== 0 || allocations.length === 0) throw new VitaleError('RET-044', { e: formatEuros(difference) });
    const remittance = await session.thirdParty.remittances.get(line.remittanceId);
    const { at, today } = this.now();
    const valueDate = remittance === null ? today : valueDateOf(line, remittance);
    for (const { invoiceId, part, amount } of allocations) {
      const invoice = await session.invoices.get(invoiceId);
      const refusal = invoice === null ? 'unknown-invoice' : refusalToBook(invoice, part);
      if (invoice === null || refusal !== null)
        throw new VitaleError('RET-047', { cause: this.rules.causes[refusal ?? 'unknown-invoice'] });
      await proveArrival(session, invoice, at);
      await book(session, this.ids, { invoiceId, part }, entriesOf({ answer: line.answer, amount }), {
        at,
        valueDate,
        actor: PERSON,
        lineId,
        batch,
        note: noteOf(said),
      });
      await this.settling.settle(session, invoiceId, part, { at, actor: PERSON, event: 'reconciled', backwards: false });
    }
    await session.thirdParty.lines.setStatus(lineId, 'matched', null);
    return batch;
  }

  /** Takes an open line out of the remainder: it concerns no invoice. Errors: RET-046. */
  async setAside(session: StoreSession, lineId: number, said: Said): Promise<void> {
    const line = await this.openLine(session, lineId);
    await session.thirdParty.lines.setStatus(lineId, 'set-aside', line.cause, noteOf(said));
    await this.trace(session, line, 'line-set-aside');
  }

  /** Puts a line set aside back into the remainder. Errors: RET-045. */
  async takeUp(session: StoreSession, lineId: number, said: Said): Promise<void> {
    const line = await session.thirdParty.lines.get(lineId);
    if (line?.status !== 'set-aside') throw new VitaleError('RET-045');
    await session.thirdParty.lines.setStatus(lineId, 'open', line.cause, noteOf(said));
    await this.trace(session, line, 'line-taken-up');
  }

  /** Settles a claim by a person's decision: what is still due is written off. Errors: RET-048. */
  async close(session: StoreSession, key: ClaimKey, said: Said): Promise<string> {
    const invoice = await session.invoices.get(key.invoiceId);
    const claim = await session.thirdParty.claims.get(key);
    const state = invoice === null ? null : stateOfPart(invoice, key.part);
    if (claim === null || state === null || !canStepPart(state, 'CLOSED_BY_PERSON')) throw new VitaleError('RET-048');
    return this.decide(session, key, 'closure', dueOf(claim), said, 'closed');
  }

  /**
   * Changes what is due without money: a rounding, a sum given up. `amount`: centimes taken off, towards zero.
   * Errors: RET-058 when it goes beyond what is due, when nothing can be booked, or when it would settle a part that nobody has paid anything of: that is closing.
   */
  async adjust(session: StoreSession, key: ClaimKey, amount: number, said: Said): Promise<string> {
    const invoice = await session.invoices.get(key.invoiceId);
    const claim = await session.thirdParty.claims.get(key);
    if (invoice === null || claim === null || refusalToBook(invoice, key.part) !== null) throw new VitaleError('RET-058');
    const due = dueOf(claim);
    const towardsZero = amount !== 0 && Math.sign(amount) === Math.sign(due) && Math.abs(amount) <= Math.abs(due);
    if (!towardsZero || (amount === due && claim.payments === 0)) throw new VitaleError('RET-058');
    return this.decide(session, key, 'adjustment', amount, said, 'adjusted');
  }

  /** Takes back everything a batch booked. Errors: RET-045 when nothing of it is in force. */
  async undo(session: StoreSession, batch: string, said: Said): Promise<void> {
    const { at, today } = this.now();
    const undoBatch = this.ids.uuid();
    const entries: LedgerEntry[] = [];
    for (const entry of await session.thirdParty.ledger.list({ batch }))
      if (entry.undoOf === null && !(await session.thirdParty.ledger.isUndone(entry.id))) entries.push(entry);
    if (entries.length === 0) throw new VitaleError('RET-045');
    for (const entry of entries) {
      const made = { id: this.ids.uuid(), at, valueDate: today, actor: PERSON, batch: undoBatch, note: noteOf(said) };
      await session.thirdParty.ledger.append(undoing(entry, made));
    }
    for (const id of new Set(entries.map(({ lineId }) => lineId)))
      if (id !== null) await session.thirdParty.lines.setStatus(id, 'open', 'undone');
    for (const { invoiceId, part } of distinct(entries))
      await this.settling.settle(session, invoiceId, part, { at, actor: PERSON, event: 'undone', backwards: true });
  }

  private async decide(
    session: StoreSession,
    key: ClaimKey,
    kind: 'closure' | 'adjustment',
    amount: number,
    said: Said,
    event: string,
  ): Promise<string> {
    const { at, today } = this.now();
    const batch = this.ids.uuid();
    const frame = { at, valueDate: today, actor: PERSON, lineId: null, batch, note: noteOf(said) };
    await book(session, this.ids, key, [{ kind, amount }], frame);
    await this.settling.settle(session, key.invoiceId, key.part, { at, actor: PERSON, event, backwards: false });
    return batch;
  }

  private async openLine(session: StoreSession, id: number): Promise<StoredLine> {
    const line = await session.thirdParty.lines.get(id);
    if (line?.status !== 'open') throw new VitaleError('RET-046');
    return line;
  }

  private async trace(session: StoreSession, line: StoredLine, event: string): Promise<void> {
    await session.journal.append({
      at: this.now().at,
      actor: PERSON,
      entity: 'return',
      entityId: line.remittanceId,
      event,
      from: line.status,
      to: null,
      detail: { line: line.id },
    });
  }

  private now(): { readonly at: string; readonly today: string } {
    const now = this.clock.now();
    return { at: now.toISOString(), today: localDate(now) };
  }
}

function distinct(entries: readonly LedgerEntry[]): readonly ClaimKey[] {
  return [...new Map(entries.map(({ invoiceId, part }) => [`${invoiceId} ${part}`, { invoiceId, part }])).values()];
}
