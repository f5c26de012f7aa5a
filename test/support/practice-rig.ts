/**
 * A practice for tests: the real stages and the real store in a temporary folder, with a scripted mail server, an in-memory mailbox and a card that signs with a
 * real key. Time stands still until told otherwise.
 */
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Collection } from '../../src/teletrans/application/collection';
import type { DecisionTexts } from '../../src/teletrans/application/decision-questions';
import { AfterRestore } from '../../src/teletrans/application/after-restore';
import { decisionQuestions } from '../../src/teletrans/application/asked-questions';
import { BrakeRelease } from '../../src/teletrans/application/brake-release';
import { Resending } from '../../src/teletrans/application/resending';
import { PaperDuplicate } from '../../src/teletrans/application/paper-duplicate';
import { SheetSending } from '../../src/teletrans/application/sheet-sending';
import { DayLists } from '../../src/teletrans/application/lists/day-lists';
import { TeletransApplication } from '../../src/teletrans/application/teletrans';
import { Transmission } from '../../src/teletrans/application/transmission';
import { MemoryLogger } from '../../src/teletrans/diagnostics/memory-logger';
import type { WrittenB2Version } from '../../src/teletrans/domain/b2-version';
import type { HolidayTable } from '../../src/teletrans/domain/calendar';
import { VitaleError } from '../../src/teletrans/domain/errors';
import type { Practice } from '../../src/teletrans/domain/practice';
import { RoutingTables } from '../../src/teletrans/domain/routing';
import { Arl0Translator } from '../../src/teletrans/formats/arl/translator';
import { allowsRelease, needsNewNumber } from '../../src/teletrans/formats/arl/codes';
import { B2FileFormatter } from '../../src/teletrans/formats/b2/file-formatter';
import { B2LotFormatter } from '../../src/teletrans/formats/b2/lot-formatter';
import { SimulatorSealer } from '../../src/teletrans/formats/b2/simulator-sealer';
import { Intake } from '../../src/teletrans/intake/intake';
import { compileSchema } from '../../src/teletrans/intake/schema';
import type { LotRules } from '../../src/teletrans/lots/lot-rules';
import { LotPreparation } from '../../src/teletrans/lots/preparing';
import { LotSealing } from '../../src/teletrans/lots/sealing';
import type { MailCollector, MailReader, MailSender, MessageBuilder, OutgoingMessage, SendOutcome } from '../../src/teletrans/network/port';
import type { CardReader, CardSession, ReaderStatus, Situation } from '../../src/teletrans/reader/port';
import { ReturnApplication } from '../../src/teletrans/returns/applying';
import { ArlApplication } from '../../src/teletrans/returns/applying-arl';
import { RejectionCodes } from '../../src/teletrans/formats/noemie/rejection-codes';
import { RspApplication } from '../../src/teletrans/third-party/applying';
import { Reconciling } from '../../src/teletrans/third-party/reconciling';
import { Recycling } from '../../src/teletrans/third-party/recycling';
import type { ThirdPartyRules } from '../../src/teletrans/third-party/rules';
import { Settling } from '../../src/teletrans/third-party/settling';
import { FilingDesk } from '../../src/teletrans/application/filing-desk';
import { TrayDesk } from '../../src/teletrans/application/tray-desk';
import { ReturnFiling } from '../../src/teletrans/returns/filing';
import { ReturnTray } from '../../src/teletrans/returns/tray';
import { Collecting } from '../../src/teletrans/returns/collecting';
import { RestoreGuard } from '../../src/teletrans/restore-guard/guard';
import { TakingUp } from '../../src/teletrans/restore-guard/taking-up';
import { Freezing } from '../../src/teletrans/sending/freezing';
import { Brake } from '../../src/teletrans/sending/brake/brake';
import type { BrakeTable } from '../../src/teletrans/sending/brake/rules';
import { Sending } from '../../src/teletrans/sending/sending';
import { openStorage } from '../../src/teletrans/store/open';
import { HighWaterFiles } from '../../src/teletrans/store/files/high-water-files';
import type { FrozenMessages, HighWaterMarks, Store } from '../../src/teletrans/store/port';

const ROOT = join(__dirname, '..', '..');
const TABLES = join(ROOT, 'addin', 'tables');
const table = (name: string): unknown => JSON.parse(readFileSync(join(TABLES, name), 'utf8')) as unknown;
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const LOT_RULES = table('lot-rules.json') as LotRules;
export const HOLIDAYS = table('holidays.json') as HolidayTable;
export const THIRD_PARTY = table('third-party.json') as ThirdPartyRules;
export const REJECTION_CODES = RejectionCodes.parse(table('rejection-codes.json'));
export const INVOICE_SCHEMA = table('invoice.schema.json') as object;
export const ROUTES = RoutingTables.parse(
  readFileSync(join(TABLES, 'recipients', 'amo_recipients.tsv'), 'utf8'),
  readFileSync(join(TABLES, 'recipients', 'amc_recipients.tsv'), 'utf8'),
);

