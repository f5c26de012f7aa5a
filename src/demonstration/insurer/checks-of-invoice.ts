/** The insurer's own checks of an invoice, in the order of spec/arl.md § 3.4: I001, I008, I003, I004, I005, I007, I006 (I002 needs the memory). Pure. */
import type { ReadInvoice } from './b2-reading';
import type { InvoiceCode } from './codes';
import { sealHolds } from './seal';

/** Grouping codes of dental CCAM: such an act carries its CCAM detail (spec/b2.md § 5). */
const CCAM_GROUPS: ReadonlySet<string> = new Set(
  'ADC INO ADI ICO ATM PAM PAR ADA PDT ADE PFC PFM ACO RPN AXI IMP END SDE DEN TDS'.split(' '),
);
/** FDI notation, permanent then milk teeth, and the zones of spec/b2.md § 5. */
const TOOTH = /^([1-4][1-8]|[5-8][1-5]|0[0-8]|[1-4]0)$/;

/** A field of digits as a number; NaN when it holds anything else, so that no comparison holds. */
export function numeric(field: string): number {
  return /^\d+$/.test(field) ? Number(field) : Number.NaN;
}

/** Day number of an AAMMJJ date of this century; NaN when there is no such day. */
export function dayOf(field: string): number {
  const [, year, month, day] = /^(\d\d)(\d\d)(\d\d)$/.exec(field) ?? [];
  if (year === undefined || month === undefined || day === undefined) return Number.NaN;
  const date = new Date(`20${year}-${month}-${day}T00:00:00Z`);
  const same = !Number.isNaN(date.getTime()) && date.toISOString().slice(2, 10) === `${year}-${month}-${day}`;
  return same ? date.getTime() / 86_400_000 : Number.NaN;
}

function nirKeyHolds(nir: string, key: string): boolean {
  const digits = nir.replace(/^(.{5})2A/, '$119').replace(/^(.{5})2B/, '$118');
  return /^\d{13}$/.test(digits) && /^\d\d$/.test(key) && 97 - Number(BigInt(digits) % 97n) === Number(key);
}

function numberWrong({ key, keys }: ReadInvoice): boolean {
  return (
    !/^\d{9}$/.test(key.invoiceNumber) || Number(key.invoiceNumber) === 0 || keys.some((other) => other.invoiceNumber !== key.invoiceNumber)
  );
}

function mandatoryMissing({ key, header, beneficiary, acts }: ReadInvoice): boolean {
  const digits = [header.invoiceDate, header.regime, header.fund, header.centre, header.insuranceNature, header.payee];
  const texts = [key.nir, header.exemption, header.birthDate];
  if (beneficiary !== null) texts.push(beneficiary.quality, beneficiary.lastName, beneficiary.firstName);
  for (const { fields } of acts) {
    digits.push(
      fields.performer,
      fields.date,
      fields.quantity,
      fields.coefficient,
      fields.unitPrice,
      fields.base,
      fields.rate,
      fields.amo,
      fields.fee,
    );
    texts.push(fields.code);
  }
  return digits.some((field) => !/^\d+$/.test(field)) || texts.some((field) => field.trim() === '');
}

function nirWrong({ key, keys, beneficiaryNir }: ReadInvoice): boolean {
  if (!nirKeyHolds(key.nir, key.nirKey)) return true;
  if (keys.some((other) => other.nir !== key.nir || other.nirKey !== key.nirKey)) return true;
  return beneficiaryNir !== null && beneficiaryNir.nir.trim() !== '' && !nirKeyHolds(beneficiaryNir.nir, beneficiaryNir.key);
}

function totalsWrong({ acts, trailer }: ReadInvoice): boolean {
  const sum = (name: 'fee' | 'amo' | 'amc'): number => acts.reduce((total, { fields }) => total + numeric(fields[name]), 0);
  const fees = sum('fee');
  const amo = sum('amo');
  return !(
    numeric(trailer.acts) === acts.length &&
    numeric(trailer.fees) === fees &&
    numeric(trailer.amo) === amo &&
    numeric(trailer.patientShare) === fees - amo &&
    numeric(trailer.amc) === sum('amc')
  );
}

function datesWrong({ header, acts }: ReadInvoice, today: number): boolean {
  const invoice = dayOf(header.invoiceDate);
  return acts.some(({ fields }) => !(dayOf(fields.date) <= invoice && dayOf(fields.date) <= today));
}

function ccamWrong({ acts }: ReadInvoice): boolean {
  return acts.some(({ fields, ccam }) => {
    if (ccam.length === 0) return CCAM_GROUPS.has(fields.code.trim());
    if (ccam.length > 26) return true;
    return ccam.some(({ code, activity, date, teeth }) => {
      const named = teeth.trimEnd();
      const pairs = named.match(/..?/g) ?? [];
      return (
        !/^[A-Z]{4}\d{3} {6}$/.test(code) ||
        !/^\d$/.test(activity) ||
        !(/^(0{6}| {6})$/.test(date) || dayOf(date) > 0) ||
        pairs.some((pair) => !TOOTH.test(pair))
      );
    });
  });
}

/** All the faults of an invoice, in order. @param today day number of the receipt date. */
export function checkInvoice(invoice: ReadInvoice, today: number): readonly InvoiceCode[] {
  const faults: readonly (readonly [InvoiceCode, boolean])[] = [
    ['I001', numberWrong(invoice)],
    ['I008', mandatoryMissing(invoice)],
    ['I003', nirWrong(invoice)],
    ['I004', totalsWrong(invoice)],
    ['I005', datesWrong(invoice, today)],
    ['I007', ccamWrong(invoice)],
    ['I006', !sealHolds(invoice.bytes)],
  ];
  return faults.filter(([, wrong]) => wrong).map(([code]) => code);
}
