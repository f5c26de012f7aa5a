/**
 * The application in memory, for the window's tests: the same answers, no card, no store, no network. Its behaviour can be scripted.
 * It never wipes a code porteur, so that a test sees whether the window does.
 */
import { FakeThirdParty } from './fake-third-party';
import { setTimeout as wait } from 'node:timers/promises';
import { cardExpiry, cardProblem } from '../../src/teletrans/application/card-check';
import { questionOf, saidWhole, type PersonSays } from '../../src/teletrans/application/decision-questions';
import { Cancellation } from '../../src/teletrans/application/cancellation';
import { glanceOf } from '../../src/teletrans/application/glance';
import type {
  CardReport,
  CodeEntry,
  DecisionQuestion,
  Explained,
  FileView,
  Glance,
  HeldView,
  ImportReport,
  InvoiceView,
  LotView,
  OpenCardView,
  Overview,
  PendingCounts,
  PractitionerView,
  Preflight,
  Progress,
  RecheckReport,
  ReturnsReport,
  StopView,
  Teletrans,
  TransmitChoice,
  TransmitReport,
  FiledReturnView,
  TrayView,
} from '../../src/teletrans/application/port';
import { VitaleError } from '../../src/teletrans/domain/errors';
import type { ReaderStatus } from '../../src/teletrans/reader/port';
import type { DecisionKind, HeldReason } from '../../src/teletrans/store/port';
import { DECISION_TEXTS, sentence } from './fake-catalogue';
import { NOW, PRACTITIONERS, TODAY, fakeAdvice, fakeCards, fakeDay, fakeFile, fakeLot, type FakeCard, type FakeDay } from './fake-practice';

type Call = 'overview' | 'preflight' | 'openCard' | 'transmit' | 'collect' | 'releaseLot' | 'retryFile' | 'question' | 'resendFile';

export interface FakeOptions {
  readonly mode?: Overview['mode'];
  readonly realReader?: boolean;
  /** Time a step of a transmission takes. */
  readonly stepMs?: number;
  readonly day?: FakeDay;
}

export class FakeTeletrans implements Teletrans {
  readonly cards: FakeCard[] = fakeCards();
  invoices: InvoiceView[];
  lots: LotView[];
  files: FileView[];
  returns = { unmatched: 0, quarantined: 0 };
  /** What happens to files that leave. */
  line: 'up' | 'down' | 'cut' = 'up';
  /** What the next collection brings for lots waiting for it. */
  insurer: 'positive' | 'negative' | 'silent' = 'positive';
  reader: 'plugged' | 'unplugged' = 'plugged';
  /** Thrown once by the named call. */
  readonly failures = new Map<Call, unknown>();
  /** The very buffers that were given. */
  readonly thirdParty = new FakeThirdParty();
  readonly codes: Buffer[] = [];
  readonly calls: string[] = [];
  busy = false;
  stops: StopView[] = [];
  /** The reader has a keypad: {@link typed} is what the person does on it. */
  keypad = false;
  /** Last moment of the card's certificate. */
  validUntil: string | null = null;
  private entry: { readonly where: CodeEntry; readonly typed: (what: string) => void } | null = null;
  private readonly chosen = new Map<string, string | null>();
  private inserted: FakeCard | null = null;
  private opened: OpenCardView | null = null;
  private readonly listeners = new Set<() => void>();
  private numbers = 500;

  constructor(private readonly options: FakeOptions = {}) {
    const day = options.day ?? fakeDay();
    this.invoices = [...day.invoices];
    this.lots = [...day.lots];
    this.files = [...day.files];
  }

