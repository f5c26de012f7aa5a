/** Puts the stages together into the application. Everything comes from the container; nothing here decides. */
import type { DependencyContainer } from 'tsyringe';
import { Collection } from '../teletrans/application/collection';
import { DayLists } from '../teletrans/application/lists/day-lists';
import type { OverviewSources } from '../teletrans/application/overview';
import type { ThirdPartyParts } from '../teletrans/application/third-party-desk';
import { TeletransApplication } from '../teletrans/application/teletrans';
import { AfterRestore } from '../teletrans/application/after-restore';
import { BrakeRelease } from '../teletrans/application/brake-release';
import { decisionQuestions } from '../teletrans/application/asked-questions';
import { FilingDesk } from '../teletrans/application/filing-desk';
import { Resending } from '../teletrans/application/resending';
import { PaperDuplicate } from '../teletrans/application/paper-duplicate';
import { SheetSending } from '../teletrans/application/sheet-sending';
import { Transmission } from '../teletrans/application/transmission';
import { localDate } from '../teletrans/domain/clock';
import { allowsRelease, needsNewNumber } from '../teletrans/formats/arl/codes';
import { Intake } from '../teletrans/intake/intake';
import { compileSchema } from '../teletrans/intake/schema';
import { LotPreparation } from '../teletrans/lots/preparing';
import { LotSealing, type KnownPractitioner } from '../teletrans/lots/sealing';
import { assertProfileUsable } from '../teletrans/network/transport-profile';
import { ReturnApplication } from '../teletrans/returns/applying';
import { ArlApplication } from '../teletrans/returns/applying-arl';
import { TrayDesk } from '../teletrans/application/tray-desk';
import { ReturnFiling } from '../teletrans/returns/filing';
import { ReturnTray } from '../teletrans/returns/tray';
import { Collecting } from '../teletrans/returns/collecting';
import { RestoreGuard } from '../teletrans/restore-guard/guard';
import { TakingUp } from '../teletrans/restore-guard/taking-up';
import { Freezing, type SenderIdentity } from '../teletrans/sending/freezing';
import { Sending } from '../teletrans/sending/sending';
import { RspApplication } from '../teletrans/third-party/applying';
import { Reconciling } from '../teletrans/third-party/reconciling';
import { Recycling } from '../teletrans/third-party/recycling';
import { Settling } from '../teletrans/third-party/settling';
import type { StoredLot } from '../teletrans/store/port';
import { Brake } from '../teletrans/sending/brake/brake';
import { renewRoutes } from './settings/renewing';
import { readBrakeTable, readDecisionTexts, readJsonTable } from './tables';
import { TOKENS } from './tokens';

const HOUR_MS = 3_600_000;

export function createTeletrans(c: DependencyContainer): TeletransApplication {
  const store = c.resolve(TOKENS.store);
  const clock = c.resolve(TOKENS.clock);
  const routes = c.resolve(TOKENS.routes);
  const practice = c.resolve(TOKENS.practice);
  const errors = c.resolve(TOKENS.errors);
  const brake = createBrake(c);
  const guard = new RestoreGuard(store, c.resolve(TOKENS.marks), clock, c.resolve(TOKENS.ids));
  const overview: OverviewSources = {
    store,
    brake,
    guard,
    practice,
    routes,
    calendar: c.resolve(TOKENS.calendar),
    clock,
    explain: (reason) => errors.explain(reason.code, reason.details),
    releasable,
  };
  const collection = createCollection(c, brake, guard);
  const sending = createSending(c, brake, guard);
  const resending = createResending(c, collection, sending, brake);
  const decisions = { texts: readDecisionTexts(c.resolve(TOKENS.installation).tables), clock, ids: c.resolve(TOKENS.ids) };
  const brakeRelease = new BrakeRelease({ ...decisions, brake, explain: overview.explain });
  const takingUp = new TakingUp(store, guard, c.resolve(TOKENS.lotRules).reuseGuardDays, clock, c.resolve(TOKENS.ids));
  const afterRestore = new AfterRestore({ ...decisions, store, guard, takingUp, collection, explain: overview.explain });
  const unmatched = createTray(c);
  const tray = new TrayDesk({ ...decisions, tray: unmatched, explain: overview.explain });
  const filing = new FilingDesk({ ...decisions, filing: new ReturnFiling(store, clock), tray: unmatched, explain: overview.explain });
  const sheets = new SheetSending({ ...decisions, store });
  const duplicates = new PaperDuplicate({ ...decisions, store });
  return new TeletransApplication({
    store,
    lock: c.resolve(TOKENS.lock),
    intake: createIntake(c),
    reader: c.resolve(TOKENS.reader),
    virtualReader: c.resolve(TOKENS.virtualReader).control,
    transmission: createTransmission(c, collection, sending, resending, guard),
    collection,
    brakeRelease,
    guard,
    afterRestore,
    tray,
    filing,
    sheets,
    duplicates,
    questions: decisionQuestions(resending, brakeRelease, afterRestore, tray, filing, sheets, duplicates),
    overview,
    practitioners: practice.practitioners,
    releasable,
    clock,
    logger: c.resolve(TOKENS.logger),
    explain: overview.explain,
    thirdParty: createThirdParty(c),
    renewTables: () => renewRoutes(c),
  });
}

