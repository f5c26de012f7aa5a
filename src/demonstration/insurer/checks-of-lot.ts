/** The insurer's own checks of a lot, in the order of spec/arl.md § 3.4: L001, L003, L002, L009, L010, L007, L005, L004. Pure. */
import type { ReadFile, ReadLot } from './b2-reading';
import { dayOf, numeric } from './checks-of-invoice';
import type { LotCode } from './codes';
import { sealHolds } from './seal';

const OLDEST_DAYS = 90;
const POSTDATED_DAYS = 2;
const WORK_ACCIDENT = '41';

function bodyServed({ header }: ReadFile, lot: ReadLot): boolean {
  // the number of an AMO is régime (2), body (3), data centre (3); a complementary insurer's lots name no body
  const complementary = header.recipientType === 'OC' || header.recipientType === 'OT';
  return lot.header.recipientBody === (complementary ? '000' : header.recipientNumber.slice(-6, -3));
}

/** One practitioner, one marking, one régime and one kind of risk in a lot (spec/lots-and-files.md § 2). */
function homogeneous({ header: file }: ReadFile, { header, trailer, invoices }: ReadLot): boolean {
  const complementary = file.recipientType === 'OC' || file.recipientType === 'OT';
  const regimes = new Set(invoices.map((invoice) => invoice.header.regime));
  const risks = new Set(invoices.map((invoice) => invoice.header.insuranceNature === WORK_ACCIDENT));
  return (
    trailer.billingNumber === header.billingNumber &&
    invoices.every((invoice) => invoice.keys.every((key) => key.billingNumber === header.billingNumber)) &&
    invoices.every((invoice) => invoice.header.marking === trailer.marking) &&
    (complementary || (regimes.size === 1 && regimes.has(file.recipientNumber.slice(-8, -6)))) &&
    risks.size === 1 &&
    /^[SFD ]$/.test(header.security) &&
    /^[UE]$/.test(header.currency)
  );
}

function totalsHold({ header, trailer, invoices }: ReadLot): boolean {
  const sum = (name: 'fees' | 'amo' | 'amc'): number => invoices.reduce((total, invoice) => total + numeric(invoice.trailer[name]), 0);
  return (
    numeric(trailer.invoices) === invoices.length &&
    numeric(trailer.type5) === invoices.length &&
    numeric(trailer.actLines) === invoices.reduce((count, invoice) => count + invoice.acts.length, 0) &&
    numeric(trailer.type2) === invoices.reduce((count, invoice) => count + invoice.type2, 0) &&
    numeric(trailer.fees) === sum('fees') &&
    numeric(trailer.amo) === sum('amo') &&
    numeric(trailer.amc) === sum('amc') &&
    trailer.lotNumber === header.lotNumber
  );
}

/**
 * The first fault of a lot, null when there is none.
 * @param today day number of the receipt date.
 * @param withoutConvention billing numbers refused at this date.
 */
export function checkLot(file: ReadFile, lot: ReadLot, today: number, withoutConvention: readonly string[]): LotCode | null {
  const { header } = lot;
  const day = dayOf(header.lotDate);
  if (!/^\d{3}$/.test(header.lotNumber) || header.lotNumber === '000' || Number.isNaN(day)) return 'L001';
  if (day > today + POSTDATED_DAYS) return 'L003';
  if (day < today - OLDEST_DAYS) return 'L002';
  if (!bodyServed(file, lot)) return 'L009';
  if (withoutConvention.includes(header.billingNumber)) return 'L010';
  if (!homogeneous(file, lot)) return 'L007';
  if (!totalsHold(lot)) return 'L005';
  if (!sealHolds(lot.bytes)) return 'L004';
  return null;
}