export const PRACTICE: Practice = {
  mode: 'test',
  region: '35',
  goodFriday: false,
  practitioners: [
    { name: 'DUPONT CLAIRE', billingNumber: '999000011', rpps: '99900000011' },
    { name: 'MOREL JEAN', billingNumber: '999000029', rpps: '99900000029' },
    { name: 'KERVELLA ANNE', billingNumber: '999000037', rpps: '99900000037' },
  ],
  reader: { kind: 'virtual', card: 'cartes/dupont.json' },
  network: {
    sender: 'cabinet@practice.test.invalid',
    smtp: { host: '127.0.0.1', port: 1, security: 'none', user: null, password: null, ca: null },
    pop3: { host: '127.0.0.1', port: 1, security: 'none', user: null, password: null, ca: null },
  },
  profile: null,
  recipients: null,
};

export function situation(number: string, billingNumber: string, change: Partial<Situation> = {}): Situation {
  return {
    number,
    billingNumber,
    structure: '',
    convention: '1',
    specialty: '19',
    tariffZone: '10',
    signsInvoice: true,
    signsLot: true,
    valid: true,
    ...change,
  };
}

/** A reader whose card accepts any code of 4 digits `1234` and can be pulled out after a number of signatures. */
export class RigReader implements CardReader {
  situations: readonly Situation[] = [situation('1', '999000011'), situation('2', '999000011')];
  rpps = '99900000011';
  /** Signatures before the card is pulled out; null: never. */
  pullAfter: number | null = null;
  signatures = 0;
  tries = 3;
  /** Last moment of the card's certificate, null when it is not known. */
  validUntil: string | null = null;

  private inserted = true;
  private readonly watchers = new Set<() => void>();

  status(): Promise<ReaderStatus> {
    if (!this.inserted) return Promise.resolve({ state: 'no-card', reader: 'essai' });
    return Promise.resolve({
      state: 'card',
      reader: 'essai',
      cardId: this.rpps,
      holder: this.holder(),
      triesLeft: this.tries,
      maxTries: 3,
      keypad: false,
      validUntil: this.validUntil,
    });
  }

  watch(changed: () => void): () => void {
    this.watchers.add(changed);
    return () => void this.watchers.delete(changed);
  }

  /** The person takes the card out; those who watch are told. */
  takeOut(): void {
    this.inserted = false;
    for (const changed of this.watchers) changed();
  }

  open(): Promise<CardSession> {
    return Promise.resolve({
      cardId: this.rpps,
      holder: this.holder(),
      triesLeft: () => Promise.resolve(this.tries),
      verify: async (code) => {
        if (code.equals(Buffer.from('1234'))) return;
        this.tries -= 1;
        throw new VitaleError('CPS-003', { n: this.tries });
      },
      verifyOnKeypad: () => Promise.reject(new VitaleError('LEC-012')),
      situations: () => Promise.resolve(this.situations),
      sign: async (content) => {
        if (this.pullAfter !== null && this.signatures >= this.pullAfter) throw new VitaleError('LEC-004');
        this.signatures += 1;
        return sign('sha256', content, privateKey);
      },
      certificate: () => Promise.resolve('-----BEGIN CERTIFICATE-----'),
      close: () => Promise.resolve(),
    });
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }

  private holder(): { lastName: string; firstName: string; rpps: string; profession: string } {
    return { lastName: 'DUPONT', firstName: 'CLAIRE', rpps: this.rpps, profession: '40' };
  }
}

const PHASES = ['connected', 'greeted', 'envelope', 'body', 'dot-sent', 'replied'] as readonly SendOutcome['phase'][];

/** The other side of the line: what it was given, and how it answers. */
export class RigServer implements MailSender, MailCollector {
  readonly delivered: OutgoingMessage[] = [];
  readonly mailbox: { uidl: string; bytes: Buffer }[] = [];
  /** The mailbox cannot be reached. */
  mailboxDown = false;
  /** Answer to the next messages, in turn; handed over when there is none left. */
  answers: SendOutcome[] = [];

  send(message: OutgoingMessage, onPhase: (phase: SendOutcome['phase']) => void = () => undefined): Promise<SendOutcome> {
    const answer = this.answers.shift() ?? { outcome: 'HANDED_OVER', phase: 'replied', reply: '250 OK', failure: null };
    for (const phase of PHASES.slice(0, PHASES.indexOf(answer.phase) + 1)) onPhase(phase);
    if (answer.outcome === 'HANDED_OVER' || answer.phase === 'dot-sent') this.delivered.push(message);
    return Promise.resolve(answer);
  }