  async overview(): Promise<Overview> {
    this.enter('overview');
    const { invoices } = this;
    const unsent = invoices.filter((invoice) => ['READY', 'HELD', 'IN_LOT', 'SEALED'].includes(invoice.state));
    const count = (state: InvoiceView['state']): number => invoices.filter((invoice) => invoice.state === state).length;
    return {
      mode: this.options.mode ?? 'demo',
      now: NOW.toISOString(),
      counts: {
        ready: count('READY'),
        held: count('HELD'),
        late: unsent.filter((invoice) => invoice.late).length,
        dueToday: unsent.filter((invoice) => invoice.deadline === TODAY).length,
        sent: count('SENT') + count('NO_ACK_EXPECTED'),
        uncertain: count('UNCERTAIN'),
        acked: count('ACKED'),
        refused: count('NACKED'),
      },
      practitioners: PRACTITIONERS.map(({ billingNumber, name }): PractitionerView => {
        const ready = invoices.filter((invoice) => invoice.state === 'READY' && invoice.practitioner === billingNumber);
        const situations = [...new Set(ready.map((invoice) => invoice.situation))].sort();
        return {
          billingNumber,
          name,
          ready: ready.length,
          readyBySituation: situations.map((situation) => ({
            situation,
            count: ready.filter((invoice) => invoice.situation === situation).length,
          })),
          lastSituation: this.chosen.get(billingNumber) ?? null,
        };
      }),
      invoices,
      lots: this.lots,
      files: this.files,
      returns: this.returns,
      stops: this.stops,
      advice: fakeAdvice(this),
      busy: this.busy,
    };
  }

  async glance(): Promise<Glance> {
    return glanceOf(await this.overview());
  }

  async pendingCounts(): Promise<PendingCounts> {
    const { counts, stops } = await this.overview();
    return { ...counts, stopped: stops[0] ?? null };
  }

  async preflight(choice: TransmitChoice): Promise<Preflight> {
    this.enter('preflight');
    const leaving = this.leaving(choice);
    const labels = [...new Set(leaving.map((invoice) => `${invoice.kind}|${invoice.payer ?? ''}`))];
    return {
      practitioner: choice.practitioner ?? '',
      situation: choice.situation,
      payers: labels.map((label) => {
        const group = leaving.filter((invoice) => `${invoice.kind}|${invoice.payer ?? ''}` === label);
        return {
          label: group[0]?.payer ?? '',
          kind: group[0]?.kind ?? 'FSE',
          invoices: group.length,
          amo: group.reduce((sum, invoice) => sum + invoice.amoAmount, 0),
          amc: group.reduce((sum, invoice) => sum + invoice.amcAmount, 0),
        };
      }),
      invoices: leaving.length,
      waitingFiles: this.waiting().length,
      held: this.invoices.flatMap((invoice) =>
        invoice.held !== null && invoice.practitioner === choice.practitioner ? [{ number: invoice.number, reason: invoice.held }] : [],
      ),
      unsealable: this.unsealable,
      elsewhere: [],
      late: leaving.filter((invoice) => invoice.late).length,
      dueToday: leaving.filter((invoice) => invoice.deadline === TODAY).length,
    };
  }

  async readerStatus(): Promise<ReaderStatus> {
    if (this.reader === 'unplugged') return { state: 'no-reader' };
    const card = this.inserted;
    if (card === null) return { state: 'no-card', reader: 'Lecteur virtuel' };
    return {
      state: 'card',
      reader: 'Lecteur virtuel',
      cardId: card.file,
      holder: card.holder,
      triesLeft: card.triesLeft,
      maxTries: 3,
      keypad: this.keypad,
      validUntil: this.validUntil,
    };
  }

  async cardReport(): Promise<CardReport> {
    const status = await this.readerStatus();
    const problem = cardProblem(status, NOW);
    const expiry = cardExpiry(status, NOW);
    return {
      status,
      opened: this.opened,
      presenting: this.entry?.where ?? null,
      problem: problem === null ? null : sentence(problem),
      expiry: expiry === null ? null : { stage: expiry.stage, notice: sentence(expiry.reason) },
    };
  }

  async virtualCards(): Promise<readonly { readonly file: string; readonly holderName: string }[] | null> {
    if (this.options.realReader === true) return null;
    return this.cards.map(({ file, holder }) => ({ file, holderName: `${holder.lastName} ${holder.firstName}` }));
  }

  async insertVirtualCard(file: string | null): Promise<void> {
    this.calls.push(`insert ${file ?? 'none'}`);
    this.inserted = this.cards.find((card) => card.file === file) ?? null;
    this.opened = null;
    this.changed();
  }

  async openCard(code: Buffer, lastTryConfirmed: boolean): Promise<OpenCardView> {
    this.codes.push(code);
    this.enter('openCard');
    return this.present(code, lastTryConfirmed);
  }

