/** Third-party payments as the faces see them. Amounts are centimes, dates `AAAA-MM-JJ`; texts are French, from the tables. */
import type { Part } from '../domain/claims';
import type { InvoiceKind, LocalDate } from '../domain/invoice';
import type { PartState } from '../domain/states';
import type { LineKind } from '../store/third-party/port';
import type { Allocation, Said } from '../third-party/acts';
import type { AgeTotals, MonthOf, MonthSums } from '../third-party/charts';
import type { Total } from '../third-party/totals';

export type { AgeTotals, Allocation, MonthOf, MonthSums, Said, Total };

export interface ClaimRef {
  readonly invoiceId: string;
  readonly part: Part;
}

/** What one payer owes for one part of one invoice. */
export interface ClaimView extends ClaimRef {
  readonly number: string;
  readonly kind: InvoiceKind;
  /** Billing number. */
  readonly practitioner: string;
  readonly payer: string;
  /** Of the invoice. */
  readonly date: LocalDate;
  /** Legal dates of the sending and of the ARL; null for none. */
  readonly sentOn: LocalDate | null;
  readonly ackedOn: LocalDate | null;
  readonly state: PartState;
  readonly expected: number;
  readonly paid: number;
  readonly adjusted: number;
  readonly due: number;
  /** Days since it was sent. */
  readonly age: number;
  /** `0-7`, `8-30`, …, `91+`. */
  readonly ageClass: string;
  /** Jours ouvrés the AMO has taken beyond its legal delay or not, null while in time. */
  readonly lateDays: number | null;
  /** What the AMO owes for paying late. */
  readonly penalty: number;
  readonly remind: boolean;
  readonly reminders: number;
  /** Day of the last one. */
  readonly remindedOn: LocalDate | null;
  /** Last day to claim, when it is near or passed. */
  readonly forclusionOn: LocalDate | null;
  readonly owner: string | null;
}

export interface OpenLineView {
  readonly id: number;
  readonly kind: LineKind;
  readonly remittance: string;
  readonly payer: string;
  readonly date: LocalDate;
  readonly practitioner: string | null;
  readonly number: string | null;
  readonly lot: string | null;
  readonly part: Part | null;
  readonly amount: number;
  readonly answer: string | null;
  readonly cause: string;
  /** Codes and labels that travelled. */
  readonly said: readonly string[];
}

export interface CandidateView extends ClaimRef {
  readonly number: string;
  readonly kind: InvoiceKind;
  readonly practitioner: string;
  readonly payer: string;
  readonly date: LocalDate;
  readonly state: PartState;
  readonly due: number;
  /** The line less what is due. */
  readonly difference: number;
  readonly likely: readonly string[];
  readonly bookable: boolean;
}

/** A refused part, with what is known of why. */
export interface RejectionView extends ClaimRef {
  readonly number: string;
  readonly practitioner: string;
  readonly payer: string;
  readonly expected: number;
  readonly reasons: readonly { readonly code: string; readonly label: string; readonly who: string; readonly action: string }[];
  readonly mayBeBilledAgain: boolean;
}

export interface RemittanceView {
  readonly id: string;
  readonly fileId: string;
  readonly payer: string;
  readonly date: LocalDate;
  readonly labels: readonly string[];
  readonly lines: number;
  readonly total: number;
  readonly matched: number;
  readonly open: number;
  readonly setAside: number;
  /** What the file stated, when it differs from its lines. */
  readonly stated: number | null;
}

/** A return whose identity is known with other bytes, for a person. */
export interface ConflictView {
  readonly returnId: string;
  readonly message: string;
  readonly action: string;
  /** Who set it aside, and why; null while it waits. */
  readonly words: string | null;
}

/** Totals under one key, AMO and AMC together and apart. */
export interface GroupView extends Readonly<Record<'all' | Part, Total>> {
  readonly key: string;
}

/** Totals that agree with each other: each list of groups adds up to `totals`, and what is paid is what was matched of the remittances. */
export interface TotalsView {
  readonly totals: Readonly<Record<'all' | Part, Total>>;
  /** By day and month of the invoices. */
  readonly byDay: readonly GroupView[];
  readonly byMonth: readonly GroupView[];
  readonly byPayer: readonly GroupView[];
  /** By billing number. */
  readonly byPractitioner: readonly GroupView[];
  /** Centimes: matched + open + setAside = remittances; matched = what is paid. */
  readonly money: { readonly remittances: number; readonly matched: number; readonly open: number; readonly setAside: number };
}