  /** Puts a return in the practice's mailbox. */
  post(bytes: Buffer, uidl: string = randomUUID()): void {
    this.mailbox.push({ uidl, bytes });
  }

  async collect(take: Parameters<MailCollector['collect']>[0]): Promise<{ readonly deleted: readonly string[] }> {
    if (this.mailboxDown) throw new VitaleError('TRA-015');
    const deleted: string[] = [];
    for (const { uidl, bytes } of [...this.mailbox]) {
      if ((await take({ uidl, size: bytes.length, fetch: () => Promise.resolve(bytes) })) === 'delete') deleted.push(uidl);
    }
    for (const uidl of deleted)
      this.mailbox.splice(
        this.mailbox.findIndex((mail) => mail.uidl === uidl),
        1,
      );
    return { deleted };
  }
}

/** Mails are the B2 bytes themselves, and returns are ARL or RSP files themselves: MIME has its own tests. */
export const PLAIN_BUILDER: MessageBuilder = { build: ({ b2 }) => Promise.resolve({ bytes: b2, encrypted: false }) };
export const PLAIN_READER: MailReader = {
  read: (mail) =>
    Promise.resolve(
      mail.subarray(62 - 1, 65).toString('latin1') === 'ARL0'
        ? { kind: 'ARL', bytes: mail, description: 'ARLTEST/0' }
        : mail.subarray(0, 3).toString('latin1') === '000'
          ? { kind: 'RSP', bytes: mail, description: 'RSP' }
          : { kind: 'UNKNOWN', reason: 'neither ARL nor RSP' },
    ),
};

export interface RigOptions {
  readonly folder?: string;
  readonly server?: RigServer;
  readonly reader?: RigReader;
  readonly now?: string;
  /** Wraps the store: fault injection. */
  readonly wrapStore?: (store: Store) => Store;
  readonly wrapFrozen?: (frozen: FrozenMessages) => FrozenMessages;
  readonly sender?: MailSender;
  readonly routes?: RoutingTables;
  readonly rules?: LotRules;
  /** The profile lets what is in doubt leave again once by itself. */
  readonly autoResend?: boolean;
  /** Where the mark outside the data folder is; inside it when left out. */
  readonly stateFolder?: string;
  readonly wrapMarks?: (marks: HighWaterMarks) => HighWaterMarks;
  /** What new lots are written in. */
  readonly version?: WrittenB2Version;
  /** Between two messages. */
  readonly pauseMs?: number;
}

export interface Rig {
  readonly folder: string;
  readonly app: TeletransApplication;
  readonly store: Store;
  readonly lists: DayLists;
  readonly server: RigServer;
  readonly reader: RigReader;
  /** Changes the time. */
  setNow(now: string): void;
  /** Opens the card with the right code and transmits for it. */
  transmit(practitioner?: string | null): ReturnType<TeletransApplication['transmit']>;
  close(): Promise<void>;
}

