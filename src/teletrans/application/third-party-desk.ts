/** Third-party payments: what the faces ask for, each act in one transaction. */
import type { Clock } from '../domain/clock';
import type { PracticeCalendar } from '../domain/calendar';
import { VitaleError } from '../domain/errors';
import type { Identifiers } from '../domain/identifiers';
import type { RoutingTables } from '../domain/routing';
import type { MailReader } from '../network/port';
import type { HeldReason, Store, StoreSession } from '../store/port';
import type { LineStatus, StoredRemittance } from '../store/third-party/port';
import type { RspApplication } from '../third-party/applying';
import { bankCsv, bankXml } from '../third-party/bank-export';
import { candidatesFor } from '../third-party/candidates';
import type { Reconciling } from '../third-party/reconciling';
import { refusalKey, type ThirdPartyRules } from '../third-party/rules';
import { sumOf } from '../third-party/totals';
import { totalsCsv } from '../third-party/totals-export';
import { chartsOf } from './charts-desk';
import { ClaimLists } from './claim-lists';
import { exportClaims } from './claims-export';
import { one, RemittanceConflicts } from './remittance-conflicts';
import { Reminders } from './reminders';
import { totalsOf, totalsRows } from './totals-desk';
import { saidWhole } from './decision-questions';
import type { Explained } from './port';
import type {
  Allocation,
  CandidateView,
  ChartsView,
  ClaimRef,
  ClaimsAsked,
  ClaimsPage,
  HistoryView,
  LinesView,
  RejectionView,
  ReminderLetter,
  Said,
  ThirdPartyDesk,
  ThirdPartyOverview,
  TotalsView,
} from './third-party-port';
import { bankRow, candidateView, historyOf, openLineView, remittanceView, type PayerNames } from './third-party-views';

export interface ThirdPartyParts {
  readonly store: Store;
  readonly rules: ThirdPartyRules;
  readonly reconciling: Reconciling;
  readonly rsp: RspApplication;
  readonly mails: MailReader;
  readonly routes: RoutingTables;
  readonly calendar: PracticeCalendar;
  readonly clock: Clock;
  readonly ids: Identifiers;
  readonly explain: (reason: HeldReason) => Explained & { readonly who?: string };
}

/** Lines and refusals shown at once: more are reached by dealing with these. */
const SHOWN = 100;

/** @param changed called after every act. */
export class ThirdPartyApplication implements ThirdPartyDesk {
  private readonly lists: ClaimLists;
  private readonly reminders: Reminders;
  private readonly conflicts: RemittanceConflicts;

  constructor(
    private readonly parts: ThirdPartyParts,
    private readonly changed: () => void,
  ) {
    this.lists = new ClaimLists(parts);
    this.reminders = new Reminders(parts, this.lists);
    this.conflicts = new RemittanceConflicts(parts);
  }

  async overview(): Promise<ThirdPartyOverview> {
    const { store, rules } = this.parts;
    const { today, names, ageing } = this.lists.frame();
    return store.read(async (session) => {
      const { claims, lines, remittances } = session.thirdParty;
      const booked = await remittances.list();
      const byId = new Map(booked.map((remittance) => [remittance.id, remittance]));
      const linesIn = async (status: LineStatus): Promise<LinesView> => ({
        ...(await lines.tally(status)),
        shown: (await lines.list({ status, limit: SHOWN })).map((line) =>
          openLineView(line, byId.get(line.remittanceId), names, rules.causes),
        ),
      });
      const { amo, amc } = await claims.totals();
      return {
        today,
        totals: { all: sumOf([amo, amc]), amo, amc },
        payers: names.sorted(await claims.payers()),
        ages: ageing.labels,
        openLines: await linesIn('open'),
        asideLines: await linesIn('set-aside'),
        rejections: await this.rejections(session, names),
        remittances: await this.remittances(session, booked, names),
        conflicts: await this.conflicts.waiting(session),
        asideConflicts: await this.conflicts.setAside(session),
      };
    });
  }

  claims(asked: ClaimsAsked): Promise<ClaimsPage> {
    return this.lists.page(asked);
  }

  exportClaims(...[asked, stateWord, write]: Parameters<ThirdPartyDesk['exportClaims']>): Promise<number> {
    return exportClaims(this.lists, asked, stateWord, write);
  }

  owed(): ReturnType<ThirdPartyDesk['owed']> {
    return this.lists.owed();
  }

  charts(): Promise<ChartsView> {
    return chartsOf(this.parts.store, this.lists.frame());
  }

  async candidates(lineId: number): Promise<readonly CandidateView[]> {
    const { names } = this.lists.frame();
    return this.parts.store.read(async (session) => {
      const line = await session.thirdParty.lines.get(lineId);
      if (line === null) throw new VitaleError('RET-046');
      const views: CandidateView[] = [];
      for (const candidate of await candidatesFor(session, line)) {
        const claim = await session.thirdParty.claims.get({ invoiceId: candidate.invoice.id, part: candidate.part });
        views.push(candidateView(candidate, names.of(claim?.payer ?? ''), this.parts.rules.likely));
      }
      return views;
    });
  }

  history(claim: ClaimRef): Promise<readonly HistoryView[]> {
    return this.parts.store.read(async ({ thirdParty }) =>
      historyOf(await thirdParty.ledger.list({ claim }), await thirdParty.followUps.of(claim)),
    );
  }

  reconcile(lineId: number, allocations: readonly Allocation[], said: Said): Promise<string> {
    return this.act(said, (session, whole) => this.parts.reconciling.reconcile(session, lineId, allocations, whole));
  }

