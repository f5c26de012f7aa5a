/**
 * The checks of the contract's table (§ 1) beyond the schema, one rule each. A rule answers the first fault it finds, or null.
 * A fault refuses this invoice and no other.
 */
import { dayNumber } from '../domain/calendar';
import type { Invoice, LocalDate, Marking } from '../domain/invoice';
import { hasLuhnKey, nirKey } from '../domain/keys';
import { amoCeiling, formatEuros } from '../domain/money';
import type { PracticeMode } from '../domain/practice';
import type { HeldReason } from '../store/port';

export interface CheckContext {
  /** Today, legal time. */
  readonly today: LocalDate;
  readonly mode: PracticeMode;
  /** A payer rejects what was completed longer ago (days). */
  readonly maxAgeDays: number;
}

export type Check = (invoice: Invoice, context: CheckContext) => HeldReason | null;

const MARKINGS: Readonly<Record<PracticeMode, readonly Marking[]>> = { demo: ['D', 'T'], test: ['T'], reel: ['R'] };

const fault = (code: string, details: HeldReason['details'] = {}): HeldReason => ({ code, details });

const marking: Check = (invoice, { mode }) =>
  MARKINGS[mode].includes(invoice.marking) ? null : fault('FAC-031', { m: invoice.marking, mode });

const nirKeys: Check = ({ insured, beneficiary }) => {
  if (nirKey(insured.nir) !== insured.nirKey) return fault('FAC-003');
  if ((beneficiary.nir === undefined) !== (beneficiary.nirKey === undefined)) return fault('FAC-003');
  if (beneficiary.nir !== undefined && nirKey(beneficiary.nir) !== beneficiary.nirKey) return fault('FAC-003');
  return null;
};

const billingKeys: Check = ({ practitioner, amo, acts }) => {
  const numbers = [practitioner.billingNumber, practitioner.replacement, amo.prescriber?.number, ...acts.map((act) => act.performer)];
  return numbers.some((number) => number !== undefined && !hasLuhnKey(number)) ? fault('FAC-004') : null;
};

const amcKey: Check = ({ amc }) => (amc !== undefined && !hasLuhnKey(amc.number) ? fault('FAC-005') : null);

const TOTALS = [
  { name: 'fees', champ: 'honoraires' },
  { name: 'amo', champ: 'part AMO' },
  { name: 'amc', champ: 'part AMC' },
  { name: 'patientShare', champ: 'part de l’assuré' },
] as const;

const totals: Check = ({ acts, totals: stated }) => {
  const sum = (of: (act: Invoice['acts'][number]) => number): number => acts.reduce((total, act) => total + of(act), 0);
  const fees = sum((act) => act.fee);
  const amo = sum((act) => act.amo);
  const expected = { fees, amo, amc: sum((act) => act.amc ?? 0), patientShare: fees - amo };
  for (const { name, champ } of TOTALS)
    if (stated[name] !== expected[name]) return fault('FAC-012', { champ, a: formatEuros(stated[name]), b: formatEuros(expected[name]) });
  return null;
};

const amoAmount: Check = ({ acts }) => {
  const n = acts.findIndex((act) => act.amo > amoCeiling(act.base, act.rate)) + 1;
  return n > 0 ? fault('FAC-013', { n }) : null;
};

const partsWithinFee: Check = ({ acts }) => {
  const n = acts.findIndex((act) => act.amo + (act.amc ?? 0) > act.fee) + 1;
  return n > 0 ? fault('FAC-029', { n }) : null;
};

const thirdParty: Check = ({ thirdParty: mode, amc, totals: stated, acts }) => {
  if (mode === 'none' && (stated.amc > 0 || acts.some((act) => (act.amc ?? 0) > 0))) return fault('FAC-032');
  if ((mode === 'amo+amc' || mode === 'amc') && amc === undefined) return fault('FAC-020');
  return null;
};

const split: Check = ({ kind, linkedTo }) => (kind === 'DRE' && linkedTo === undefined ? fault('FAC-030') : null);

const dates: Check = (invoice, { today, maxAgeDays }) => {
  if (invoice.completedOn > today) return fault('FAC-009', { champ: 'la facture' });
  for (const act of invoice.acts) {
    if (act.date > today) return fault('FAC-009', { champ: 'un acte' });
    if (act.date > invoice.completedOn) return fault('FAC-010');
  }
  if (dayNumber(today) - dayNumber(invoice.completedOn) > maxAgeDays) return fault('FAC-025');
  return null;
};

/** In the order in which faults are reported. */
export const CHECKS: readonly Check[] = [
  marking,
  nirKeys,
  billingKeys,
  amcKey,
  split,
  thirdParty,
  amoAmount,
  partsWithinFee,
  totals,
  dates,
];

/** The first fault of an invoice, or null when it may be taken. */
export function firstFault(invoice: Invoice, context: CheckContext): HeldReason | null {
  for (const check of CHECKS) {
    const found = check(invoice, context);
    if (found !== null) return found;
  }
  return null;
}