  /** Waits for {@link typed}. */
  async openCardOnKeypad(lastTryConfirmed: boolean): Promise<OpenCardView> {
    if (!this.keypad) throw new VitaleError('LEC-012');
    if (this.inserted?.triesLeft === 1 && !lastTryConfirmed) throw new VitaleError('CPS-004');
    this.calls.push('keypad');
    const what = await new Promise<string>((resolve) => {
      this.entry = { where: 'keypad', typed: resolve };
      this.changed();
    });
    this.entry = null;
    if (what === 'timeout') throw new VitaleError('CPS-022');
    if (what === 'cancel') throw new VitaleError('CPS-021');
    return this.present(Buffer.from(what), lastTryConfirmed);
  }

  /** What the person does on the keypad, once it waits: the digits, `timeout` or `cancel`. */
  async typed(what: string): Promise<void> {
    while (this.entry === null) await wait(5);
    this.entry.typed(what);
  }

  private present(code: Buffer, lastTryConfirmed: boolean): OpenCardView {
    const card = this.inserted;
    if (card === null) throw new VitaleError('CPS-001');
    if (card.triesLeft === 0) throw new VitaleError('CPS-005');
    if (!/^[0-9]{4}$/.test(code.toString('latin1'))) throw new VitaleError('CPS-023');
    if (card.triesLeft === 1 && !lastTryConfirmed) throw new VitaleError('CPS-004');
    if (!code.equals(Buffer.from(card.code))) {
      card.triesLeft -= 1;
      throw card.triesLeft === 0 ? new VitaleError('CPS-005') : new VitaleError('CPS-003', { n: card.triesLeft });
    }
    card.triesLeft = 3;
    this.opened = { holderName: `${card.holder.lastName} ${card.holder.firstName}`, situations: card.situations, unattended: null };
    return this.opened;
  }

  keepCardOpen(minutes: number): OpenCardView {
    if (this.opened === null) throw new VitaleError('CPS-027');
    this.calls.push(`keep ${minutes}`);
    const until = new Date(NOW.getTime() + minutes * 60_000).toISOString();
    this.opened = { ...this.opened, unattended: { since: NOW.toISOString(), until } };
    this.changed();
    return this.opened;
  }

  async closeCard(): Promise<void> {
    this.calls.push('closeCard');
    this.opened = null;
  }

  openedCard(): OpenCardView | null {
    return this.opened;
  }

  transmitUnattended(onProgress: (progress: Progress) => void): Promise<TransmitReport> {
    return this.transmit({ practitioner: null, situation: null }, onProgress);
  }

  async transmit(
    choice: TransmitChoice,
    onProgress: (progress: Progress) => void,
    cancellation = new Cancellation(),
  ): Promise<TransmitReport> {
    this.enter('transmit');
    if (choice.practitioner !== null && choice.chosen === true) this.chosen.set(choice.practitioner, choice.situation);
    const { opened } = this;
    const owner = opened?.situations[0]?.billingNumber ?? null;
    const practitioner = choice.practitioner ?? owner;
    if (opened !== null && owner !== practitioner) throw new VitaleError('CPS-010', { titulaire: opened.holderName });
    return this.working(async () => {
      const returns = await this.takeReturns(onProgress);
      const leaving = this.leaving({ ...choice, practitioner });
      await this.steps('checking', leaving.length, onProgress);
      cancellation.passPointOfNoReturn();
      if (opened === null && leaving.length > 0 && this.waiting().length === 0)
        return { result: 'needs-card', files: [], held: [], returns, reason: sentence({ code: 'CPS-001', details: {} }) };
      if (opened !== null) await this.seal(leaving, onProgress);
      const files = await this.send(onProgress);
      if (this.opened?.unattended == null) this.opened = null;
      const failed = files.some((file) => file.state !== 'HANDED_OVER');
      const held = this.invoices.flatMap(({ number, held: reason }) =>
        reason === null ? [] : [{ number, code: reason.code, message: reason.message }],
      );
      const result =
        files.length === 0 ? 'nothing' : failed && this.line === 'down' ? 'incident' : failed || held.length > 0 ? 'partial' : 'sent';
      return { result, files, held, returns, reason: failed ? (files.find((file) => file.failure !== null)?.failure ?? null) : null };
    });
  }

  async collect(onProgress: (progress: Progress) => void): Promise<ReturnsReport> {
    this.enter('collect');
    return this.working(() => this.takeReturns(onProgress));
  }

  async take(): Promise<'accepted' | 'held' | 'duplicate'> {
    this.changed();
    return 'accepted';
  }