export async function openRig(options: RigOptions = {}): Promise<Rig> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'practice-'));
  const { store: plain, frozen: plainFrozen, lock } = await openStorage(folder);
  const store = options.wrapStore?.(plain) ?? plain;
  const frozen = options.wrapFrozen?.(plainFrozen) ?? plainFrozen;
  const server = options.server ?? new RigServer();
  const reader = options.reader ?? new RigReader();
  let now = new Date(options.now ?? '2026-11-20T18:30:00+01:00');
  const clock = { now: () => now };
  const ids = { uuid: () => randomUUID() };
  const routes = options.routes ?? ROUTES;
  const rules = options.rules ?? LOT_RULES;
  const calendar = { table: HOLIDAYS, region: PRACTICE.region, goodFriday: false };
  const formatter = new B2LotFormatter();
  const explain = (reason: { code: string }): { code: string; message: string; action: string } => ({
    code: reason.code,
    message: reason.code,
    action: '',
  });
  const releasable: TeletransApplicationParts['releasable'] = (lot) =>
    lot.state === 'NACKED' && lot.ack !== null && allowsRelease(lot.ack.code);
  const brake = new Brake(
    store,
    table('brake.json') as BrakeTable,
    { lots: 3, payers: 2, windowMs: 24 * 3_600_000, missingArl: true },
    clock,
    ids,
  );
  const rsp = new RspApplication(REJECTION_CODES, new Settling(THIRD_PARTY), 'test', clock, ids);
  const marks = new HighWaterFiles(folder, options.stateFolder ?? join(folder, 'etat'));
  const guard = new RestoreGuard(store, options.wrapMarks?.(marks) ?? marks, clock, ids);
  const collection = new Collection(
    store,
    new Collecting(store, server, PLAIN_READER, clock, ids),
    new ReturnApplication(store, PLAIN_READER, new Arl0Translator(['T', 'D']), new ArlApplication({ needsNewNumber }), rsp, clock),
    calendar,
    2,
    clock,
    brake,
    guard,
  );
  const identity = {
    from: PRACTICE.network.sender,
    profile: 'essai',
    senderType: 'TP',
    subject: (sender: string, compostage: string, invoices: number) => `IR/${sender}/${compostage}/${invoices}`,
  };
  const sending = new Sending(
    store,
    frozen,
    options.sender ?? server,
    brake,
    guard,
    {
      retry: { firstMs: 300_000, factor: 2, maxMs: 3_600_000 },
      lotDates: { maxAgeDays: 90, maxPostDatedDays: 0 },
      pauseBetweenMessagesMs: options.pauseMs ?? 0,
    },
    clock,
    ids,
  );
  const decisions = { texts: table('decisions.json') as DecisionTexts, clock, ids };
  const resending = new Resending({
    store,
    sending,
    brake,
    collection,
    policy: { waitMs: 24 * 3_600_000, autoResend: options.autoResend ?? false },
    ...decisions,
  });
  const brakeRelease = new BrakeRelease({ ...decisions, brake, explain });
  const takingUp = new TakingUp(store, guard, rules.reuseGuardDays, clock, ids);
  const afterRestore = new AfterRestore({ ...decisions, store, guard, takingUp, collection, explain });
  const trayOf = new ReturnTray(store, PLAIN_READER, new Arl0Translator(['T', 'D']), new ArlApplication({ needsNewNumber }), clock, ids);
  const tray = new TrayDesk({ ...decisions, tray: trayOf, explain });
  const filing = new FilingDesk({ ...decisions, filing: new ReturnFiling(store, clock), tray: trayOf, explain });
  const sheets = new SheetSending({ ...decisions, store });
  const duplicates = new PaperDuplicate({ ...decisions, store });
  const app = new TeletransApplication({
    store,
    lock,
    reader,
    virtualReader: null,
    intake: new Intake(
      store,
      compileSchema(INVOICE_SCHEMA),
      routes,
      new Recycling(THIRD_PARTY),
      { mode: 'test', calendar, maxAgeDays: rules.maxInvoiceAgeDays },
      clock,
      ids,
    ),
    transmission: new Transmission({
      store,
      routes,
      clock,
      collection,
      recycling: new Recycling(THIRD_PARTY),
      assertReady: () => undefined,
      preparation: new LotPreparation(store, formatter, routes, rules, options.version ?? 'b2-ps-base', clock, ids),
      sealing: new LotSealing(
        store,
        formatter,
        new SimulatorSealer(),
        (number) => PRACTICE.practitioners.find(({ billingNumber }) => billingNumber === number) ?? null,
        clock,
      ),
      freezing: new Freezing(store, frozen, new B2FileFormatter(), PLAIN_BUILDER, identity, rules, clock, ids),
      sending,
      resending,
      guard,
    }),
    collection,
    brakeRelease,
    guard,
    afterRestore,
    tray,
    filing,
    sheets,
    duplicates,
    questions: decisionQuestions(resending, brakeRelease, afterRestore, tray, filing, sheets, duplicates),
    overview: { store, brake, guard, practice: PRACTICE, routes, calendar, clock, explain, releasable },
    practitioners: PRACTICE.practitioners,
    releasable,
    clock,
    logger: new MemoryLogger(),
    explain,
    renewTables: () => undefined,
    thirdParty: {
      store,
      rules: THIRD_PARTY,
      reconciling: new Reconciling(new Settling(THIRD_PARTY), THIRD_PARTY, clock, ids),
      rsp,
      mails: PLAIN_READER,
      routes,
      calendar,
      clock,
      ids,
      explain,
    },
  });
  await app.checkRestored().catch(async (error: unknown) => {
    await app.dispose();
    throw error;
  });
  return {
    folder,
    app,
    store,
    lists: new DayLists({ store, routes, practitioners: PRACTICE.practitioners, clock, explain, releasable }),
    server,
    reader,
    setNow: (next) => {
      now = new Date(next);
    },
    transmit: async (practitioner = null) => {
      await app.openCard(Buffer.from('1234'), false);
      return app.transmit({ practitioner, situation: null }, () => undefined);
    },
    close: async () => {
      await app.dispose();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

type TeletransApplicationParts = ConstructorParameters<typeof TeletransApplication>[0];

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
