/** The day at a glance: everything the first window and `vitale etat` show. */
import { workingDaysBetween, type PracticeCalendar } from '../domain/calendar';
import { localDate, type Clock } from '../domain/clock';
import { PENDING, stateInGroup, UNSENT } from '../domain/invoice-groups';
import type { LocalDate } from '../domain/invoice';
import type { Practice } from '../domain/practice';
import type { RoutingTables } from '../domain/routing';
import { deriveState, type FileState } from '../domain/states';
import { signerOf } from '../lots/selection';
import { NUMBERS, reasonOfFreeze, type RestoreGuard } from '../restore-guard/guard';
import { reasonOf, type Brake } from '../sending/brake/brake';
import type {
  HeldReason,
  InvoiceCount,
  Store,
  StoredAttempt,
  StoredFile,
  StoredInvoice,
  StoredLot,
  StoredReturn,
  StoreSession,
} from '../store/port';
import { glimpse, totalsOf } from './glance';
import type { Counts, Explained, Glance, Overview, PendingCounts, PractitionerView, StopView, UnsettledCounts } from './port';
import { fileView, invoiceView, isLate, lotView, stateOf } from './views';

export interface OverviewSources {
  readonly store: Store;
  readonly brake: Brake;
  readonly guard: RestoreGuard;
  readonly practice: Practice;
  readonly routes: RoutingTables;
  readonly calendar: PracticeCalendar;
  readonly clock: Clock;
  readonly explain: (reason: HeldReason) => Explained;
  /** A person may release the invoices of a lot refused with this ARL code. */
  readonly releasable: (lot: StoredLot) => boolean;
}

/** What is not in an archive. */
interface Everything {
  readonly invoices: readonly StoredInvoice[];
  /** Numbers of all invoices that a lot names, archived ones too. */
  readonly numbers: ReadonlyMap<string, string>;
  readonly lots: readonly StoredLot[];
  readonly files: readonly StoredFile[];
  readonly returns: readonly StoredReturn[];
  /** Lines of payment returns that match no invoice. */
  readonly openLines: number;
  readonly attempts: ReadonlyMap<string, readonly StoredAttempt[]>;
  /** Situation chosen last, by billing number. */
  readonly situations: ReadonlyMap<string, string>;
}

const COUNTED = ['ready', 'held', 'sent', 'acked', 'uncertain', 'refused'] as const;

/** Counts of the day, from invoices counted by the states of their parts. */
function sum(groups: readonly InvoiceCount[]): Counts {
  const counts = { ready: 0, held: 0, late: 0, dueToday: 0, sent: 0, uncertain: 0, acked: 0, refused: 0 };
  for (const { amoState, amcState, count, before, on } of groups) {
    const state = deriveState(amoState, amcState);
    for (const group of COUNTED) if (stateInGroup(state, group)) counts[group] += count;
    if (!UNSENT.has(state)) continue;
    counts.late += before;
    counts.dueToday += on;
  }
  return counts;
}

function count(invoices: readonly StoredInvoice[], today: LocalDate): Counts {
  return sum(
    invoices.map(({ amoState, amcState, deadline }) => ({
      amoState,
      amcState,
      count: 1,
      before: deadline < today ? 1 : 0,
      on: deadline === today ? 1 : 0,
    })),
  );
}

/** Name under which the situation a practitioner chose last is kept: one character in JSON, or null for all. */
export const situationSetting = (billingNumber: string): string => `situation.${billingNumber}`;

function practitioners(
  practice: Practice,
  { invoices, situations: chosen }: Pick<Everything, 'invoices' | 'situations'>,
): readonly PractitionerView[] {
  const waiting = new Map<string, Map<string, number>>(practice.practitioners.map(({ billingNumber }) => [billingNumber, new Map()]));
  for (const invoice of invoices) {
    const state = stateOf(invoice);
    if (state !== 'READY' && state !== 'IN_LOT') continue;
    const situations = waiting.get(signerOf(invoice)) ?? new Map<string, number>();
    situations.set(invoice.situation, (situations.get(invoice.situation) ?? 0) + 1);
    waiting.set(signerOf(invoice), situations);
  }
  return [...waiting].map(([billingNumber, situations]) => ({
    billingNumber,
    name: practice.practitioners.find((practitioner) => practitioner.billingNumber === billingNumber)?.name ?? null,
    ready: [...situations.values()].reduce((sum, each) => sum + each, 0),
    readyBySituation: [...situations].sort().map(([situation, number]) => ({ situation, count: number })),
    lastSituation: chosen.get(billingNumber) ?? null,
  }));
}