  async importLines(): Promise<ImportReport> {
    return { accepted: 0, held: 0, duplicates: 0, refused: [] };
  }

  async sendDue(): Promise<void> {
    this.changed();
  }

  async retryFile(id: string): Promise<void> {
    this.enter('retryFile');
    const file = this.files.find((candidate) => candidate.id === id);
    if (file?.state !== 'PERM_FAILED') throw new VitaleError('DEC-003');
    this.files = this.files.map((candidate) => (candidate === file ? { ...file, state: 'FROZEN', failure: null } : candidate));
    this.changed();
  }

  /** Why the next decisions cannot be taken; null: they can. */
  refusedDecision: HeldReason | null = null;
  readonly decisions: { readonly kind: DecisionKind; readonly id: string; readonly says: PersonSays }[] = [];

  async question(kind: DecisionKind, id: string): Promise<DecisionQuestion> {
    this.enter('question');
    const file = this.files.find((candidate) => candidate.id === id);
    const text = questionOf(DECISION_TEXTS, kind, {
      facture: this.invoices.find((candidate) => candidate.id === id)?.number ?? '?',
      fichier: file?.fileId ?? '?',
      organisme: file?.payer ?? '?',
      factures: file?.lots.reduce((sum, lot) => sum + lot.invoices.length, 0) ?? 0,
      lots: file?.lots.map((lot) => lot.number).join(', ') ?? '?',
      arret: this.stops[0]?.message ?? '?',
      date: '20/11/2026',
      situation: 'la liaison s’est coupée pendant l’envoi',
    });
    return { ...text, refused: this.refusedDecision === null ? null : sentence(this.refusedDecision) };
  }

  async resendFile(id: string, says: PersonSays): Promise<void> {
    this.enter('resendFile');
    saidWhole(says);
    this.decisions.push({ kind: 'resend', id, says });
    this.files = this.files.map((file) =>
      file.id === id ? { ...file, state: 'HANDED_OVER', failure: null, resendable: false, handedOverAt: NOW.toISOString() } : file,
    );
    this.changed();
  }

  async releaseBrake(id: string, says: PersonSays): Promise<void> {
    this.decisions.push({ kind: 'release-brake', id, says });
    this.stops = this.stops.filter((stop) => stop.id !== id);
    this.changed();
  }

  async takeUpNumbers(kind: DecisionKind, says: PersonSays): Promise<void> {
    this.decisions.push({ kind, id: 'numeros', says });
    this.stops = this.stops.filter((stop) => !stop.decisions.includes(kind));
    this.changed();
  }

  async releaseHeld(id: string, says: PersonSays): Promise<void> {
    this.decisions.push({ kind: 'release-held', id, says });
    this.move((invoice) => invoice.id === id, { state: 'READY', amo: 'READY', held: null, releasable: false });
    this.changed();
  }

  async noteSheetSent(id: string, says: PersonSays): Promise<void> {
    this.decisions.push({ kind: 'sheet-sent', id, says });
    const note = sentence({ code: 'FAC-041', details: { date: '20/11/2026' } });
    this.move((invoice) => invoice.id === id, { sheet: 'sent', notes: [note] });
    this.changed();
  }

  async declareOnPaper(id: string, says: PersonSays): Promise<void> {
    this.decisions.push({ kind: 'paper-duplicate', id, says });
    const note = sentence({ code: 'FAC-042', details: { date: '20/11/2026' } });
    this.lots = this.lots.map((lot) => (lot.id === id ? { ...lot, state: 'ABANDONED', releasable: false } : lot));
    this.move((invoice) => invoice.lotId === id, { state: 'PAPER_DUPLICATE', amo: 'PAPER_DUPLICATE', sheet: 'owed', notes: [note] });
    this.changed();
  }

  async declareInvoiceOnPaper(id: string, says: PersonSays): Promise<void> {
    this.decisions.push({ kind: 'paper-invoice', id, says });
    const note = sentence({ code: 'FAC-042', details: { date: '20/11/2026' } });
    this.move((invoice) => invoice.id === id, {
      state: 'PAPER_DUPLICATE',
      amo: 'PAPER_DUPLICATE',
      sheet: 'owed',
      held: null,
      notes: [note],
    });
    this.changed();
  }

