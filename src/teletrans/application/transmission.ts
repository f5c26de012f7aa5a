/**
 * One transmission, start to end: recover, collect, check, group, seal, freeze, send. Each step saves its intention before it acts and its outcome after, so that a
 * process killed anywhere is taken up again by the next one. Runs under the transmission lock.
 */
import type { Clock } from '../domain/clock';
import { isVitaleError, VitaleError } from '../domain/errors';
import type { RoutingTables } from '../domain/routing';
import { recheckHeld } from '../intake/recheck';
import type { LotPreparation } from '../lots/preparing';
import type { LotSealing } from '../lots/sealing';
import { fitOf, misfitReason, signerOf } from '../lots/selection';
import type { Freezing } from '../sending/freezing';
import type { Sending } from '../sending/sending';
import type { RestoreGuard } from '../restore-guard/guard';
import type { HeldReason, Store, StoredInvoice, StoredLot } from '../store/port';
import type { Recycling } from '../third-party/recycling';
import { Cancellation } from './cancellation';
import type { OpenedCard } from './card-desk';
import type { Collection } from './collection';
import type { PersonSays } from './decision-questions';
import type { Resending } from './resending';
import type { Progress, ReturnsReport, TransmitChoice, TransmitReport } from './port';

export interface TransmissionParts {
  readonly store: Store;
  readonly routes: RoutingTables;
  readonly collection: Collection;
  readonly recycling: Recycling;
  readonly preparation: LotPreparation;
  readonly sealing: LotSealing;
  readonly freezing: Freezing;
  readonly sending: Sending;
  readonly resending: Resending;
  readonly guard: RestoreGuard;
  readonly clock: Clock;
  /** Throws when nothing may be sent at all (transport profile expired, say). */
  readonly assertReady: () => void;
}

/** What happened, in stored terms. */
export interface TransmissionOutcome {
  readonly result: TransmitReport['result'];
  readonly fileIds: readonly string[];
  readonly held: readonly { readonly number: string; readonly reason: HeldReason }[];
  readonly returns: ReturnsReport;
  readonly reason: HeldReason | null;
}

/** Ready work, sorted by what the opened card may do with it. */
interface Work {
  readonly invoices: readonly StoredInvoice[];
  readonly lots: readonly StoredLot[];
  /** Work of the chosen practitioner that this card should seal and cannot. */
  readonly misfits: readonly { readonly number: string; readonly reason: HeldReason }[];
  readonly needsCard: HeldReason | null;
}

export class Transmission {
  constructor(private readonly parts: TransmissionParts) {}

  /**
   * @param byPerson a person asked for it: failed files are tried again at once.
   * Errors: TRA-043 when it was cancelled before anything was sealed.
   */
  async run(
    choice: TransmitChoice,
    card: OpenedCard | null,
    byPerson: boolean,
    onProgress: (progress: Progress) => void,
    cancellation: Cancellation = new Cancellation(),
  ): Promise<TransmissionOutcome> {
    const { collection, freezing, sending, preparation } = this.parts;
    this.parts.assertReady();
    await this.recover();

    onProgress({ step: 'collecting', done: 0, total: 1 });
    const { returns, failure: collectFailure } = await collection.run();
    onProgress({ step: 'collecting', done: 1, total: 1 });
    cancellation.stopIfAsked();

    const frozen = await this.parts.guard.stop();
    if (frozen !== null) return { result: 'incident', fileIds: [], held: [], returns, reason: frozen };

    await this.recheck();
    const work = await this.workFor(choice, card);
    onProgress({ step: 'checking', done: work.invoices.length, total: work.invoices.length });

    cancellation.stopIfAsked();

    let problem: HeldReason | null = work.needsCard;
    if (card !== null && (work.invoices.length > 0 || work.lots.length > 0)) {
      // Lots numbered before, and files frozen before, leave even when no new lot can be made.
      problem ??= await reasonOf(() => preparation.prepare(work.invoices));
      const { lots } = await this.workFor(choice, card);
      onProgress({ step: 'grouping', done: lots.length, total: lots.length });
      cancellation.passPointOfNoReturn();
      problem ??= await this.sealAll(lots, card, onProgress);
    }

    cancellation.passPointOfNoReturn();
    const failures = await freezing.freezeSealed((done, total) => onProgress({ step: 'freezing', done, total }));
    problem ??= failures[0]?.reason ?? null;
    const waiting = await sending.waiting(byPerson);
    const { tried, stopped } = await sending.send(waiting, (done, total) => onProgress({ step: 'sending', done, total }));
    problem = stopped ?? problem;
    const again = collectFailure === null ? await this.parts.resending.byPolicy() : [];
    const fileIds = [...tried, ...again];

    const held = [...(await this.heldFor(choice, card)), ...work.misfits];
    const result = await this.resultOf(
      fileIds,
      { due: work.invoices.length + work.lots.length + work.misfits.length, held: held.length },
      problem,
    );
    return { result, fileIds, held, returns, reason: problem ?? collectFailure };
  }

  /** Examines the held invoices again. Returns how many are ready now. Call under the transmission lock. */
  recheck(): Promise<number> {
    const { store, routes, recycling, clock } = this.parts;
    return recheckHeld(store, routes, recycling, clock);
  }

  /** Sends what may leave by itself: files frozen and never tried, and failed ones whose waiting time is over. Returns are fetched first. */
  async sendDue(): Promise<void> {
    const { sending, collection, resending, guard } = this.parts;
    if ((await guard.stop()) !== null) return;
    if ((await sending.waiting(false)).length === 0 && !(await resending.hasDue())) return;
    this.parts.assertReady();
    await this.recover();
    const { failure } = await collection.run();
    await sending.send(await sending.waiting(false), () => undefined);
    if (failure === null) await resending.byPolicy();
  }