/** The lists of the window. */
export function createLists(c: DependencyContainer): DayLists {
  const errors = c.resolve(TOKENS.errors);
  return new DayLists({
    store: c.resolve(TOKENS.store),
    routes: c.resolve(TOKENS.routes),
    practitioners: c.resolve(TOKENS.practice).practitioners,
    clock: c.resolve(TOKENS.clock),
    explain: (reason) => errors.explain(reason.code, reason.details),
    releasable,
  });
}

/** A refused lot whose ARL code lets its invoices leave again in a new lot. */
function releasable(lot: StoredLot): boolean {
  return lot.state === 'NACKED' && lot.ack !== null && allowsRelease(lot.ack.code);
}

function createIntake(c: DependencyContainer): Intake {
  const practice = c.resolve(TOKENS.practice);
  const schema = readJsonTable(c.resolve(TOKENS.installation).tables, 'invoice.schema.json') as object;
  return new Intake(
    c.resolve(TOKENS.store),
    compileSchema(schema),
    c.resolve(TOKENS.routes),
    new Recycling(c.resolve(TOKENS.thirdPartyRules)),
    { mode: practice.mode, calendar: c.resolve(TOKENS.calendar), maxAgeDays: c.resolve(TOKENS.lotRules).maxInvoiceAgeDays },
    c.resolve(TOKENS.clock),
    c.resolve(TOKENS.ids),
  );
}

function createCollection(c: DependencyContainer, brake: Brake, guard: RestoreGuard): Collection {
  const store = c.resolve(TOKENS.store);
  const clock = c.resolve(TOKENS.clock);
  const reader = c.resolve(TOKENS.mailReader);
  return new Collection(
    store,
    new Collecting(store, c.resolve(TOKENS.mailCollector), reader, clock, c.resolve(TOKENS.ids)),
    new ReturnApplication(
      store,
      reader,
      c.resolve(TOKENS.arlTranslator),
      new ArlApplication({ needsNewNumber }),
      createRspApplication(c),
      clock,
    ),
    c.resolve(TOKENS.calendar),
    c.resolve(TOKENS.profile).ack.warn_after_jours_ouvres,
    clock,
    brake,
    guard,
  );
}

function createThirdParty(c: DependencyContainer): ThirdPartyParts {
  const rules = c.resolve(TOKENS.thirdPartyRules);
  const clock = c.resolve(TOKENS.clock);
  const errors = c.resolve(TOKENS.errors);
  return {
    store: c.resolve(TOKENS.store),
    rules,
    reconciling: new Reconciling(new Settling(rules), rules, clock, c.resolve(TOKENS.ids)),
    rsp: createRspApplication(c),
    mails: c.resolve(TOKENS.mailReader),
    routes: c.resolve(TOKENS.routes),
    calendar: c.resolve(TOKENS.calendar),
    clock,
    ids: c.resolve(TOKENS.ids),
    explain: ({ code, details }) => ({ ...errors.explain(code, details), who: errors.entry(code)?.who ?? '' }),
  };
}

function createRspApplication(c: DependencyContainer): RspApplication {
  return new RspApplication(
    c.resolve(TOKENS.rejectionCodes),
    new Settling(c.resolve(TOKENS.thirdPartyRules)),
    c.resolve(TOKENS.practice).mode,
    c.resolve(TOKENS.clock),
    c.resolve(TOKENS.ids),
  );
}

