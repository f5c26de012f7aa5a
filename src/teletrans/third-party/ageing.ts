/** How old what a payer owes is, what the law says of it, and who must be reminded (spec/regulation.md § 1, error RET-026). Pure: rules and calendar are given. */
import { dateOfDay, dayNumber, isWorkingDay, workingDaysBetween, type PracticeCalendar } from '../domain/calendar';
import { localDate, startOfLocalDay } from '../domain/clock';
import type { LocalDate } from '../domain/invoice';
import type { PartState } from '../domain/states';
import type { ClaimRow, ClaimSelection, OverdueClaims, RemindableClaims } from '../store/third-party/port';
import type { ForclusionRule, LatePaymentRule, ThirdPartyRules } from './rules';

/** A payer of the AMO beyond its legal delay. */
export interface LatePayment {
  /** Jours ouvrés since the positive ARL, to the payment or to today. */
  readonly workingDays: number;
  /** What it owes for that, centimes. */
  readonly penalty: number;
}

export interface Ageing {
  /** Days since it was sent. */
  readonly days: number;
  /** Its age class, of {@link AgeingOn.labels}. */
  readonly label: string;
  readonly late: LatePayment | null;
  /** Legal dates; null for none. */
  readonly sentOn: LocalDate | null;
  readonly ackedOn: LocalDate | null;
  readonly remindedOn: LocalDate | null;
  /** A reminder is due by the practice's rule. */
  readonly remind: boolean;
  /** Last day to claim, when it is near or passed; else null. */
  readonly forclusionOn: LocalDate | null;
}

/** States in which nobody but the payer has to act. */
const AWAITING: ReadonlySet<PartState> = new Set<PartState>([
  'SENT',
  'ACKED',
  'ACK_OVERDUE',
  'NO_ACK_EXPECTED',
  'UNCERTAIN',
  'PAPER_DUPLICATE',
  'PART_PAID',
  'REVERSED',
]);

export const dueOf = ({ expected, paid, adjusted }: Pick<ClaimRow, 'expected' | 'paid' | 'adjusted'>): number => expected - paid - adjusted;

export class AgeingOn {
  /** By number of days before today: jours ouvrés since then. */
  private readonly since: number[] = [0];
  private readonly days = new Map<string, LocalDate>();

  /** `0-7`, `8-30`, …, `91+`: youngest first. */
  readonly labels: readonly string[];

  constructor(
    private readonly rules: ThirdPartyRules,
    private readonly calendar: PracticeCalendar,
    readonly today: LocalDate,
  ) {
    const { ages } = rules;
    const first = (rank: number): number => (ages[rank - 1] ?? -1) + 1;
    this.labels = [...ages.map((upTo, rank) => `${first(rank)}-${upTo}`), `${first(ages.length)}+`];
  }

  of(claim: ClaimRow): Ageing {
    const due = dueOf(claim);
    const sentOn = claim.sentAt === null ? claim.completedOn : this.dayOf(claim.sentAt);
    const days = Math.max(0, dayNumber(this.today) - dayNumber(sentOn));
    return {
      days,
      label: this.labels[this.rules.ages.filter((upTo) => days > upTo).length] ?? '',
      late: this.late(claim, due),
      sentOn: this.dayOrNull(claim.sentAt),
      ackedOn: this.dayOrNull(claim.ackedAt),
      remindedOn: this.dayOrNull(claim.remindedAt),
      remind: due > 0 && AWAITING.has(claim.state) && this.mustRemind(claim, due, sentOn),
      forclusionOn: due > 0 ? this.forclusion(claim) : null,
    };
  }

  /** What {@link of} calls late, with something due, as the store chooses it. */
  overdue(): NonNullable<ClaimSelection['overdue']> {
    const any = this.rules.latePayment.flatMap((rule): OverdueClaims[] => {
      const later = this.rules.latePayment.filter(({ part, validFrom }) => part === rule.part && validFrom > rule.validFrom);
      const until = later.map(({ validFrom }) => validFrom).sort()[0];
      const end = this.dayAfter(rule.workingDays + 1);
      const before = until === undefined || end < until ? end : until;
      return before <= rule.validFrom ? [] : [{ part: rule.part, from: startOfLocalDay(rule.validFrom), before: startOfLocalDay(before) }];
    });
    return { any, states: [...AWAITING, 'PAID'] };
  }

  /** What {@link of} says must be reminded, as the store chooses it. */
  remindable(): NonNullable<ClaimSelection['remindable']> {
    const any = firstOfEachPart(this.rules.reminders).map(({ part, minCentimes, afterWorkingDays, againAfterDays }): RemindableClaims => ({
      part,
      minDue: minCentimes,
      before: startOfLocalDay(this.dayAfter(afterWorkingDays)),
      remindedBefore: startOfLocalDay(dateOfDay(dayNumber(this.today) - againAfterDays + 1)),
    }));
    return { any, states: [...AWAITING] };
  }

