/** Third-party payments for the window's tests: a day that is given, acts that are written down. */
import { VitaleError } from '../../src/teletrans/domain/errors';
import type {
  CandidateView,
  ChartsView,
  ClaimsAsked,
  ClaimsExportAsked,
  ClaimsPage,
  ClaimView,
  HistoryView,
  LinesView,
  OpenLineView,
  ReminderLetter,
  ThirdPartyDesk,
  ThirdPartyOverview,
  TotalsView,
} from '../../src/teletrans/application/third-party-port';
import { totalOf } from '../../src/teletrans/third-party/totals';

export function fakeClaim(number: string, change: Partial<ClaimView> = {}): ClaimView {
  const claim = {
    invoiceId: `i-${number}`,
    part: 'amo' as const,
    number,
    kind: 'FSE' as const,
    practitioner: '999000011',
    payer: 'CAISSE FICTIVE GENERALE',
    date: '2026-11-20',
    sentOn: '2026-11-20',
    ackedOn: '2026-11-21',
    state: 'ACKED' as const,
    expected: 10000,
    paid: 0,
    adjusted: 0,
    age: 3,
    ageClass: '0-7',
    lateDays: null,
    penalty: 0,
    remind: false,
    reminders: 0,
    remindedOn: null,
    forclusionOn: null,
    owner: null,
    ...change,
  };
  return { ...claim, due: claim.expected - claim.paid - claim.adjusted };
}

export const linesView = (shown: readonly OpenLineView[] = []): LinesView => ({
  count: shown.length,
  amount: shown.reduce((sum, { amount }) => sum + amount, 0),
  shown,
});

const ofPart = (claims: readonly ClaimView[], wanted: 'amo' | 'amc'): readonly ClaimView[] => claims.filter(({ part }) => part === wanted);
const totalsOf = (claims: readonly ClaimView[]): ClaimsPage['totals'] => ({
  amo: totalOf(ofPart(claims, 'amo')),
  amc: totalOf(ofPart(claims, 'amc')),
});

export function fakeThirdPartyDay(claims: readonly ClaimView[] = [], change: Partial<ThirdPartyOverview> = {}): ThirdPartyOverview {
  return {
    today: '2026-11-23',
    totals: { all: totalOf(claims), ...totalsOf(claims) },
    payers: [...new Set(claims.map(({ payer }) => payer))],
    ages: ['0-7', '8-30', '31+'],
    openLines: linesView(),
    asideLines: linesView(),
    rejections: { count: 0, shown: [] },
    remittances: [],
    conflicts: [],
    asideConflicts: [],
    ...change,
  };
}

export class FakeThirdParty implements ThirdPartyDesk {
  day = fakeThirdPartyDay();
  /** Every claim there is: lists are cut from them, as the application does. */
  all: readonly ClaimView[] = [];
  /** What the page asked of the list. */
  readonly asked: ClaimsAsked[] = [];

  /** A day and the claims it is made of. */
  set(claims: readonly ClaimView[], change: Partial<ThirdPartyOverview> = {}): void {
    this.all = claims;
    this.day = fakeThirdPartyDay(claims, change);
  }

  claims(asked: ClaimsAsked): Promise<ClaimsPage> {
    this.asked.push(asked);
    const { settlement, search } = asked.choices;
    const found = this.all.filter(
      ({ due, number }) => (settlement === 'all' || (settlement === 'settled') === (due === 0)) && number.includes(search),
    );
    return Promise.resolve({
      view: 'v',
      from: asked.from,
      rows: found.slice(asked.from, asked.from + asked.count),
      count: found.length,
      totals: totalsOf(found),
    });
  }
  /** What was exported. */
  readonly exported: ClaimsExportAsked[] = [];

