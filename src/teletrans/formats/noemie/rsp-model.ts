/** What a payer's return (RSP) says of the invoices, part by part (spec/noemie.md § 4). */
import type { FileFault } from '../port';

/** Of 198 and 199, the words of spec/noemie.md § 4. `unprocessed`: the payer says nothing yet. */
export type RspState =
  | 'paid'
  /** Paid, but not what was asked. */
  | 'part-paid'
  | 'rejected'
  | 'deferred'
  | 'unprocessed'
  /** Money taken back (sign N). */
  | 'recovered'
  /** A letter that the norm does not have: kept, for a person to look at. */
  | 'unknown';

export interface RspRejection {
  /** As it travelled, without padding. */
  readonly code: string;
  /** The code of the 294 of level A that follows, null when there is none. */
  readonly refined: string | null;
  /** The table's words when the code is known, else those that travelled in the file. French. */
  readonly label: string;
  /** What to do; null when the table does not know the code. French. */
  readonly advice: string | null;
  /** `invoice`, `line`, or null for a notice of the short form (290), which does not say. */
  readonly level: 'invoice' | 'line' | null;
  /** Line of the invoice, null when none is given. */
  readonly line: number | null;
}

export interface RspPart {
  /** Centimes. */
  readonly requested: number;
  /** Centimes; of a recovery, what is taken back. */
  readonly paid: number;
  /** N takes money back. */
  readonly sign: 'P' | 'N';
  readonly state: RspState;
  readonly rejections: readonly RspRejection[];
}

export interface RspAmcPart extends RspPart {
  /** 10 digits. */
  readonly amcNumber: string;
}

export interface RspInvoice {
  /** Of the 102 or 100, counted from 1. */
  readonly record: number;
  /** Payee of the 040 it stands under, leading zeros dropped to 9 digits; null when there is none. */
  readonly billingNumber: string | null;
  readonly number: string;
  /** From 102, else from the 080 it stands under. */
  readonly lotNumber: string | null;
  /** AAMMJJ as it travels, from 102, else from 080. */
  readonly lotDate: string | null;
  /** F FSE, D DRE and the other letters of 102: 30; null after a 100, which has none. */
  readonly kind: string | null;
  readonly amo: RspPart | null;
  readonly amc: RspAmcPart | null;
  /** Reasons of a part that the return does not hold: nothing is dropped. */
  readonly otherRejections: readonly RspRejection[];
  /** Comments 295, as they travelled. May speak of a patient. */
  readonly comments: readonly string[];
}

export interface Rsp {
  readonly invoices: readonly RspInvoice[];
  /** Differences of the 990 and 999 controls, and what stands where it should not: for a person to look at. */
  readonly warnings: readonly FileFault[];
  readonly faults: readonly FileFault[];
}