  /** The age class of a label of {@link labels}, as the store chooses it. */
  sentIn(label: string): Pick<ClaimSelection, 'sentFrom' | 'sentBefore'> {
    const { ages } = this.rules;
    const rank = this.labels.indexOf(label);
    const youngest = rank <= 0 ? null : (ages[rank - 1] ?? 0) + 1;
    const oldest = ages[rank] ?? null;
    const start = (days: number): string => startOfLocalDay(dateOfDay(dayNumber(this.today) - days));
    return {
      ...(oldest === null || rank < 0 ? {} : { sentFrom: start(oldest) }),
      ...(youngest === null ? {} : { sentBefore: start(youngest - 1) }),
    };
  }

  /** The day after the last one from which so many jours ouvrés have passed today: what began before it is at least as old. */
  private dayAfter(workingDays: number): LocalDate {
    let day = dayNumber(this.today);
    while (this.workingDays(dateOfDay(day), this.today) < workingDays) day -= 1;
    return dateOfDay(day + 1);
  }

  private late(claim: ClaimRow, due: number): LatePayment | null {
    if (claim.ackedAt === null || claim.expected <= 0 || !(AWAITING.has(claim.state) || claim.state === 'PAID')) return null;
    const from = this.dayOf(claim.ackedAt);
    const to = due > 0 ? this.today : (claim.paidOn ?? this.today);
    const rule = newest(this.rules.latePayment, claim.part, from);
    if (rule === null) return null;
    const workingDays = this.workingDays(from, to);
    if (workingDays <= rule.workingDays) return null;
    // The text says 10 % of the AMO part and nothing of a part paid in pieces: what was paid is never counted as late (our choice, spec/regulation.md).
    const late = due > 0 ? Math.min(due, claim.expected) : claim.expected;
    return { workingDays, penalty: penaltyOf(rule, workingDays, late) };
  }

  private mustRemind(claim: ClaimRow, due: number, sentOn: LocalDate): boolean {
    const rule = this.rules.reminders.find(({ part }) => part === claim.part);
    if (rule === undefined || due < rule.minCentimes) return false;
    const from = claim.ackedAt === null ? sentOn : this.dayOf(claim.ackedAt);
    if (this.workingDays(from, this.today) < rule.afterWorkingDays) return false;
    if (claim.reminders === 0 || claim.remindedAt === null) return true;
    return dayNumber(this.today) - dayNumber(this.dayOf(claim.remindedAt)) >= rule.againAfterDays;
  }

  private forclusion(claim: ClaimRow): LocalDate | null {
    const rule = this.rules.forclusion.find(({ part }) => part === claim.part);
    if (rule === undefined) return null;
    const last = lastDayToClaim(claim.completedOn, rule);
    return dayNumber(last) - dayNumber(this.today) <= rule.warnDays ? last : null;
  }

  /** Jours ouvrés after `from` up to and including `to`. A list asks for many dates: the days before today are counted once. */
  private workingDays(from: LocalDate, to: LocalDate): number {
    if (to > this.today) return workingDaysBetween(from, to, this.calendar);
    return Math.max(0, this.workingDaysSince(from) - this.workingDaysSince(to));
  }

  private workingDaysSince(day: LocalDate): number {
    const today = dayNumber(this.today);
    const back = today - dayNumber(day);
    for (let known = this.since.length; known <= back; known++)
      this.since.push((this.since[known - 1] ?? 0) + (isWorkingDay(today - known + 1, this.calendar) ? 1 : 0));
    return this.since[back] ?? 0;
  }

  private dayOrNull(at: string | null): LocalDate | null {
    return at === null ? null : this.dayOf(at);
  }

  private dayOf(at: string): LocalDate {
    // Legal date of an instant: ten minutes never hold a midnight.
    const key = at.slice(0, 15);
    let day = this.days.get(key);
    if (day === undefined) this.days.set(key, (day = localDate(new Date(at))));
    return day;
  }
}

/** The first rule of a part is the one that holds. */
function firstOfEachPart<R extends { readonly part: ClaimRow['part'] }>(rules: readonly R[]): readonly R[] {
  return rules.filter((rule, rank) => rules.findIndex(({ part }) => part === rule.part) === rank);
}

function newest(rules: readonly LatePaymentRule[], part: ClaimRow['part'], on: LocalDate): LatePaymentRule | null {
  const inForce = rules.filter((rule) => rule.part === part && rule.validFrom <= on);
  return inForce.sort((a, b) => b.validFrom.localeCompare(a.validFrom))[0] ?? null;
}

/** Centimes; half a centime is rounded up. @param late what is, or was, paid late, centimes. */
export function penaltyOf({ flat, percent }: LatePaymentRule, workingDays: number, late: number): number {
  if (workingDays >= percent.fromDay) return Math.floor((late * percent.percent * 2 + 100) / 200);
  return workingDays >= flat.fromDay ? flat.centimes : 0;
}

/** The day before the right ends. */
export function lastDayToClaim(completedOn: LocalDate, { months, from }: ForclusionRule): LocalDate {
  const [year = 0, month = 1, day = 1] = completedOn.split('-').map(Number);
  const start = from === 'completion' ? { month: month - 1, day } : { month: (Math.floor((month - 1) / 3) + 1) * 3, day: 1 };
  return dateOfDay(Date.UTC(year, start.month + months, start.day) / 86_400_000 - 1);
}
