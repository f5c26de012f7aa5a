/** The values of the type 2x records of an invoice (contract § 5, "records of an invoice"; spec/b2.md § 4). */
import type { Invoice } from '../../domain/invoice';
import { nirKey } from '../../domain/keys';
import type { RecordInput } from '../fixed-width/layout';
import { fitName } from '../text/folding';
import { CHOICES, OCT_CONTRACT, PAYEE } from './choices';
import { shortDate } from './dates';
import type { B2_LAYOUTS } from './records';

type Input<T extends keyof typeof B2_LAYOUTS> = RecordInput<(typeof B2_LAYOUTS)[T]['fields']>;

/** Positions 2-35 of every record of an invoice. */
export interface PsIdentity {
  readonly ps_billing_no: string;
  readonly insured_nir: string;
  readonly insured_nir_key: string;
  readonly invoice_no: string;
}

export function psIdentity(invoice: Invoice): PsIdentity {
  return {
    ps_billing_no: invoice.practitioner.billingNumber,
    insured_nir: invoice.insured.nir,
    insured_nir_key: invoice.insured.nirKey,
    invoice_no: invoice.number,
  };
}

/** F for what is secured or degraded, blank otherwise (spec/b2.md § 7, invoice type). */
export function invoiceType(securing: string): string {
  return securing === ' ' ? ' ' : 'F';
}

/** The AMC number in its 10-wide fields (contract § 5). */
function tenDigits(amcNumber: string): string {
  return amcNumber.padStart(10, '0');
}

function accidentNumber(accident: Invoice['amo']['accident']): string | undefined {
  return accident?.number ?? (accident?.on === undefined ? undefined : `${shortDate(accident.on)}000`);
}

function contractType(invoice: Invoice): string | undefined {
  return invoice.split === 'oct' ? OCT_CONTRACT : invoice.amc?.contractType;
}

/**
 * Without a prescriber the performer is taken for it, on the day of the invoice (A). Written out name by name: spreading one object into another costs more
 * than writing the record.
 */
export function header(invoice: Invoice): Input<'2'> {
  const { amo } = invoice;
  const { prescriber } = amo;
  return {
    ps_billing_no: invoice.practitioner.billingNumber,
    insured_nir: invoice.insured.nir,
    insured_nir_key: invoice.insured.nirKey,
    invoice_no: invoice.number,
    marking: invoice.marking,
    operation_nature: CHOICES.operationNature,
    invoice_date: shortDate(invoice.completedOn),
    split_flag: invoice.split === 'practice' ? 'E' : ' ',
    invoice_type: invoiceType(invoice.securing),
    regime: amo.regime,
    fund: amo.fund,
    centre: amo.centre,
    rights_proof: amo.rightsProof ?? CHOICES.rightsProof,
    prescriber_no: prescriber?.number ?? invoice.acts[0]?.performer ?? invoice.practitioner.billingNumber,
    prescription_date: shortDate(prescriber?.on ?? invoice.completedOn),
    prescriber_specialty: prescriber?.specialty,
    insurance_nature: amo.insuranceNature,
    exemption_code: amo.exemption,
    maternity_date: amo.maternityOn === undefined ? undefined : shortDate(amo.maternityOn),
    accident_no: accidentNumber(amo.accident),
    replacement_card_used: invoice.practitioner.replacement === undefined ? '0' : CHOICES.replacementCardUsed,
    birth_date: shortDate(invoice.beneficiary.birthDate),
    birth_rank: invoice.beneficiary.birthRank,
    payee: PAYEE[invoice.thirdParty],
    contract_type: contractType(invoice),
    amc_no: invoice.amc === undefined ? undefined : tenDigits(invoice.amc.number),
  };
}

/** 2S, when the beneficiary has a NIR of their own; null otherwise. */
export function ownNir(invoice: Invoice): Input<'2S'> | null {
  const { nir, nirKey: key } = invoice.beneficiary;
  return nir === undefined ? null : { ...psIdentity(invoice), individual_nir: nir, individual_nir_key: key ?? nirKey(nir) };
}

/** 2M, when a complementary insurer is named; null otherwise. A domain is written in upper case, the set has no other, and never folded: it is an address. */
export function amcRouting(invoice: Invoice): Input<'2M'> | null {
  const { amc } = invoice;
  if (amc === undefined) return null;
  return {
    ...psIdentity(invoice),
    amc_no: tenDigits(amc.number),
    amc_routing_code: amc.routing?.code,
    amc_host_id: amc.routing?.host,
    amc_member_id: amc.member,
    amc_domain: amc.routing?.domain?.toUpperCase(),
  };
}

/** 2B, always. Names are folded and shortened to their fields. */
export function beneficiary(invoice: Invoice): Input<'2B'> {
  const { lastName, firstName, quality } = invoice.beneficiary;
  return {
    ...psIdentity(invoice),
    beneficiary_quality: quality,
    title: '',
    last_name: fitName(lastName, 25).text,
    first_name: fitName(firstName, 15).text,
  };
}
