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

/** What 000 says of the file: with the sender, its identity. */
export interface RspSource {
  /** `CP`, `OC`… */
  readonly senderType: string;
  /** 14 digits. */
  readonly senderNumber: string;
  readonly fileId: string;
  /** AAMMJJ as it travels. */
  readonly fileDate: string;
  readonly exchangeRef: string;
  /** Blank or R real, T test, D demonstration. */
  readonly flowKind: string;
}

/** A transfer of money (071): what follows it is paid by it. */
export interface RspTransfer {
  readonly record: number;
  /** AAMMJJ as it travels. */
  readonly date: string;
  /** Both labels. */
  readonly label: string;
  readonly payingBody: string | null;
}

/** Money that belongs to no invoice: a debt or deduction (250), a lump sum (261). */
export interface RspOtherAmount {
  readonly record: number;
  readonly kind: 'debt' | 'lump';
  readonly billingNumber: string | null;
  /** Rank of its transfer in `transfers`, from 0; null when there is none. */
  readonly transfer: number | null;
  /** Kinds of the debt and of its recovery (spec/noemie.md § 3), or the code of the lump sum. */
  readonly code: string;
  /** Reference of the debt. */
  readonly reference: string | null;
  /** Centimes; negative when it is taken from the transfer. */
  readonly amount: number;
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
  /** Rank of its transfer in `transfers`, from 0; null when it stands under none. */
  readonly transfer: number | null;
  readonly amo: RspPart | null;
  readonly amc: RspAmcPart | null;
  /** Reasons of a part that the return does not hold: nothing is dropped. */
  readonly otherRejections: readonly RspRejection[];
  /** Comments 295, as they travelled. May speak of a patient. */
  readonly comments: readonly string[];
}

export interface Rsp {
  readonly source: RspSource;
  readonly transfers: readonly RspTransfer[];
  readonly invoices: readonly RspInvoice[];
  readonly otherAmounts: readonly RspOtherAmount[];
  /** Total the file states (990 of level 99, else 999), centimes, negative when it takes back; null when it states none. */
  readonly statedTotal: number | null;
  /** Differences of the 990 and 999 controls, and what stands where it should not: for a person to look at. */
  readonly warnings: readonly FileFault[];
  readonly faults: readonly FileFault[];
}
