/** How old what a payer owes is, what the law says of it, and who must be reminded (spec/regulation.md § 1, error RET-026). Pure: rules and calendar are given. */
import { dateOfDay, dayNumber, workingDaysBetween, type PracticeCalendar } from '../domain/calendar';
import { localDate } from '../domain/clock';
import type { LocalDate } from '../domain/invoice';
import type { ClaimRow } from '../store/third-party/port';
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
  /** Upper bound of its age class; null: older than all. */
  readonly upTo: number | null;
  readonly late: LatePayment | null;
  /** A reminder is due by the practice's rule. */
  readonly remind: boolean;
  /** Last day to claim, when it is near or passed; else null. */
  readonly forclusionOn: LocalDate | null;
}

/** States in which nobody but the payer has to act. */
const AWAITING = new Set(['SENT', 'ACKED', 'ACK_OVERDUE', 'NO_ACK_EXPECTED', 'UNCERTAIN', 'PAPER_DUPLICATE', 'PART_PAID', 'REVERSED']);

export const dueOf = ({ expected, paid, adjusted }: Pick<ClaimRow, 'expected' | 'paid' | 'adjusted'>): number => expected - paid - adjusted;

export class AgeingOn {
  private readonly counted = new Map<string, number>();
  private readonly days = new Map<string, LocalDate>();

  constructor(
    private readonly rules: ThirdPartyRules,
    private readonly calendar: PracticeCalendar,
    readonly today: LocalDate,
  ) {}

  of(claim: ClaimRow): Ageing {
    const due = dueOf(claim);
    const sentOn = claim.sentAt === null ? claim.completedOn : this.dayOf(claim.sentAt);
    const days = Math.max(0, dayNumber(this.today) - dayNumber(sentOn));
    return {
      days,
      upTo: this.rules.ages.find((bound) => days <= bound) ?? null,
      late: this.late(claim, due),
      remind: due > 0 && AWAITING.has(claim.state) && this.mustRemind(claim, due, sentOn),
      forclusionOn: due > 0 ? this.forclusion(claim) : null,
    };
  }

  private late(claim: ClaimRow, due: number): LatePayment | null {
    if (claim.ackedAt === null || claim.expected <= 0 || !(AWAITING.has(claim.state) || claim.state === 'PAID')) return null;
    const from = this.dayOf(claim.ackedAt);
    const to = due > 0 ? this.today : (claim.paidOn ?? this.today);
    const rule = newest(this.rules.latePayment, claim.part, from);
    if (rule === null) return null;
    const workingDays = this.workingDays(from, to);
    if (workingDays <= rule.workingDays) return null;
    return { workingDays, penalty: penaltyOf(rule, workingDays, claim.expected) };
  }

  private mustRemind(claim: ClaimRow, due: number, sentOn: LocalDate): boolean {
    const rule = this.rules.reminders.find(({ part }) => part === claim.part);
    if (rule === undefined || due < rule.minCentimes) return false;
    const from = claim.ackedAt === null ? sentOn : this.dayOf(claim.ackedAt);
    if (this.workingDays(from, this.today) < rule.afterWorkingDays) return false;
    if (claim.reminders === 0 || claim.followedAt === null) return true;
    return dayNumber(this.today) - dayNumber(this.dayOf(claim.followedAt)) >= rule.againAfterDays;
  }

  private forclusion(claim: ClaimRow): LocalDate | null {
    const rule = this.rules.forclusion.find(({ part }) => part === claim.part);
    if (rule === undefined) return null;
    const last = lastDayToClaim(claim.completedOn, rule);
    return dayNumber(last) - dayNumber(this.today) <= rule.warnDays ? last : null;
  }

  /** The same few dates come again and again. */
  private workingDays(from: LocalDate, to: LocalDate): number {
    const key = `${from} ${to}`;
    let count = this.counted.get(key);
    if (count === undefined) this.counted.set(key, (count = workingDaysBetween(from, to, this.calendar)));
    return count;
  }

  private dayOf(at: string): LocalDate {
    // Legal date of an instant: ten minutes never hold a midnight.
    const key = at.slice(0, 15);
    let day = this.days.get(key);
    if (day === undefined) this.days.set(key, (day = localDate(new Date(at))));
    return day;
  }
}

function newest(rules: readonly LatePaymentRule[], part: ClaimRow['part'], on: LocalDate): LatePaymentRule | null {
  const inForce = rules.filter((rule) => rule.part === part && rule.validFrom <= on);
  return inForce.sort((a, b) => b.validFrom.localeCompare(a.validFrom))[0] ?? null;
}

/** Centimes; half a centime is rounded up. */
export function penaltyOf({ flat, percent }: LatePaymentRule, workingDays: number, expected: number): number {
  if (workingDays >= percent.fromDay) return Math.floor((expected * percent.percent * 2 + 100) / 200);
  return workingDays >= flat.fromDay ? flat.centimes : 0;
}

/** The day before the right ends. */
export function lastDayToClaim(completedOn: LocalDate, { months, from }: ForclusionRule): LocalDate {
  const [year = 0, month = 1, day = 1] = completedOn.split('-').map(Number);
  const start = from === 'completion' ? { month: month - 1, day } : { month: (Math.floor((month - 1) / 3) + 1) * 3, day: 1 };
  return dateOfDay(Date.UTC(year, start.month + months, start.day) / 86_400_000 - 1);
}