  validate(choices: readonly { readonly lineId: number; readonly claim: ClaimRef }[], said: Said): Promise<string> {
    return this.act(said, async (session, whole) => {
      let batch: string | undefined;
      for (const { lineId, claim } of choices) {
        const line = await session.thirdParty.lines.get(lineId);
        if (line === null) throw new VitaleError('RET-046');
        batch = await this.parts.reconciling.reconcile(session, lineId, [{ ...claim, amount: line.amount }], whole, batch);
      }
      return batch ?? '';
    });
  }

  setAside(lineId: number, said: Said): Promise<void> {
    return this.act(said, (session, whole) => this.parts.reconciling.setAside(session, lineId, whole));
  }

  takeUp(lineId: number, said: Said): Promise<void> {
    return this.act(said, (session, whole) => this.parts.reconciling.takeUp(session, lineId, whole));
  }

  close(claim: ClaimRef, said: Said): Promise<string> {
    return this.act(said, (session, whole) => this.parts.reconciling.close(session, claim, whole));
  }

  adjust(claim: ClaimRef, amount: number, said: Said): Promise<string> {
    return this.act(said, (session, whole) => this.parts.reconciling.adjust(session, claim, amount, whole));
  }

  undo(batch: string, said: Said): Promise<void> {
    return this.act(said, (session, whole) => this.parts.reconciling.undo(session, batch, whole));
  }

  async bookAnyway(returnId: string, said: Said): Promise<void> {
    const mail = await this.parts.store.read(async (session) => {
      await one(session, returnId, 'unmatched');
      return session.returns.mail(returnId);
    });
    const content = await this.parts.mails.read(mail);
    if (content.kind !== 'RSP') throw new VitaleError('RET-045');
    await this.act(said, async (session) => {
      const entry = await one(session, returnId, 'unmatched');
      const outcome = await this.parts.rsp.apply(session, returnId, content.bytes, entry.contentSha256 ?? '', true);
      if (outcome.kind !== 'booked') throw new VitaleError(outcome.reason.code, outcome.reason.details);
      await session.returns.update(returnId, { state: 'applied', reason: null });
    });
  }

  setAsideReturn(returnId: string, said: Said): Promise<void> {
    return this.act(said, (session, whole) => this.conflicts.aside(session, returnId, whole));
  }

  takeUpReturn(returnId: string, said: Said): Promise<void> {
    return this.act(said, (session, whole) => this.conflicts.takeUp(session, returnId, whole));
  }

  totals(): Promise<TotalsView> {
    return totalsOf(this.parts.store, this.lists.frame().names);
  }

  async totalsExport(): Promise<string> {
    return totalsCsv(totalsRows(await this.totals()));
  }

  async follow(claim: ClaimRef, kind: 'note' | 'owner', text: string, by: string): Promise<void> {
    await this.act({ by, reason: text === '' ? '–' : text }, (session, whole) =>
      session.thirdParty.followUps.add({ ...claim, at: this.at(), actor: 'person', kind, text: kind === 'owner' ? text : wordsOf(whole) }),
    );
  }

  reminderLetters(): Promise<readonly ReminderLetter[]> {
    return this.reminders.due();
  }

  reminderLetter(id: string): Promise<ReminderLetter> {
    return this.reminders.letter(id);
  }

  reminded(ids: readonly string[], said: Said): Promise<void> {
    return this.act(said, (session, whole) => this.reminders.sent(session, ids, wordsOf(whole)));
  }

  async bankExport(format: 'csv' | 'xml'): Promise<string> {
    const { names } = this.lists.frame();
    const rows = await this.parts.store.read(async ({ thirdParty }) => {
      const remittances = new Map((await thirdParty.remittances.list()).map((remittance) => [remittance.id, remittance]));
      return (await thirdParty.lines.list()).flatMap((line) => {
        const remittance = remittances.get(line.remittanceId);
        return remittance === undefined ? [] : [bankRow(line, remittance, names, this.parts.rules.causes)];
      });
    });
    return format === 'csv' ? bankCsv(rows) : bankXml(rows);
  }

  private async rejections(session: StoreSession, names: PayerNames): Promise<ThirdPartyOverview['rejections']> {
    const { rules, explain } = this.parts;
    const views: RejectionView[] = [];
    const refused = await session.thirdParty.claims.refused(SHOWN);
    for (const row of refused.rows) {
      const lines = await session.thirdParty.lines.rejectionsOf(row);
      const found = lines.flatMap((line) => line.detail?.rejections ?? []);
      views.push({
        invoiceId: row.invoiceId,
        part: row.part,
        number: row.number,
        practitioner: row.billingNumber,
        payer: names.of(row.payer),
        expected: row.expected,
        reasons: found.map((one) => {
          const code = refusalKey(one);
          const { action, who = '' } = explain({ code: rules.rejectionErrors[code] ?? 'RET-009', details: { code, libelle: one.label } });
          return { code, label: one.label, who, action };
        }),
        mayBeBilledAgain: !found.some((one) => rules.doNotRetransmit.includes(refusalKey(one))),
      });
    }
    return { count: refused.count, shown: views };
  }

  private async remittances(
    session: StoreSession,
    remittances: readonly StoredRemittance[],
    names: PayerNames,
  ): Promise<ThirdPartyOverview['remittances']> {
    const sums = await session.thirdParty.lines.sums();
    return remittances.map((remittance) => remittanceView(remittance, sums.get(remittance.id), names));
  }

  /** One act of a person, in one transaction. Errors: DEC-001. */
  private async act<T>(said: Said, work: (session: StoreSession, said: Said) => Promise<T>): Promise<T> {
    const whole = saidWhole(said);
    const done = await this.parts.store.transaction((session) => work(session, whole));
    this.changed();
    return done;
  }

  private at(): string {
    return this.parts.clock.now().toISOString();
  }
}

const wordsOf = ({ by, reason }: Said): string => `${by} : ${reason}`;
