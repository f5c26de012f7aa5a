/**
 * The way in: every invoice of the host, one by one or in bulk. What it answers is true on the disk: `accepted`, `held` and `duplicate` are said after the commit.
 */
import { canonicalJson } from '../domain/canonical-json';
import { localDate, type Clock } from '../domain/clock';
import type { PracticeCalendar } from '../domain/calendar';
import { isVitaleError, VitaleError } from '../domain/errors';
import type { Identifiers } from '../domain/identifiers';
import type { Invoice } from '../domain/invoice';
import { legalDeadline } from '../domain/legal-clock';
import { partsOf } from '../domain/parts';
import type { PracticeMode } from '../domain/practice';
import type { RoutingTables } from '../domain/routing';
import { stepPart, type PartState } from '../domain/states';
import type { Store, StoredInvoice, StoreSession } from '../store/port';
import type { Recycling } from '../third-party/recycling';
import { firstFault } from './checks';
import { examine, type Examination } from './holding';
import type { SchemaCheck } from './schema';

export type Taken = 'accepted' | 'held' | 'duplicate';
/** One answer a document, in the order given. */
export type TakeResult = { readonly taken: Taken } | { readonly refused: VitaleError; readonly hostId: string | null };

export interface IntakeSettings {
  readonly mode: PracticeMode;
  readonly calendar: PracticeCalendar;
  readonly maxAgeDays: number;
}

interface Candidate {
  readonly invoice: Invoice;
  readonly contentHash: string;
  readonly examination: Examination;
}

export class Intake {
  constructor(
    private readonly store: Store,
    private readonly schema: SchemaCheck,
    private readonly routes: RoutingTables,
    private readonly recycling: Recycling,
    private readonly settings: IntakeSettings,
    private readonly clock: Clock,
    private readonly ids: Identifiers,
  ) {}

  /** Takes one document. Resolves after the commit. Errors: HOT-003, FAC-…: refused, nothing stored. */
  async take(document: unknown): Promise<Taken> {
    const [result] = await this.takeMany([document]);
    if (result === undefined) throw new VitaleError('HOT-999', { id: 'intake' });
    if ('refused' in result) throw result.refused;
    return result.taken;
  }

  /** Takes several documents in one transaction; a bad one is refused alone. */
  async takeMany(documents: readonly unknown[]): Promise<readonly TakeResult[]> {
    const checked = documents.map((document) => this.check(document));
    if (checked.every((candidate) => candidate instanceof VitaleError))
      return checked.map((error, rank) => refusal(error, documents[rank]));
    return this.store.transaction(async (session) => {
      const results: TakeResult[] = [];
      for (const [rank, candidate] of checked.entries()) {
        if (candidate instanceof VitaleError) results.push(refusal(candidate, documents[rank]));
        else results.push(await this.put(session, candidate));
      }
      return results;
    });
  }

  private check(document: unknown): Candidate | VitaleError {
    try {
      const invoice = this.schema(document);
      const today = localDate(this.clock.now());
      const fault = firstFault(invoice, { today, mode: this.settings.mode, maxAgeDays: this.settings.maxAgeDays });
      if (fault !== null) return new VitaleError(fault.code, fault.details);
      return { invoice, contentHash: this.store.keyedHash(canonicalJson(invoice)), examination: examine(invoice, this.routes, today) };
    } catch (error) {
      if (isVitaleError(error)) return error;
      throw error;
    }
  }

  private async put(session: StoreSession, { invoice, contentHash, examination }: Candidate): Promise<TakeResult> {
    const known =
      (await session.invoices.byHostId(invoice.id)) ??
      (await session.invoices.byNumber(invoice.practitioner.billingNumber, invoice.number));
    if (known !== null) {
      return known.contentHash === contentHash && known.hostId === invoice.id
        ? { taken: 'duplicate' }
        : { refused: new VitaleError('FAC-002', { n: invoice.number }), hostId: invoice.id };
    }
    const at = this.clock.now().toISOString();
    const waits = await this.recycling.replace(session, invoice, invoice.id, at);
    const stored = this.toStored(invoice, contentHash, { ...examination, held: examination.held ?? waits }, at);
    await session.invoices.insert(stored, invoice);
    await session.journal.append({
      at: stored.receivedAt,
      actor: 'external',
      entity: 'invoice',
      entityId: stored.id,
      event: 'received',
      from: null,
      to: stored.amoState ?? stored.amcState,
      detail: stored.held === null ? {} : { code: stored.held.code },
    });
    return { taken: stored.held === null ? 'accepted' : 'held' };
  }

  private toStored(invoice: Invoice, contentHash: string, { held, notes }: Examination, at: string): StoredInvoice {
    const state: PartState = stepPart('RECEIVED', held === null ? 'READY' : 'HELD');
    const parts = partsOf(invoice);
    return {
      id: this.ids.uuid(),
      hostId: invoice.id,
      kind: invoice.kind,
      number: invoice.number,
      billingNumber: invoice.practitioner.billingNumber,
      situation: invoice.practitioner.situation,
      replacement: invoice.practitioner.replacement ?? null,
      marking: invoice.marking,
      securing: invoice.securing,
      thirdParty: invoice.thirdParty,
      completedOn: invoice.completedOn,
      deadline: legalDeadline(invoice, this.settings.calendar),
      linkedTo: invoice.linkedTo ?? null,
      amounts: { fees: invoice.totals.fees, amo: invoice.totals.amo, amc: invoice.totals.amc },
      contentHash,
      amoState: parts.amo ? state : null,
      amcState: parts.amc ? state : null,
      held,
      notes,
      lotId: null,
      receivedAt: at,
      sentAt: null,
      ackedAt: null,
    };
  }
}

function refusal(refused: VitaleError, document: unknown): TakeResult {
  const id = document !== null && typeof document === 'object' && 'id' in document && typeof document.id === 'string' ? document.id : null;
  return { refused, hostId: id };
}