  async heldInvoices(): Promise<readonly HeldView[]> {
    return this.invoices.flatMap(({ id, number, kind, practitioner, held }) =>
      held === null ? [] : [{ id, number, kind, practitioner, reason: held, payer: this.unknownPayers.get(number) ?? null }],
    );
  }

  /** What the open card cannot seal. */
  unsealable: Preflight['unsealable'] = [];
  /** Payers no table knows, by number of the invoice. */
  readonly unknownPayers = new Map<string, HeldView['payer']>();
  /** Codes whose cause is gone: examining again releases them. */
  readonly mended = new Set<string>();

  async recheckHeld(): Promise<RecheckReport> {
    const freed = this.invoices.filter(({ held }) => this.mended.has(held?.code ?? ''));
    this.move((invoice) => freed.includes(invoice), { state: 'READY', amo: 'READY', held: null });
    this.changed();
    return { released: freed.length, held: (await this.heldInvoices()).length };
  }

  trayEntries: TrayView[] = [];

  async tray(): Promise<readonly TrayView[]> {
    return this.trayEntries;
  }

  filedEntries: FiledReturnView[] = [];

  async filedReturns(): Promise<readonly FiledReturnView[]> {
    return this.filedEntries;
  }

  async fileReturn(returnId: string, says: PersonSays): Promise<void> {
    const entry = this.trayEntries.find(({ id }) => id === returnId);
    if (entry === undefined) throw new VitaleError('DEC-003');
    this.decisions.push({ kind: 'file-return', id: returnId, says });
    this.trayEntries = this.trayEntries.filter(({ id }) => id !== returnId);
    const { id, kind, receivedAt, message } = entry;
    this.filedEntries = [{ id, kind, receivedAt, message, filedAt: receivedAt, ...says }, ...this.filedEntries];
  }

  async takeBackReturn(returnId: string): Promise<void> {
    const filed = this.filedEntries.find(({ id }) => id === returnId);
    if (filed === undefined) throw new VitaleError('DEC-003');
    this.filedEntries = this.filedEntries.filter(({ id }) => id !== returnId);
    const { id, kind, receivedAt, message } = filed;
    this.trayEntries = [
      { id, kind, receivedAt, message, state: 'unmatched', code: 'RET-005', action: '', candidates: [] },
      ...this.trayEntries,
    ];
  }

  async trayMail(): Promise<Buffer> {
    return Buffer.from('mail');
  }

  async attachReturn(returnId: string, fileId: string, says: PersonSays): Promise<void> {
    this.decisions.push({ kind: 'attach-return', id: `${returnId}.${fileId}`, says });
    this.trayEntries = this.trayEntries.filter((entry) => entry.id !== returnId);
    this.returns = { ...this.returns, unmatched: 0 };
    this.changed();
  }

  async releaseLot(lotId: string): Promise<void> {
    this.calls.push(`release ${lotId}`);
    this.enter('releaseLot');
    const lot = this.lots.find((candidate) => candidate.id === lotId);
    if (lot?.releasable !== true) throw new VitaleError('DEC-003');
    this.lots = this.lots.map((candidate) => (candidate === lot ? { ...lot, state: 'ABANDONED', releasable: false } : candidate));
    this.move((invoice) => invoice.lotId === lotId, { state: 'READY', amo: 'READY', lot: null, lotId: null, fileId: null });
    this.changed();
  }