/** open: not settled to the centime; late: the AMO is beyond its legal delay; remind: a reminder is due. */
export type Settlement = 'open' | 'settled' | 'late' | 'remind' | 'all';

/** Which claims a list shows. Null: all. */
export interface ClaimChoices {
  readonly part: Part | null;
  /** A name of {@link ThirdPartyOverview.payers}. */
  readonly payer: string | null;
  /** Billing number. */
  readonly practitioner: string | null;
  /** A label of {@link ThirdPartyOverview.ages}. */
  readonly age: string | null;
  readonly settlement: Settlement;
  /** Digits an invoice number contains; empty for any. */
  readonly search: string;
}

export type ClaimColumn = 'number' | 'part' | 'payer' | 'date' | 'age' | 'expected' | 'paid' | 'due' | 'state';

export interface ClaimOrder {
  readonly key: ClaimColumn;
  readonly direction: 'asc' | 'desc';
}

/** A stretch of a list of claims. */
export interface ClaimsAsked {
  readonly choices: ClaimChoices;
  readonly order: ClaimOrder;
  /** Rank of the first row, from 0. */
  readonly from: number;
  /** At most {@link MOST_ROWS}. */
  readonly count: number;
  /** {@link ClaimsPage.view} of an earlier answer, so that rows keep their ranks from the first scroll on; null for the list as it is now. */
  readonly view: string | null;
}

/** Rows given at once. */
export const MOST_ROWS = 500;

export interface ClaimsPage {
  readonly view: string;
  readonly from: number;
  readonly rows: readonly ClaimView[];
  /** Claims in the whole list. */
  readonly count: number;
  /** Of the whole list. */
  readonly totals: Readonly<Record<Part, Total>>;
}

/** A list of claims as a file. */
export interface ClaimsExportAsked extends Pick<ClaimsAsked, 'choices' | 'order'> {
  /** Of these alone, at most {@link MOST_CHOSEN}; null for all of the list. */
  readonly chosen: readonly ClaimRef[] | null;
  readonly format: 'csv' | 'xml';
}

/** Claims a person may choose one by one. */
export const MOST_CHOSEN = 500;

/** Lines of remittances in one status; the first are shown. */
export interface LinesView {
  readonly count: number;
  /** Centimes. */
  readonly amount: number;
  readonly shown: readonly OpenLineView[];
}

export interface ThirdPartyOverview {
  readonly today: LocalDate;
  readonly totals: Readonly<Record<'all' | Part, Total>>;
  /** Names, in order. */
  readonly payers: readonly string[];
  /** Labels of the age classes, youngest first. */
  readonly ages: readonly string[];
  readonly openLines: LinesView;
  /** Lines a person has set aside. */
  readonly asideLines: LinesView;
  readonly rejections: { readonly count: number; readonly shown: readonly RejectionView[] };
  readonly remittances: readonly RemittanceView[];
  readonly conflicts: readonly ConflictView[];
  readonly asideConflicts: readonly ConflictView[];
}

/** One line of the history of a claim. */
export interface HistoryView {
  readonly at: string;
  readonly kind: 'payment' | 'recovery' | 'refusal' | 'deferral' | 'notice' | 'adjustment' | 'closure' | 'note' | 'owner' | 'reminder';
  readonly amount: number;
  /** It undoes an earlier one. */
  readonly undo: boolean;
  /** It has been undone. */
  readonly undone: boolean;
  /** To be given to undo; null when it cannot be. */
  readonly batch: string | null;
  readonly words: string | null;
}

/** What is due by age, and month by month: both of one snapshot, both adding up to its totals. */
export interface ChartsView {
  readonly totals: Readonly<Record<'all' | Part, Total>>;
  /** In the order of {@link ThirdPartyOverview.ages}. */
  readonly ages: readonly AgeTotals[];
  /** Oldest first; what was due at the end of the last one is due now. Empty while nothing was ever sent. */
  readonly months: readonly MonthOf[];
}