const UNDELIVERED: ReadonlySet<FileState> = new Set<FileState>(['FROZEN', 'TEMP_FAILED', 'PERM_FAILED']);

/** What the person should know or do, most pressing first. */
function advise(
  all: Pick<Everything, 'invoices' | 'lots' | 'files' | 'returns' | 'openLines'>,
  counts: Counts,
  sources: OverviewSources,
  today: LocalDate,
): readonly Explained[] {
  const reasons: HeldReason[] = [];
  const add = (code: string, details: HeldReason['details'] = {}): void => void reasons.push({ code, details });
  if (counts.uncertain > 0) add('TRA-007');
  const late = all.invoices.filter((invoice) => isLate(invoice, today)).map((invoice) => invoice.deadline);
  const [oldest] = [...late].sort();
  if (oldest !== undefined) add('FAC-022', { n: workingDaysBetween(oldest, today, sources.calendar) });
  if (counts.dueToday > 0) add('FAC-023', { n: counts.dueToday });
  for (const lot of all.lots)
    if (lot.state === 'NACKED') add(lot.ack?.code.startsWith('F') === true ? 'RET-004' : 'RET-002', { libelle: lot.ack?.label ?? '?' });
  for (const invoice of all.invoices) if (invoice.held?.code === 'RET-003') reasons.push(invoice.held);
  const overdue = all.lots.filter((lot) => lot.state === 'ACK_OVERDUE');
  if (overdue.length > 0) add('TRA-008', { n: overdue.length, j: 2 });
  for (const file of all.files) {
    if (file.failure !== null && UNDELIVERED.has(file.state)) reasons.push(file.failure);
    if (file.state === 'TEMP_FAILED' && file.nextTryAt === null) add('TRA-033', { n: file.fileId });
  }
  if (counts.held > 0) add('LOT-002', { n: counts.held });
  for (const { number } of awaitingDre(all.invoices)) add('FAC-034', { n: number });
  if (all.openLines > 0) add('RET-023', { n: all.openLines });
  for (const entry of all.returns) if (entry.reason !== null) reasons.push(entry.reason);
  const seen = new Set<string>();
  return reasons
    .map((reason) => sources.explain(reason))
    .filter(({ code, message }) => !seen.has(code + message) && seen.add(code + message));
}

/** FSE split at the practice, not yet sent, whose DRE has not come. */
function awaitingDre(invoices: readonly StoredInvoice[]): readonly StoredInvoice[] {
  const completed = new Set(
    invoices.filter((invoice) => invoice.kind === 'DRE').map((dre) => `${dre.billingNumber} ${dre.linkedTo ?? ''}`),
  );
  return invoices.filter(
    (invoice) =>
      invoice.kind === 'FSE' &&
      invoice.amcState === null &&
      (invoice.thirdParty === 'amo+amc' || invoice.thirdParty === 'amc') &&
      UNSENT.has(stateOf(invoice)) &&
      !completed.has(`${invoice.billingNumber} ${invoice.number}`),
  );
}

/** What is not settled, counted; reads no invoice. */
export async function countPending(store: Store, clock: Clock): Promise<UnsettledCounts> {
  return sum(await store.read((session) => session.invoices.countUnsettled(PENDING, localDate(clock.now()))));
}

function returnsCounted(returns: readonly StoredReturn[]): Overview['returns'] {
  return {
    unmatched: returns.filter((entry) => entry.state === 'unmatched').length,
    quarantined: returns.filter((entry) => entry.state === 'quarantined').length,
  };
}

export class DayOverview {
  /** Label of the payer by invoice: naming it opens the body, so it is done once. */
  private readonly payers = new Map<string, string>();

  constructor(private readonly sources: OverviewSources) {}

  /** What is not settled, counted; reads no invoice that is. */
  async pending(): Promise<PendingCounts> {
    const [stop] = await this.stops();
    const stopped = stop === undefined ? null : { code: stop.code, message: stop.message, action: stop.action };
    return { ...(await countPending(this.sources.store, this.sources.clock)), stopped };
  }

  /** What stops sending now: the freeze after a restored backup first. */
  private async stops(): Promise<readonly StopView[]> {
    const { brake, guard, explain } = this.sources;
    const freeze = await guard.frozen();
    const frozen: StopView[] =
      freeze === null
        ? []
        : [{ ...explain(reasonOfFreeze(freeze)), id: NUMBERS, decisions: ['numbers-hold', 'numbers-continue'], since: freeze.since }];
    const stopped = (await brake.incidents()).map((incident): StopView => ({
      ...explain(reasonOf(incident)),
      id: incident.id,
      decisions: ['release-brake'],
      since: incident.since,
    }));
    return [...frozen, ...stopped];
  }

