/**
 * The invoice document handed over by the practice software (FSE or DRE).
 * Shape: the contract's `invoice.schema.json` (`logosw.facture/1`). Money is integer centimes, dates are local calendar dates (`AAAA-MM-JJ`).
 */

/** FSE: for the compulsory insurer (AMO). DRE: for the complementary one (AMC). */
export type InvoiceKind = 'FSE' | 'DRE';
/** R real, T test, D demonstration. */
export type Marking = 'R' | 'T' | 'D';
/** S Vitale + CPS, F secured without Vitale, D degraded (a paper sheet goes with it), blank unsecured. */
export type Securing = 'S' | 'F' | 'D' | ' ';
/** Dispense d'avance de frais. */
export type ThirdParty = 'none' | 'amo' | 'amo+amc' | 'amc';
/** practice: a separate DRE exists; oct: the concentrator splits this FSE. */
export type Split = 'none' | 'practice' | 'oct';
/** Calendar date `AAAA-MM-JJ`. */
export type LocalDate = string;

export interface CcamDetail {
  readonly code: string;
  readonly activity: string;
  readonly phase?: string;
  readonly modifiers?: string;
  readonly association?: string;
  readonly exceptional?: string;
  readonly on?: LocalDate;
  readonly teeth?: readonly string[];
}

export interface Act {
  readonly code: string;
  readonly date: LocalDate;
  readonly quantity: number;
  /** Hundredths. */
  readonly coefficient: number;
  readonly enumeration?: number;
  readonly unitPrice: number;
  readonly base: number;
  /** Percent. */
  readonly rate: number;
  readonly amo: number;
  readonly fee: number;
  readonly amc?: number;
  readonly qualifier?: string;
  readonly place: string;
  readonly exemption?: string;
  readonly performer?: string;
  readonly specialty?: string;
  readonly zone?: string;
  readonly priorApproval?: { readonly code: string; readonly on?: LocalDate };
  readonly ccam?: readonly CcamDetail[];
}

export interface Invoice {
  readonly format: 'logosw.facture/1';
  /** The host's own identifier. */
  readonly id: string;
  readonly kind: InvoiceKind;
  /** 9 digits, unique per billing number whatever the kind. */
  readonly number: string;
  readonly marking: Marking;
  readonly securing: Securing;
  readonly completedOn: LocalDate;
  readonly deadlineFrom?: LocalDate;
  readonly linkedTo?: string;
  readonly practitioner: { readonly billingNumber: string; readonly situation: string; readonly replacement?: string };
  readonly insured: { readonly nir: string; readonly nirKey: string };
  readonly beneficiary: {
    readonly lastName: string;
    readonly firstName: string;
    /** May be lunar: month 13-99, day 00-99. */
    readonly birthDate: string;
    readonly birthRank: number;
    readonly quality: 'A' | 'C' | 'E' | 'AA';
    readonly nir?: string;
    readonly nirKey?: string;
  };
  readonly amo: {
    readonly regime: string;
    readonly fund: string;
    readonly centre: string;
    readonly insuranceNature: string;
    readonly exemption: string;
    readonly rightsProof?: string;
    readonly maternityOn?: LocalDate;
    readonly accident?: { readonly number?: string; readonly on?: LocalDate };
    readonly prescriber?: { readonly number: string; readonly on: LocalDate; readonly specialty?: string };
  };
  readonly amc?: {
    readonly number: string;
    readonly member?: string;
    readonly contractType?: string;
    readonly routing?: { readonly code: string; readonly host: string; readonly domain?: string };
  };
  readonly thirdParty: ThirdParty;
  readonly split: Split;
  readonly acts: readonly Act[];
  readonly totals: { readonly fees: number; readonly amo: number; readonly patientShare: number; readonly amc: number };
  readonly signature?: { readonly ps?: string; readonly vitale?: string };
}