  async exportClaims(
    asked: ClaimsExportAsked,
    stateWord: (state: ClaimView['state']) => string,
    write: (piece: string) => Promise<void>,
  ): Promise<number> {
    this.exported.push(asked);
    await write('\ufeffFacture;État\r\n');
    for (const { number, state } of this.all) await write(`${number};${stateWord(state)}\r\n`);
    return this.all.length;
  }
  found: readonly CandidateView[] = [];
  past: readonly HistoryView[] = [];
  letters: readonly ReminderLetter[] = [];
  /** What was asked, with its arguments. */
  readonly acts: (readonly unknown[])[] = [];
  failure: VitaleError | null = null;

  overview(): Promise<ThirdPartyOverview> {
    return Promise.resolve(this.day);
  }
  owed(): ReturnType<ThirdPartyDesk['owed']> {
    const { all, amo, amc } = this.day.totals;
    return Promise.resolve({ rows: [], totals: { all, amo, amc } });
  }
  months: ChartsView['months'] = [];
  charts(): Promise<ChartsView> {
    const { ages, totals } = this.day;
    const { all } = this;
    return Promise.resolve({
      totals,
      ages: ages.map((age) => ({ age, ...totalsOf(all.filter(({ ageClass }) => ageClass === age)) })),
      months: this.months,
    });
  }
  candidates(): Promise<readonly CandidateView[]> {
    return Promise.resolve(this.found);
  }
  history(): Promise<readonly HistoryView[]> {
    return Promise.resolve(this.past);
  }
  reconcile(...given: readonly unknown[]): Promise<string> {
    return this.act('reconcile', given, 'batch');
  }
  validate(...given: readonly unknown[]): Promise<string> {
    return this.act('validate', given, 'batch');
  }
  setAside(...given: readonly unknown[]): Promise<void> {
    return this.act('setAside', given, undefined);
  }
  takeUp(...given: readonly unknown[]): Promise<void> {
    return this.act('takeUp', given, undefined);
  }
  close(...given: readonly unknown[]): Promise<string> {
    return this.act('close', given, 'batch');
  }
  adjust(...given: readonly unknown[]): Promise<string> {
    return this.act('adjust', given, 'batch');
  }
  undo(...given: readonly unknown[]): Promise<void> {
    return this.act('undo', given, undefined);
  }
  bookAnyway(...given: readonly unknown[]): Promise<void> {
    return this.act('bookAnyway', given, undefined);
  }
  setAsideReturn(...given: readonly unknown[]): Promise<void> {
    return this.act('setAsideReturn', given, undefined);
  }
  takeUpReturn(...given: readonly unknown[]): Promise<void> {
    return this.act('takeUpReturn', given, undefined);
  }
  totals(): Promise<TotalsView> {
    const { paid } = this.day.totals.all;
    const none = { byDay: [], byMonth: [], byPayer: [], byPractitioner: [] };
    return Promise.resolve({ totals: this.day.totals, ...none, money: { remittances: paid, matched: paid, open: 0, setAside: 0 } });
  }
  totalsExport(): Promise<string> {
    return Promise.resolve('\ufeffPar;Clé\r\n');
  }
  follow(...given: readonly unknown[]): Promise<void> {
    return this.act('follow', given, undefined);
  }
  reminderLetters(): Promise<readonly ReminderLetter[]> {
    return Promise.resolve(this.letters);
  }
  reminderLetter(id: string): Promise<ReminderLetter> {
    const letter = this.letters.find((one) => one.id === id);
    return letter === undefined ? Promise.reject(new VitaleError('RET-049')) : Promise.resolve(letter);
  }
  reminded(...given: readonly unknown[]): Promise<void> {
    return this.act('reminded', given, undefined);
  }
  bankExport(format: 'csv' | 'xml'): Promise<string> {
    return Promise.resolve(format === 'csv' ? '\ufeffDate du virement\r\n' : '<rapprochement/>\n');
  }

  private act<T>(name: string, given: readonly unknown[], answer: T): Promise<T> {
    const { failure } = this;
    this.failure = null;
    if (failure !== null) return Promise.reject(failure);
    this.acts.push([name, ...given]);
    return Promise.resolve(answer);
  }
}