/** Rows of `vitale tiers-payant`: what payers owe, by payer, part and age. */
export interface OwedRow extends Total {
  readonly payer: string;
  readonly part: Part;
  readonly age: string;
}

/** A reminder letter that is due: one a payer, part and practitioner. */
export interface ReminderLetter {
  /** Of this letter as it stands: a payment that comes, or another day, makes another one. 32 hexadecimal digits. */
  readonly id: string;
  readonly payer: string;
  /** Billing number. */
  readonly practitioner: string;
  readonly part: Part;
  readonly date: LocalDate;
  /** Oldest first. */
  readonly claims: readonly ClaimView[];
  readonly total: Total;
  /** Sum of the legal penalties of late AMO payments. */
  readonly penalty: number;
}

export interface ThirdPartyDesk {
  overview(): Promise<ThirdPartyOverview>;
  /** A stretch of the list of claims, with the totals of the whole of it. */
  claims(asked: ClaimsAsked): Promise<ClaimsPage>;
  /**
   * The whole list as a file, all of one snapshot, piece by piece: the next one is read once `write` has taken the one before.
   * @param stateWord the word of a state. @returns the number of its lines. Errors: those of `write`.
   */
  exportClaims(asked: ClaimsExportAsked, stateWord: (state: PartState) => string, write: (piece: string) => Promise<void>): Promise<number>;
  owed(): Promise<{ readonly rows: readonly OwedRow[]; readonly totals: Readonly<Record<'all' | Part, Total>> }>;
  charts(): Promise<ChartsView>;
  candidates(lineId: number): Promise<readonly CandidateView[]>;
  history(claim: ClaimRef): Promise<readonly HistoryView[]>;
  /** Books one line on the claims named, to the centime. @returns the batch. Errors: RET-044, RET-046, RET-047, DEC-001. */
  reconcile(lineId: number, allocations: readonly Allocation[], said: Said): Promise<string>;
  /** Books several lines, each whole on one claim, in one act: all or none. @returns the batch. Errors: as {@link reconcile}. */
  validate(choices: readonly { readonly lineId: number; readonly claim: ClaimRef }[], said: Said): Promise<string>;
  /** Errors: RET-046, DEC-001. */
  setAside(lineId: number, said: Said): Promise<void>;
  /** Puts a line set aside back into the remainder. Errors: RET-045, DEC-001. */
  takeUp(lineId: number, said: Said): Promise<void>;
  /** Errors: RET-048, DEC-001. */
  close(claim: ClaimRef, said: Said): Promise<string>;
  /** Takes `amount` centimes off what is due, towards zero; what has no payment yet is closed rather than adjusted to zero. Errors: RET-058, DEC-001. */
  adjust(claim: ClaimRef, amount: number, said: Said): Promise<string>;
  /** Errors: RET-045, DEC-001. */
  undo(batch: string, said: Said): Promise<void>;
  /** Counts a return whose identity was known with other bytes. Errors: RET-045 when it is none, DEC-001. */
  bookAnyway(returnId: string, said: Said): Promise<void>;
  /** Sets such a return aside: it is not counted. Errors: RET-045, DEC-001. */
  setAsideReturn(returnId: string, said: Said): Promise<void>;
  /** Takes it up again. Errors: RET-045, DEC-001. */
  takeUpReturn(returnId: string, said: Said): Promise<void>;
  totals(): Promise<TotalsView>;
  totalsExport(): Promise<string>;
  /** @param text an empty owner means nobody. */
  follow(claim: ClaimRef, kind: 'note' | 'owner', text: string, by: string): Promise<void>;
  /** The letters due by the practice's rules. */
  reminderLetters(): Promise<readonly ReminderLetter[]>;
  /** One of them as it was listed. Errors: RET-049 when it is not due any more as it was. */
  reminderLetter(id: string): Promise<ReminderLetter>;
  /** Notes that letters were sent: each of their claims is reminded today. All or none. Errors: RET-049, DEC-001. */
  reminded(ids: readonly string[], said: Said): Promise<void>;
  /** The bank reconciliation. */
  bankExport(format: 'csv' | 'xml'): Promise<string>;
}
