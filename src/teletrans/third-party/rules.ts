/** The practice's rules for third-party payments, as data: `addin/tables/third-party.json`. */
import type { Part } from '../domain/claims';
import type { LocalDate } from '../domain/invoice';
import type { OpenCause } from '../store/third-party/port';

/** A key of `likely` in `addin/tables/third-party.json`. */
export type LikelyCause =
  'same-number' | 'near-number' | 'same-amount' | 'same-lot' | 'other-practitioner' | 'linked' | 'already-paid' | 'not-bookable';

export interface LatePaymentRule {
  /** The newest rule in force on the day of the acknowledgement holds. */
  readonly validFrom: LocalDate;
  readonly part: Part;
  /** Jours ouvrés the payer has. */
  readonly workingDays: number;
  /** Owed for an invoice paid from this working day on. */
  readonly flat: { readonly fromDay: number; readonly centimes: number };
  /** Owed instead from this working day on: a share of the part. */
  readonly percent: { readonly fromDay: number; readonly percent: number };
}

export interface ReminderRule {
  readonly part: Part;
  /** Jours ouvrés after the acknowledgement (or the sending, without one). */
  readonly afterWorkingDays: number;
  readonly minCentimes: number;
  /** Days after a reminder before the next one. */
  readonly againAfterDays: number;
}

export interface ForclusionRule {
  readonly part: Part;
  readonly months: number;
  /** From the invoice's date, or from the first day of the quarter after it. */
  readonly from: 'completion' | 'next-quarter';
  readonly warnDays: number;
}

/** French words of a reminder letter; `{n}`, `{reste}` and `{penalite}` are filled in. */
export interface ReminderWords {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** Takes the place of `{penalite}` when one is owed. */
  readonly penalty: string;
  readonly closing: string;
}

export type ReminderTexts = Readonly<Record<Part, ReminderWords>>;

export interface ThirdPartyRules {
  readonly latePayment: readonly LatePaymentRule[];
  /** Upper bounds, in days since sending, of the age classes. */
  readonly ages: readonly number[];
  readonly reminders: readonly ReminderRule[];
  readonly forclusion: readonly ForclusionRule[];
  /** `code refined`: an invoice refused so must not be billed again. */
  readonly doNotRetransmit: readonly string[];
  /** `code refined` → code of the error catalogue. */
  readonly rejectionErrors: Readonly<Record<string, string>>;
  /** French. */
  readonly causes: Readonly<Record<OpenCause, string>>;
  /** French. */
  readonly likely: Readonly<Record<LikelyCause, string>>;
  readonly letters: ReminderTexts;
}

/** `0450 097`: how the table names a refusal. */
export function refusalKey({ code, refined }: { readonly code: string; readonly refined: string | null }): string {
  return `${code} ${refined ?? ''}`.trim();
}