  explain(reason: HeldReason): Explained {
    return sentence(reason);
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async dispose(): Promise<void> {
    this.listeners.clear();
  }

  /** Tells every listener, as after a change made elsewhere. */
  changed(): void {
    for (const listener of this.listeners) listener();
  }

  private enter(call: Call): void {
    const failure = this.failures.get(call);
    this.failures.delete(call);
    if (failure !== undefined) throw failure instanceof Error ? failure : new Error('scripted');
  }

  private async working<T>(work: () => Promise<T>): Promise<T> {
    if (this.busy) throw new VitaleError('TRA-018');
    this.busy = true;
    this.changed();
    try {
      return await work();
    } finally {
      this.busy = false;
      this.changed();
    }
  }

  private async steps(step: Progress['step'], total: number, onProgress: (progress: Progress) => void): Promise<void> {
    for (let done = 0; done <= total; done++) {
      onProgress({ step, done, total });
      await wait(this.options.stepMs ?? 1);
    }
  }

  private leaving({ practitioner, situation }: TransmitChoice): InvoiceView[] {
    return this.invoices.filter(
      (invoice) =>
        invoice.state === 'READY' && invoice.practitioner === practitioner && (situation === null || invoice.situation === situation),
    );
  }

  private waiting(): FileView[] {
    return this.files.filter((file) => file.state === 'FROZEN' || file.state === 'TEMP_FAILED');
  }

  private move(which: (invoice: InvoiceView) => boolean, change: Partial<InvoiceView>): void {
    this.invoices = this.invoices.map((invoice) => (which(invoice) ? { ...invoice, ...change } : invoice));
  }

  private async takeReturns(onProgress: (progress: Progress) => void): Promise<ReturnsReport> {
    await this.steps('collecting', 1, onProgress);
    const awaited = this.lots.filter((lot) => lot.state === 'SENT' || lot.state === 'UNCERTAIN');
    const report = { arl: { positive: 0, negative: 0 }, rsp: 0, ...this.returns };
    if (this.insurer === 'silent') return report;
    const good = this.insurer === 'positive';
    report.arl[this.insurer] = awaited.length;
    const ids = new Set(awaited.map((lot) => lot.id));
    const ack = { code: good ? '0000' : 'L008', label: good ? 'LOT ACCEPTE' : 'LOT DEJA RECU', at: NOW.toISOString() };
    this.lots = this.lots.map((lot) => (ids.has(lot.id) ? { ...lot, state: good ? 'ACKED' : 'NACKED', ack, releasable: !good } : lot));
    this.files = this.files.map((file) =>
      awaited.some((lot) => lot.fileId === file.fileId) ? { ...file, state: good ? 'ACKED' : 'REJECTED' } : file,
    );
    this.move((invoice) => ids.has(invoice.lotId ?? ''), { state: good ? 'ACKED' : 'NACKED', amo: good ? 'ACKED' : 'NACKED' });
    return report;
  }

  private async seal(leaving: readonly InvoiceView[], onProgress: (progress: Progress) => void): Promise<void> {
    const keys = [...new Set(leaving.map((invoice) => `${invoice.kind}|${invoice.payer ?? ''}|${invoice.situation}`))];
    await this.steps('grouping', keys.length, onProgress);
    await this.steps('sealing', keys.length, onProgress);
    for (const key of keys) {
      this.numbers += 1;
      const group = leaving.filter((invoice) => `${invoice.kind}|${invoice.payer ?? ''}|${invoice.situation}` === key);
      const fileId = String(this.numbers).padStart(6, '0');
      const lot = fakeLot(String(this.numbers), group, { state: 'IN_FILE', fileId });
      this.lots.push(lot);
      this.files.push(fakeFile(fileId, [lot], { state: 'FROZEN', createdAt: NOW.toISOString(), handedOverAt: null, attempts: 0 }));
      this.move((invoice) => group.some(({ id }) => id === invoice.id), {
        state: 'SEALED',
        amo: 'SEALED',
        lot: lot.number,
        lotId: lot.id,
        fileId,
      });
      this.changed();
    }
    await this.steps('freezing', keys.length, onProgress);
  }

  private async send(onProgress: (progress: Progress) => void): Promise<FileView[]> {
    const ids = this.waiting().map((file) => file.id);
    await this.steps('sending', ids.length, onProgress);
    const state = ({ up: 'HANDED_OVER', down: 'TEMP_FAILED', cut: 'UNCERTAIN' } as const)[this.line];
    const code = this.line === 'down' ? 'TRA-001' : 'TRA-007';
    const failure = this.line === 'up' ? null : sentence({ code, details: { heure: '18 h 05' } });
    this.files = this.files.map((file) =>
      ids.includes(file.id)
        ? { ...file, state, failure, attempts: file.attempts + 1, handedOverAt: this.line === 'up' ? NOW.toISOString() : null }
        : file,
    );
    const sent = this.files.filter((file) => ids.includes(file.id));
    if (this.line !== 'down') {
      const next = this.line === 'up' ? 'SENT' : 'UNCERTAIN';
      const inFiles = (fileId: string | null): boolean => sent.some((file) => file.fileId === fileId);
      this.lots = this.lots.map((lot) => (inFiles(lot.fileId) ? { ...lot, state: next } : lot));
      this.move((invoice) => inFiles(invoice.fileId), { state: next, amo: next });
    }
    return sent;
  }
}