  /** @param busy a transmission or a collection is under way. */
  async build(busy: boolean): Promise<Overview> {
    const { sources } = this;
    const all = await this.gather();
    const now = sources.clock.now();
    const today = localDate(now);
    const { numbers } = all;
    const lots = new Map(all.lots.map((lot) => [lot.id, lot]));
    const counts = count(all.invoices, today);
    return {
      mode: sources.practice.mode,
      now: now.toISOString(),
      counts,
      practitioners: practitioners(sources.practice, all),
      invoices: all.invoices.map((invoice) =>
        invoiceView(invoice, lots.get(invoice.lotId ?? ''), this.payers.get(invoice.id) ?? null, today, sources.explain),
      ),
      lots: all.lots.map((lot) => lotView(lot, numbers, sources.releasable(lot))),
      files: all.files.map((file) =>
        fileView(
          file,
          file.lotIds.map((id) => lots.get(id)).filter((lot) => lot !== undefined),
          numbers,
          all.attempts.get(file.id) ?? [],
          sources.explain,
        ),
      ),
      returns: returnsCounted(all.returns),
      stops: await this.stops(),
      advice: advise(all, counts, sources, today),
      busy,
    };
  }

  /** The same without the lists, from counts and the few things that wait for somebody. @param busy as of {@link build}. */
  async glance(busy: boolean): Promise<Glance> {
    const { sources } = this;
    const now = sources.clock.now();
    const { seen, ...few } = await sources.store.read(async (session) => {
      const found = await glimpse(session, now);
      return {
        seen: found,
        invoices: found.invoices,
        lots: await session.lots.list({ state: ['NACKED', 'ACK_OVERDUE'] }),
        files: await session.files.list({ state: [...UNDELIVERED] }),
        returns: await session.returns.list({ state: ['unmatched', 'quarantined'] }),
        openLines: (await session.thirdParty.lines.list({ status: 'open' })).length,
        situations: await this.situationsOf(session, found.invoices),
      };
    });
    const counts = sum(seen.counted);
    return {
      mode: sources.practice.mode,
      now: now.toISOString(),
      counts,
      practitioners: practitioners(sources.practice, few),
      ...totalsOf(seen),
      returns: returnsCounted(few.returns),
      stops: await this.stops(),
      advice: advise(few, counts, sources, localDate(now)),
      busy,
    };
  }

  private async situationsOf(session: StoreSession, invoices: readonly StoredInvoice[]): Promise<ReadonlyMap<string, string>> {
    const signers = new Set([...this.sources.practice.practitioners.map(({ billingNumber }) => billingNumber), ...invoices.map(signerOf)]);
    const situations = new Map<string, string>();
    for (const signer of signers) {
      const kept = JSON.parse((await session.settings.get(situationSetting(signer))) ?? 'null') as string | null;
      if (kept !== null) situations.set(signer, kept);
    }
    return situations;
  }

  private async gather(): Promise<Everything> {
    const { store, routes, clock } = this.sources;
    const today = localDate(clock.now());
    return store.read(async (session) => {
      const invoices = await session.invoices.list({ archived: false });
      for (const { id } of invoices.filter((invoice) => invoice.lotId === null && !this.payers.has(invoice.id))) {
        const recipient = routes.recipientOf(await session.invoices.body(id), today);
        if (recipient !== null) this.payers.set(id, recipient.label);
      }
      const files = await session.files.list({ archived: false });
      const attempts = new Map<string, readonly StoredAttempt[]>();
      for (const file of files) attempts.set(file.id, await session.attempts.ofFile(file.id));
      const returns = await session.returns.list({ state: ['unmatched', 'quarantined'] });
      const situations = await this.situationsOf(session, invoices);
      const openLines = (await session.thirdParty.lines.list({ status: 'open' })).length;
      const lots = await session.lots.list({ archived: false });
      const numbers = new Map(invoices.map((invoice) => [invoice.id, invoice.number]));
      for (const id of lots.flatMap(({ invoiceIds }) => invoiceIds))
        if (!numbers.has(id)) numbers.set(id, (await session.invoices.get(id))?.number ?? '?');
      return { invoices, numbers, lots, files, returns, openLines, attempts, situations };
    });
  }
}
