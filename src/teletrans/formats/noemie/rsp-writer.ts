/** Writes whole payment returns (RSP): for a simulated insurer and for tests; real ones are made by the payers. Controls as contract § 5 says of our own insurer. */
import type { LocalDate } from '../../domain/invoice';
import { shortDate } from '../b2/dates';
import { encodeEntity, encodeNoemieFile } from './writer';

export interface RspPartContent {
  /** Centimes. */
  readonly requested: number;
  /** P paid, R rejected, D deferred, blank not processed. */
  readonly state: 'P' | 'R' | 'D' | '';
  readonly paid: number;
  /** N takes money back. */
  readonly sign?: 'P' | 'N';
}

export interface RspInvoiceContent {
  readonly number: string;
  readonly lotNumber: string;
  readonly lotDate: LocalDate;
  /** Letter of 102: 30. */
  readonly kind: string;
  readonly amo?: RspPartContent;
  /** `amcNumber`: 9 digits. */
  readonly amc?: RspPartContent & { readonly amcNumber: string };
  readonly rejections?: readonly { readonly code: string; readonly refined?: string; readonly label: string; readonly part: 'O' | 'C' }[];
  readonly comments?: readonly string[];
}

export interface RspTransferContent {
  readonly billingNumber: string;
  readonly date: LocalDate;
  readonly label: string;
  readonly invoices: readonly RspInvoiceContent[];
  /** `amount`: centimes, negative when it is taken from the transfer. */
  readonly debts?: readonly { readonly reference: string; readonly kind: string; readonly recovery: string; readonly amount: number }[];
  readonly lumps?: readonly { readonly code: string; readonly amount: number }[];
}

export interface RspContent {
  readonly senderType: string;
  /** 14 digits. */
  readonly senderNumber: string;
  /** 14 digits. */
  readonly recipientNumber: string;
  readonly fileId: string;
  readonly fileDate: LocalDate;
  readonly flowKind: 'T' | 'D';
  readonly transfers: readonly RspTransferContent[];
  /** Control total that is not the sum: a fault to be shown. */
  readonly statedTotal?: number;
}

const LEVEL = { break_level: '03' } as const;
const EXCHANGE = 'RSP0';

/** The bytes of one RSP file. Errors: FAC-001, FAC-011 when a value does not fit its field. */
export function encodeRsp(content: RspContent): Buffer {
  const invoices = content.transfers.flatMap((transfer) => transfer.invoices);
  const paid = invoices.reduce((sum, { amo, amc }) => sum + signedPaid(amo) + signedPaid(amc), 0);
  const total = content.statedTotal ?? paid;
  const sign = total < 0 ? 'N' : 'P';
  const stream = content.transfers.flatMap(transferEntities);
  const ends = {
    sender_type: content.senderType,
    sender_no: content.senderNumber,
    recipient_type: 'TP',
    recipient_no: content.recipientNumber,
    file_id: content.fileId,
    flow_kind: content.flowKind,
  };
  const control = encodeEntity('990', {
    break_level: '99',
    level_id: 'FIN',
    lower_level_count: invoices.length,
    lower_level_total: Math.abs(total),
    sign,
  });
  return encodeNoemieFile(
    { ...ends, file_date: shortDate(content.fileDate), exchange_ref: EXCHANGE, currency: 'U', record_length: 128 },
    [...stream, control],
    { ...ends, lot_count: lotsOf(content).length % 1000, file_total: Math.abs(total), sign },
  );
}

const signedPaid = (part: RspPartContent | undefined): number => (part === undefined ? 0 : part.sign === 'N' ? -part.paid : part.paid);

/** Invoices of one lot that stand together. */
function groups(invoices: readonly RspInvoiceContent[]): readonly (readonly RspInvoiceContent[])[] {
  const found: RspInvoiceContent[][] = [];
  for (const invoice of invoices) {
    const last = found.at(-1);
    if (last?.[0]?.lotNumber === invoice.lotNumber && last[0].lotDate === invoice.lotDate) last.push(invoice);
    else found.push([invoice]);
  }
  return found;
}

const lotsOf = ({ transfers }: RspContent): readonly unknown[] => transfers.flatMap(({ invoices }) => groups(invoices));

function transferEntities(transfer: RspTransferContent): readonly Buffer[] {
  const { billingNumber, date, label, invoices, debts = [], lumps = [] } = transfer;
  return [
    encodeEntity('020', { break_level: '01', payee_no: billingNumber }),
    encodeEntity('040', { break_level: '02', payee_no: billingNumber }),
    encodeEntity('071', { break_level: '02', transfer_date: shortDate(date), transfer_label1: label }),
    encodeEntity('081', { break_level: '02', return_kind: '01' }),
    ...groups(invoices).flatMap(lotEntities),
    ...debts.map((debt, rank) =>
      encodeEntity('250', {
        ...LEVEL,
        line_no: rank + 1,
        debt_ref: debt.reference,
        debt_date: shortDate(date),
        debt_kind: debt.kind,
        recovery_kind: debt.recovery,
        amount: Math.abs(debt.amount),
        sign: debt.amount < 0 ? 'N' : 'P',
      }),
    ),
    ...lumps.map(({ code, amount }) => encodeEntity('261', { ...LEVEL, lump_code: code, amount })),
  ];
}

function lotEntities(invoices: readonly RspInvoiceContent[]): readonly Buffer[] {
  const [first] = invoices;
  if (first === undefined) return [];
  const lot = encodeEntity('080', { ...LEVEL, lot_date: shortDate(first.lotDate), lot_no: first.lotNumber });
  return [lot, ...invoices.flatMap(invoiceEntities)];
}

function invoiceEntities({ number, lotNumber, lotDate, kind, amo, amc, rejections = [], comments = [] }: RspInvoiceContent): Buffer[] {
  const entities = [
    encodeEntity('102', { ...LEVEL, invoice_no: number, lot_no: lotNumber, lot_date: shortDate(lotDate), invoice_kind: kind }),
  ];
  if (amo !== undefined) entities.push(encodeEntity('198', partOf(amo)));
  if (amc !== undefined) entities.push(encodeEntity('199', { ...partOf(amc), amc_no: amc.amcNumber.padStart(10, '0') }));
  for (const { code, refined, label, part } of rejections) {
    entities.push(encodeEntity('294', { ...LEVEL, code, label, level: 'F', part }));
    if (refined !== undefined) entities.push(encodeEntity('294', { ...LEVEL, code: refined.padStart(4, '0'), label, level: 'A', part }));
  }
  for (const comment of comments) entities.push(encodeEntity('295', { ...LEVEL, comment }));
  return entities;
}

function partOf({ requested, state, paid, sign = 'P' }: RspPartContent): {
  break_level: '03';
  requested: number;
  state: string;
  paid: number;
  sign: string;
} {
  return { ...LEVEL, requested, state, paid, sign };
}
