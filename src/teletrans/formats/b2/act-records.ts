/** The values of the type 4x records of an act (contract § 5; spec/b2.md § 5). */
import { VitaleError } from '../../domain/errors';
import type { Act, CcamDetail, Invoice } from '../../domain/invoice';
import type { RecordInput } from '../fixed-width/layout';
import type { Writing } from '../port';
import { CHOICES, MAX_CCAM } from './choices';
import { shortDate } from './dates';
import { psIdentity } from './invoice-records';
import type { B2_RECORDS } from './records';

type Input<T extends keyof typeof B2_RECORDS> = RecordInput<(typeof B2_RECORDS)[T]['fields']>;

function approvalCode(act: Act): string {
  return act.priorApproval?.code ?? CHOICES.priorApproval;
}

function approvalDate(act: Act): string | undefined {
  return act.priorApproval?.on === undefined ? undefined : shortDate(act.priorApproval.on);
}

// The objects of these records are written out name by name: spreading one into another costs more than writing the record.

/** @param sequence 1 for the first act of the invoice. */
export function actLine(invoice: Invoice, act: Act, sequence: number): Input<'4'> {
  return {
    ps_billing_no: invoice.practitioner.billingNumber,
    insured_nir: invoice.insured.nir,
    insured_nir_key: invoice.insured.nirKey,
    invoice_no: invoice.number,
    sequence,
    prior_approval_date: approvalDate(act),
    prior_approval_code: approvalCode(act),
    act_exemption_code: act.exemption,
    performer_no: act.performer ?? invoice.practitioner.billingNumber,
    performer_zone: act.zone,
    performer_specialty: act.specialty,
    act_date: shortDate(act.date),
    act_code: act.code,
    quantity: act.quantity,
    coefficient: act.coefficient,
    enumeration: act.enumeration ?? CHOICES.enumeration,
    unit_price: act.unitPrice,
    base_amount: act.base,
    rate: act.rate,
    amo_amount: act.amo,
    fee_amount: act.fee,
    spend_qualifier: act.qualifier ?? '',
    place_code: act.place,
    amc_amount: act.amc,
  };
}

/** Codes 0 and blank mean no exemption: nothing to detail. */
function hasExemption(act: Act): boolean {
  return act.exemption !== undefined && act.exemption !== ' ' && act.exemption !== '0';
}

/** 4S, when there is a prior approval other than 9, a locum or an exemption detail; null otherwise. */
export function continuation(invoice: Invoice, act: Act, sequence: number): Input<'4S'> | null {
  const { replacement } = invoice.practitioner;
  const asked = approvalCode(act) !== CHOICES.priorApproval;
  if (!asked && replacement === undefined && !hasExemption(act)) return null;
  return {
    ...psIdentity(invoice),
    sequence,
    prior_approval_date: approvalDate(act),
    prior_approval_code: approvalCode(act),
    replacement_no: replacement,
  };
}

/**
 * 4E, after each 4S of the late version (spec/b2.md § 6): the RPPS of whom performed the act, the locum where there is one, blank where nothing says it. It is
 * the only late field that is written: the contract's invoice has no source for the others (prescriber's RPPS, structures, care path, declared doctor,
 * co-ordination, prescriber's condition, prevention, insured's contribution), which stay blank.
 */
export function performerIdentity(invoice: Invoice, act: Act, sequence: number, rppsOf: Writing['rppsOf']): Input<'4E'> {
  const { billingNumber, replacement } = invoice.practitioner;
  const named = act.performer ?? billingNumber;
  const performer = named === billingNumber ? (replacement ?? named) : named;
  return { ...psIdentity(invoice), sequence, performer_rpps: rppsOf(performer) ?? undefined };
}

function ccamDetail(invoice: Invoice, act: Act, detail: CcamDetail, sequence: number): Input<'4M'> {
  return {
    ps_billing_no: invoice.practitioner.billingNumber,
    insured_nir: invoice.insured.nir,
    insured_nir_key: invoice.insured.nirKey,
    invoice_no: invoice.number,
    sequence,
    ccam_code: detail.code,
    activity_code: detail.activity,
    phase_code: detail.phase ?? CHOICES.phase,
    modifiers: detail.modifiers,
    association_code: detail.association,
    exceptional_reimb: detail.exceptional,
    session_date: shortDate(sessionOf(act, detail)),
    teeth: detail.teeth?.join(''),
  };
}

function sessionOf(act: Act, detail: CcamDetail): string {
  return detail.on ?? act.date;
}

/** One 4M per CCAM act, by date of session. Errors: FAC-016 when there are more than 26. */
export function ccamDetails(invoice: Invoice, act: Act, sequence: number): readonly Input<'4M'>[] {
  const details = act.ccam ?? [];
  if (details.length > MAX_CCAM) throw new VitaleError('FAC-016', { record: '4M', n: details.length });
  const sorted = [...details].sort((a, b) => sessionOf(act, a).localeCompare(sessionOf(act, b)));
  return sorted.map((detail) => ccamDetail(invoice, act, detail, sequence));
}