function createTransmission(
  c: DependencyContainer,
  collection: Collection,
  sending: Sending,
  resending: Resending,
  guard: RestoreGuard,
): Transmission {
  const store = c.resolve(TOKENS.store);
  const clock = c.resolve(TOKENS.clock);
  const ids = c.resolve(TOKENS.ids);
  const routes = c.resolve(TOKENS.routes);
  const rules = c.resolve(TOKENS.lotRules);
  const profile = c.resolve(TOKENS.profile);
  const practice = c.resolve(TOKENS.practice);
  const frozen = c.resolve(TOKENS.frozen);
  const formatter = c.resolve(TOKENS.lotFormatter);
  const names = c.resolve(TOKENS.messageNames);
  const identity: SenderIdentity = {
    from: practice.network.sender,
    profile: `${profile.profile_id} ${profile.profile_version}`,
    senderType: profile.sender.type,
    subject: (senderNumber, compostage, invoices) => names.subject({ senderNumber, compostage, invoices }),
  };
  const limits = {
    maxLotsPerFile: Math.min(rules.maxLotsPerFile, profile.limits.max_lots_per_file),
    maxRecordsPerFile: Math.min(rules.maxRecordsPerFile, profile.limits.max_records_per_file),
    reuseGuardDays: rules.reuseGuardDays,
  };
  const known: KnownPractitioner = (billingNumber) =>
    practice.practitioners.find((practitioner) => practitioner.billingNumber === billingNumber) ?? null;
  return new Transmission({
    store,
    routes,
    clock,
    collection,
    recycling: new Recycling(c.resolve(TOKENS.thirdPartyRules)),
    assertReady: () => assertProfileUsable(profile, localDate(clock.now()), practice.mode),
    preparation: new LotPreparation(store, formatter, routes, rules, profile.b2_version, clock, ids),
    sealing: new LotSealing(store, formatter, c.resolve(TOKENS.lotSealer), known, clock),
    freezing: new Freezing(store, frozen, c.resolve(TOKENS.fileFormatter), c.resolve(TOKENS.messageBuilder), identity, limits, clock, ids),
    sending,
    resending,
    guard,
  });
}

function createSending(c: DependencyContainer, brake: Brake, guard: RestoreGuard): Sending {
  const { retry, smtp, limits } = c.resolve(TOKENS.profile);
  return new Sending(
    c.resolve(TOKENS.store),
    c.resolve(TOKENS.frozen),
    c.resolve(TOKENS.mailSender),
    brake,
    guard,
    {
      retry: { firstMs: retry.first_ms, factor: retry.factor, maxMs: retry.max_ms },
      lotDates: { maxAgeDays: limits.max_lot_age_days, maxPostDatedDays: limits.max_post_dated_days },
      pauseBetweenMessagesMs: smtp.main.pause_between_messages_ms,
    },
    c.resolve(TOKENS.clock),
    c.resolve(TOKENS.ids),
  );
}

function createResending(c: DependencyContainer, collection: Collection, sending: Sending, brake: Brake): Resending {
  const { retry } = c.resolve(TOKENS.profile);
  return new Resending({
    store: c.resolve(TOKENS.store),
    sending,
    brake,
    collection,
    policy: { waitMs: retry.uncertain_min_wait_hours * HOUR_MS, autoResend: retry.uncertain_auto_resend },
    texts: readDecisionTexts(c.resolve(TOKENS.installation).tables),
    clock: c.resolve(TOKENS.clock),
    ids: c.resolve(TOKENS.ids),
  });
}

function createBrake(c: DependencyContainer): Brake {
  const { brake } = c.resolve(TOKENS.profile);
  return new Brake(
    c.resolve(TOKENS.store),
    readBrakeTable(c.resolve(TOKENS.installation).tables),
    {
      lots: brake.same_code_lots,
      payers: brake.same_code_payers,
      windowMs: brake.window_hours * HOUR_MS,
      missingArl: brake.no_ack_any_payer,
    },
    c.resolve(TOKENS.clock),
    c.resolve(TOKENS.ids),
  );
}

function createTray(c: DependencyContainer): ReturnTray {
  return new ReturnTray(
    c.resolve(TOKENS.store),
    c.resolve(TOKENS.mailReader),
    c.resolve(TOKENS.arlTranslator),
    new ArlApplication({ needsNewNumber }),
    c.resolve(TOKENS.clock),
    c.resolve(TOKENS.ids),
  );
}
