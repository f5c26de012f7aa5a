/** The insurer's judgement of a B2 file, in the order of checks of spec/arl.md § 3.4 (the first failure wins). Pure: what was received before is asked. */
import { createHash } from 'node:crypto';
import { readB2, type ReadFile, type ReadLot } from './b2-reading';
import { checkInvoice, dayOf, numeric } from './checks-of-invoice';
import { checkLot } from './checks-of-lot';
import type { FileCode, FileVerdict, InvoiceCode, LotVerdict } from './codes';

/** A front end the insurer plays: a mailbox and the recipients it answers for. */
export interface FrontEnd {
  readonly mailbox: string;
  /** Type (000: 26-27) and number on 14 digits (000: 28-41). */
  readonly serves: readonly { readonly type: string; readonly number: string }[];
}

/** What the insurer remembers of earlier mails. */
export interface Memory {
  /** SHA-256 of the file received under this identity, undefined when none was. */
  fileOf(senderNumber: string, fileId: string, fileDate: string): string | undefined;
  lotOf(billingNumber: string, lotNumber: string, lotDate: string): string | undefined;
  invoiceAccepted(billingNumber: string, invoiceNumber: string): boolean;
}

export interface JudgeSettings {
  readonly frontEnd: FrontEnd;
  /** Billing numbers known; null: every one with a right key. */
  readonly practitioners: readonly string[] | null;
  readonly withoutConvention: readonly string[];
  /** AAAA-MM-JJ, legal time. */
  readonly today: string;
}

/** Placeholders of the norm codes this insurer treats (spec/b2.md § 3). */
const FILE_NORM = 'ZZZZB2';
const LOT_NORM = { version: 'ZZ', code: 'ZZ', number: '000000' } as const;

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

function luhnHolds(number: string): boolean {
  let sum = 0;
  for (let rank = 0; rank < number.length; rank++) {
    const digit = Number(number[number.length - 1 - rank]) * (rank % 2 === 1 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return /^\d{9}$/.test(number) && sum % 10 === 0;
}

function coherent({ header, trailer, lots, records }: ReadFile): boolean {
  const same = (['senderType', 'senderNumber', 'recipientType', 'recipientNumber', 'application', 'fileId'] as const).every(
    (name) => header[name] === trailer[name],
  );
  return (
    same &&
    /^[A-Z0-9]{6}$/.test(header.fileId) &&
    numeric(trailer.volume) === records &&
    numeric(trailer.lots) === lots.length &&
    dayOf(header.fileDate) > 0
  );
}

function senderKnown({ header }: ReadFile, practitioners: readonly string[] | null): boolean {
  const number = header.senderNumber.slice(-9);
  if (header.senderType !== 'TP' || header.senderNumber !== number.padStart(14, '0')) return false;
  return practitioners === null ? luhnHolds(number) : practitioners.includes(number);
}

/** Test or demonstration, the same in the whole file. */
function markingFits({ lots }: ReadFile): boolean {
  const markings = new Set(lots.map((lot) => lot.trailer.marking));
  return markings.size === 1 && (markings.has('T') || markings.has('D'));
}

function normFits({ header, lots }: ReadFile): boolean {
  return (
    header.norm === FILE_NORM &&
    lots.every(
      ({ header: lot }) =>
        lot.normVersion === LOT_NORM.version && lot.normCode === LOT_NORM.code && lot.normVersionNumber === LOT_NORM.number,
    )
  );
}

function checkFile(file: ReadFile, hash: string, settings: JudgeSettings, memory: Memory): FileCode | null {
  const { header } = file;
  if (!coherent(file)) return 'F003';
  if (!settings.frontEnd.serves.some(({ type, number }) => type === header.recipientType && number === header.recipientNumber))
    return 'F004';
  if (!senderKnown(file, settings.practitioners)) return 'F005';
  if (!markingFits(file)) return 'F007';
  if (!normFits(file)) return 'F008';
  const before = memory.fileOf(header.senderNumber, header.fileId, header.fileDate);
  return before !== undefined && before !== hash ? 'F006' : null;
}

function judgeLot(file: ReadFile, lot: ReadLot, settings: JudgeSettings, memory: Memory, seen: Set<string>): LotVerdict {
  const { header, trailer, invoices, bytes } = lot;
  const today = Date.parse(`${settings.today}T00:00:00Z`) / 86_400_000;
  const hash = sha256(bytes);
  let code = checkLot(file, lot, today, settings.withoutConvention);
  if (code === null) {
    const before = memory.lotOf(header.billingNumber, header.lotNumber, header.lotDate);
    if (before !== undefined && before !== hash) code = 'L006';
  }
  const refused: { number: string; codes: readonly InvoiceCode[] }[] = [];
  if (code === null) {
    for (const invoice of invoices) {
      const codes = [...checkInvoice(invoice, today)];
      const name = `${header.billingNumber} ${invoice.key.invoiceNumber}`;
      if (seen.has(name) || memory.invoiceAccepted(header.billingNumber, invoice.key.invoiceNumber)) codes.push('I002');
      seen.add(name);
      if (codes.length > 0) refused.push({ number: invoice.key.invoiceNumber, codes });
    }
    if (refused.length > 0) code = 'L008';
  }
  return {
    billingNumber: header.billingNumber,
    lotNumber: header.lotNumber,
    lotDate: header.lotDate,
    security: header.security,
    sha256: hash,
    invoiceNumbers: invoices.map((invoice) => invoice.key.invoiceNumber),
    fees: numeric(trailer.fees) || 0,
    code,
    invoices: refused,
  };
}

/** The judgement, with the file as read (null when its structure is wrong). */
export function judge(
  content: Buffer,
  settings: JudgeSettings,
  memory: Memory,
): { readonly file: ReadFile | null; readonly verdict: FileVerdict } {
  const file = readB2(content);
  if (file === null) return { file, verdict: { code: 'F002', lots: [] } };
  const code = checkFile(file, sha256(content), settings, memory);
  if (code !== null) return { file, verdict: { code, lots: [] } };
  const seen = new Set<string>();
  return { file, verdict: { code: null, lots: file.lots.map((lot) => judgeLot(file, lot, settings, memory, seen)) } };
}
