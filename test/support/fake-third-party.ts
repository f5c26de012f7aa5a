/** Third-party payments for the window's tests: a day that is given, acts that are written down. */
import type { VitaleError } from '../../src/teletrans/domain/errors';
import type {
  CandidateView,
  ClaimView,
  HistoryView,
  ThirdPartyDesk,
  ThirdPartyOverview,
} from '../../src/teletrans/application/third-party-port';
import { totalOf, totalsBy } from '../../src/teletrans/third-party/totals';

export function fakeClaim(number: string, change: Partial<ClaimView> = {}): ClaimView {
  const claim = {
    invoiceId: `i-${number}`,
    part: 'amo' as const,
    number,
    kind: 'FSE' as const,
    practitioner: '999000011',
    payer: 'CAISSE FICTIVE GENERALE',
    date: '2026-11-20',
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
    forclusionOn: null,
    owner: null,
    ...change,
  };
  return { ...claim, due: claim.expected - claim.paid - claim.adjusted };
}

export function fakeThirdPartyDay(claims: readonly ClaimView[] = [], change: Partial<ThirdPartyOverview> = {}): ThirdPartyOverview {
  return {
    today: '2026-11-23',
    claims,
    totals: {
      all: totalOf(claims),
      amo: totalOf(claims.filter(({ part }) => part === 'amo')),
      amc: totalOf(claims.filter(({ part }) => part === 'amc')),
      byPayer: totalsBy(claims, ({ payer }) => payer),
      byPractitioner: totalsBy(claims, ({ practitioner }) => practitioner),
      byMonth: totalsBy(claims, ({ date }) => date.slice(0, 7)),
      byDay: totalsBy(claims, ({ date }) => date),
    },
    openLines: [],
    asideLines: [],
    rejections: [],
    remittances: [],
    conflicts: [],
    ...change,
  };
}

export class FakeThirdParty implements ThirdPartyDesk {
  day = fakeThirdPartyDay();
  found: readonly CandidateView[] = [];
  past: readonly HistoryView[] = [];
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
  follow(...given: readonly unknown[]): Promise<void> {
    return this.act('follow', given, undefined);
  }
  reminderLetters(): ReturnType<ThirdPartyDesk['reminderLetters']> {
    return Promise.resolve([]);
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
