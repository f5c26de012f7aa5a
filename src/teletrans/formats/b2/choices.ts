/**
 * Values with no published meaning. They stand here, not in the code, because a real profile will replace them (spec/b2.md § 3, § 7 and § 11, all marked A).
 */

/** Norm and application codes of records 000 and 1, as a transmission profile gives them. */
export interface B2Profile {
  /** 000: 48-49. */
  readonly application: string;
  /** 000: 62-65. */
  readonly normCode: string;
  /** 1: 70-71. */
  readonly lotNormVersion: string;
  /** 1: 79-80. */
  readonly lotNormCode: string;
  /** 1: 82-87, digits. */
  readonly lotNormVersionNo: string;
}

/** Deliberately no production values. */
export const PLACEHOLDER_PROFILE: B2Profile = {
  application: 'ZZ',
  normCode: 'ZZZZ',
  lotNormVersion: 'ZZ',
  lotNormCode: 'ZZ',
  lotNormVersionNo: '000000',
};

/** Our own choices (A) for fields whose values are not public. */
export const CHOICES = {
  /** 2: 39. */
  operationNature: '1',
  /** 2: 58, when the invoice says nothing. */
  rightsProof: '1',
  /** 2: 95, a locum's card signed the invoice. */
  replacementCardUsed: '1',
  /** 4: 87-88, when the invoice says nothing. */
  enumeration: 0,
  /** 4: 50 and 4S: 55, when the invoice says nothing (contract § 5). */
  priorApproval: '9',
  /** 4M: 58, when the invoice says nothing. */
  phase: '0',
  /** 1: 88, euro. */
  currency: 'U',
} as const;

/** 2: 115-116 (contract § 5). */
export const PAYEE = { none: '00', amo: '05', 'amo+amc': '15', amc: '25' } as const;

/** 2: 117-118, sent to an OCT that splits it. */
export const OCT_CONTRACT = '99';

/** Most type 4M records under one type 4 (spec/b2.md § 2). */
export const MAX_CCAM = 26;