  /** A person's decision about a file that may have arrived. Errors: those of {@link Resending.byPerson}. */
  async resend(fileId: string, says: PersonSays): Promise<void> {
    this.parts.assertReady();
    const frozen = await this.parts.guard.stop();
    if (frozen !== null) throw new VitaleError(frozen.code, frozen.details);
    await this.recover();
    await this.parts.resending.byPerson(fileId, says);
  }

  /** True when a process that died, or one that is at work now, left something open. */
  async hasOpenEnds(): Promise<boolean> {
    return this.parts.store.read(async (session) => {
      const open = [
        await session.attempts.open(),
        await session.lots.list({ state: ['SEALING'] }),
        await session.files.list({ state: ['PREPARED'] }),
      ];
      return open.some((found) => found.length > 0);
    });
  }

  /** Takes up what a process that died left open. Call under the transmission lock. */
  async recover(): Promise<void> {
    await this.parts.sending.recover();
    await this.parts.sealing.recover();
    await this.parts.freezing.recover();
  }

  /** Seals every lot; the first failure of the card stops, what is sealed leaves. */
  private async sealAll(
    lots: readonly StoredLot[],
    card: OpenedCard,
    onProgress: (progress: Progress) => void,
  ): Promise<HeldReason | null> {
    for (const [rank, lot] of lots.entries()) {
      onProgress({ step: 'sealing', done: rank, total: lots.length });
      const failure = await reasonOf(() => this.parts.sealing.seal(lot, card.session));
      if (failure !== null) return failure;
    }
    if (lots.length > 0) onProgress({ step: 'sealing', done: lots.length, total: lots.length });
    return null;
  }

  private async workFor(choice: TransmitChoice, card: OpenedCard | null): Promise<Work> {
    const { ready, numbered } = await this.parts.store.read(async (session) => ({
      ready: await session.invoices.list({ anyState: ['READY'] }),
      numbered: await session.lots.list({ state: ['NUMBERED'] }),
    }));
    const chosen = (item: StoredInvoice | StoredLot): boolean => choice.practitioner === null || signerOf(item) === choice.practitioner;
    const inSituation = (item: StoredInvoice | StoredLot): boolean =>
      choice.situation === null || item.situation === choice.situation || item.replacement !== null;
    const invoices = ready.filter(chosen);
    const lots = numbered.filter(chosen);
    if (card === null) {
      const waits = invoices.filter(inSituation).length + lots.filter(inSituation).reduce((sum, lot) => sum + lot.invoiceIds.length, 0);
      return { invoices: [], lots: [], misfits: [], needsCard: waits === 0 ? null : { code: 'HOT-007', details: { n: waits } } };
    }
    const fit = (item: StoredInvoice | StoredLot): ReturnType<typeof fitOf> => fitOf(item, card.situations, choice.situation);
    const foreign = choice.practitioner !== null && !card.situations.some((situation) => situation.billingNumber === choice.practitioner);
    const { lastName, firstName } = card.session.holder;
    return {
      invoices: invoices.filter((invoice) => fit(invoice) === 'seals'),
      lots: lots.filter((lot) => fit(lot) === 'seals'),
      misfits: invoices.flatMap((invoice) => {
        const reason = misfitReason(fit(invoice));
        return reason === null ? [] : [{ number: invoice.number, reason }];
      }),
      needsCard:
        foreign && invoices.length + lots.length > 0 ? { code: 'CPS-010', details: { titulaire: `${lastName} ${firstName}` } } : null,
    };
  }

  /** Held invoices this call is about: those of the chosen practitioner, of the card, or all when neither is known. */
  private async heldFor(choice: TransmitChoice, card: OpenedCard | null): Promise<TransmissionOutcome['held']> {
    const held = await this.parts.store.read((session) => session.invoices.list({ anyState: ['HELD'] }));
    const mine = (invoice: StoredInvoice): boolean => {
      if (choice.practitioner !== null) return signerOf(invoice) === choice.practitioner;
      return card === null || card.situations.some((situation) => situation.billingNumber === signerOf(invoice));
    };
    return held.filter(mine).flatMap((invoice) => (invoice.held === null ? [] : [{ number: invoice.number, reason: invoice.held }]));
  }

  private async resultOf(
    fileIds: readonly string[],
    { due, held }: { readonly due: number; readonly held: number },
    problem: HeldReason | null,
  ): Promise<TransmitReport['result']> {
    const files = await this.parts.store.read(async (session) => Promise.all(fileIds.map((id) => session.files.get(id))));
    const left = files.filter((file) => file?.state === 'HANDED_OVER').length;
    if (problem !== null && needsCard(problem))
      return left > 0 && problem.code !== 'HOT-007' && problem.code !== 'CPS-010' ? 'partial' : 'needs-card';
    if (files.length === 0 && problem === null && due === 0) return 'nothing';
    if (left === 0) return 'incident';
    return left === files.length && held === 0 && problem === null ? 'sent' : 'partial';
  }
}

/** Why the work failed, or null; only faults of the program are thrown. */
async function reasonOf(work: () => Promise<unknown>): Promise<HeldReason | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (!isVitaleError(error)) throw error;
    return { code: error.code, details: error.details };
  }
}

/** A problem that a card, or a person at the card, mends. */
function needsCard(problem: HeldReason): boolean {
  return problem.code === 'HOT-007' || problem.code.startsWith('CPS-') || problem.code.startsWith('LEC-');
}
