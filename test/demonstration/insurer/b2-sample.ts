/** Made-up B2 files by hand, from the worked file of spec/b2.md § 11: columns are replaced in its lines, totals and seals computed again here. */
import { createHash, createHmac } from 'node:crypto';

const FILE_000 =
  '000TP00000999000011······CP00000001999999000000ZZ000042261123ZZZZB2···············128···········································';
const LOT_1 =
  '1999000011······999007·······CABINET·FICTIF··························ZZ261123·ZZS000000U········································';
const INV_2 =
  '2999000011·170027512345681000000101·T·1261123·F·0199999991999000011261123···10000000000000000007002141··········000500··········';
const ACT_4A =
  '4999000011·170027512345681000000101·01000000000009····9990000110019261123C····01000100000002300000230007000016100002300·00000000';
const ACT_4B =
  '4999000011·170027512345681000000101·02000000000009····9990000110019261123PFM··01000100000012000001200007000084000029000·00000000';
const ACT_4M =
  '4999000011·170027512345681000000101M02····HBLD038·······10······26112336························································';
const INV_5 =
  '5999000011·170027512345681000000101···002················00031300000100100002129000000000·······5EB4EBEEE002243D07A69AFC6FF82DAF';
const LOT_6 =
  '699900001100100020001001000031300000010010000000000007TF·······························0000000000DDBBBAFB651576C3D02AA3E85CB9137';
const FILE_999 =
  '999TP00000999000011······CP00000001999999······ZZ00004200000009···················001···········································';

const blanks = (line: string): string => line.replaceAll('·', ' ');

/** `record` with `value` from column `first` (1-based). */
export function put(record: string, first: number, value: string): string {
  return record.slice(0, first - 1) + value + record.slice(first - 1 + value.length);
}

export function seal(records: string): string {
  const zone = createHmac('sha256', 'SIMULATEUR-SEUL')
    .update(`${records.slice(0, -32)}${' '.repeat(32)}`, 'latin1')
    .digest('hex')
    .slice(0, 32)
    .toUpperCase();
  return records.slice(0, -32) + zone;
}

export interface SampleInvoice {
  readonly number: string;
  /** Changes the records 2 to 5 before they are sealed. */
  readonly edit?: (records: string[]) => string[];
  /** Changes them after. */
  readonly spoil?: (records: string) => string;
}

export interface SampleLot {
  readonly number: string;
  readonly billingNumber?: string;
  readonly date?: string;
  readonly security?: string;
  readonly marking?: string;
  readonly body?: string;
  readonly invoices?: readonly SampleInvoice[];
  readonly editHeader?: (record: string) => string;
  readonly editTrailer?: (record: string) => string;
  readonly spoil?: (records: string) => string;
}

export interface SampleFile {
  readonly fileId?: string;
  readonly sender?: string;
  readonly recipient?: string;
  readonly lots: readonly SampleLot[];
  readonly editHeader?: (record: string) => string;
  readonly editTrailer?: (record: string) => string;
}

function line(text: string): string {
  const record = blanks(text);
  if (record.length !== 128) throw new Error(`${record.slice(0, 3)} has ${record.length} columns`);
  return record;
}

function sampleInvoice(invoice: SampleInvoice, billingNumber: string, marking: string): string {
  const base = [INV_2, ACT_4A, ACT_4B, ACT_4M, INV_5].map(line);
  base[0] = put(base[0] ?? '', 37, marking);
  const keyed = base.map((record) => put(put(record, 2, billingNumber), 27, invoice.number));
  const records = seal((invoice.edit?.(keyed) ?? keyed).join(''));
  return invoice.spoil?.(records) ?? records;
}

function sampleLot(lot: SampleLot): string {
  const { number, billingNumber = '999000011', date = '261123', security = 'S', marking = 'T', body = '999' } = lot;
  const invoices = (lot.invoices ?? [{ number: '000000101' }]).map((invoice) => sampleInvoice(invoice, billingNumber, marking));
  let header = line(LOT_1);
  for (const [column, value] of [
    [2, billingNumber],
    [17, body],
    [20, number],
    [72, date],
    [81, security],
  ] as const)
    header = put(header, column, value);
  const count = invoices.length;
  const digits = (value: number, width: number): string => String(value).padStart(width, '0');
  let trailer = line(LOT_6);
  for (const [column, value] of [
    [2, billingNumber],
    [11, digits(count, 3)],
    [14, digits(2 * count, 4)],
    [18, digits(count, 4)],
    [22, digits(count, 3)],
    [25, digits(31300 * count, 9)],
    [34, digits(10010 * count, 9)],
    [52, number],
    [55, marking],
  ] as const)
    trailer = put(trailer, column, value);
  header = lot.editHeader?.(header) ?? header;
  trailer = lot.editTrailer?.(trailer) ?? trailer;
  const records = seal(header + invoices.join('') + trailer);
  return lot.spoil?.(records) ?? records;
}

/** The bytes of a whole file. */
export function sampleFile({ fileId = '000042', sender, recipient, lots, editHeader, editTrailer }: SampleFile): Buffer {
  const from = (sender ?? lots[0]?.billingNumber ?? '999000011').padStart(14, '0');
  const identity = (record: string): string => {
    const named = put(put(record, 6, from), 50, fileId);
    return recipient === undefined ? named : put(named, 26, recipient);
  };
  const body = lots.map(sampleLot).join('');
  const header = identity(line(FILE_000));
  const volume = String(body.length / 128 + 2).padStart(8, '0');
  const trailer = put(put(identity(line(FILE_999)), 56, volume), 83, String(lots.length).padStart(3, '0'));
  return Buffer.from((editHeader?.(header) ?? header) + body + (editTrailer?.(trailer) ?? trailer), 'latin1');
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
