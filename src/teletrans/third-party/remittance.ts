/**
 * A payment return (RSP) as lines of money: one for each answered part, one for each debt or lump sum, and what is missing to the total the file states. The sum of the
 * lines is always the remittance (spec/noemie.md § 5 point 6). Pure.
 */
import type { LocalDate } from '../domain/invoice';
import { amcNumberOf } from '../formats/noemie/amc-number';
import type { Rsp, RspInvoice, RspPart, RspRejection } from '../formats/noemie/rsp-model';
import type { LineRejection, NewLine, StoredTransfer } from '../store/third-party/port';
import type { Part } from '../domain/claims';

/** A line before it is matched. */
export type DraftLine = Omit<NewLine, 'remittanceId' | 'status' | 'cause'>;

export interface RemittanceDraft {
  readonly lines: readonly DraftLine[];
  /** Sum of the lines, centimes. */
  readonly total: number;
  readonly stated: number | null;
  readonly transfers: readonly StoredTransfer[];
  readonly fileDate: LocalDate;
}

/** AAMMJJ → calendar date; null when it is none. */
export function dateOfNoemie(field: string): LocalDate | null {
  const [, year, month, day] = /^(\d\d)(\d\d)(\d\d)$/.exec(field) ?? [];
  if (year === undefined) return null;
  const date = `20${year}-${month ?? ''}-${day ?? ''}`;
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === date ? date : null;
}

/** Entry point. @param today stands in for a date the file does not have. */
export function draftRemittance(rsp: Rsp, today: LocalDate): RemittanceDraft {
  const lines = [...rsp.invoices.flatMap(linesOfInvoice), ...rsp.otherAmounts.map(lineOfOther)];
  const fileDate = dateOfNoemie(rsp.source.fileDate) ?? today;
  const difference = missing(rsp, lines);
  const all = difference === 0 ? lines : [...lines, { ...BLANK, record: 0, kind: 'difference' as const, amount: difference }];
  return {
    lines: all,
    total: sum(all),
    stated: rsp.statedTotal,
    transfers: rsp.transfers.map(({ date, label, payingBody }) => ({ date: dateOfNoemie(date) ?? fileDate, label, payingBody })),
    fileDate,
  };
}

const BLANK = {
  part: null,
  billingNumber: null,
  number: null,
  lotNumber: null,
  lotDate: null,
  docKind: null,
  amcNumber: null,
  requested: null,
  answer: null,
  transfer: null,
  detail: null,
} as const;

const sum = (lines: readonly Pick<DraftLine, 'amount'>[]): number => lines.reduce((total, { amount }) => total + amount, 0);

/**
 * What the stated total has more than the lines. How others count is not published: a total of the parts alone (contract § 5), or of everything, agrees.
 */
function missing({ statedTotal }: Rsp, lines: readonly DraftLine[]): number {
  if (statedTotal === null) return 0;
  const parts = sum(lines.filter(({ kind }) => kind === 'part'));
  return statedTotal === parts || statedTotal === sum(lines) ? 0 : statedTotal - sum(lines);
}

function linesOfInvoice(invoice: RspInvoice): readonly DraftLine[] {
  const lines: DraftLine[] = [];
  if (invoice.amo !== null) lines.push(lineOfPart(invoice, 'amo', invoice.amo, null));
  if (invoice.amc !== null) lines.push(lineOfPart(invoice, 'amc', invoice.amc, amcNumberOf(invoice.amc.amcNumber)));
  if (lines.length > 0) return lines;
  // An invoice named without any part: nothing to book, but what is said of it is kept for a person.
  return [
    { ...headOf(invoice), record: invoice.record, kind: 'part', part: null, amcNumber: null, requested: null, amount: 0, answer: null },
  ];
}

function headOf(
  invoice: RspInvoice,
): Pick<DraftLine, 'billingNumber' | 'number' | 'lotNumber' | 'lotDate' | 'docKind' | 'transfer' | 'detail'> {
  return {
    billingNumber: invoice.billingNumber,
    number: invoice.number,
    lotNumber: invoice.lotNumber,
    lotDate: invoice.lotDate === null ? null : dateOfNoemie(invoice.lotDate),
    docKind: invoice.kind,
    transfer: invoice.transfer,
    detail: detailOf(invoice.otherRejections, invoice.comments),
  };
}

function lineOfPart(invoice: RspInvoice, part: Part, answer: RspPart, amcNumber: string | null): DraftLine {
  return {
    ...headOf(invoice),
    record: invoice.record,
    kind: 'part',
    part,
    amcNumber,
    requested: answer.requested,
    amount: answer.sign === 'N' ? -answer.paid : answer.paid,
    answer: answer.state,
    detail: detailOf([...answer.rejections, ...invoice.otherRejections], invoice.comments),
  };
}

function detailOf(rejections: readonly RspRejection[], comments: readonly string[]): DraftLine['detail'] {
  if (rejections.length === 0 && comments.length === 0) return null;
  return { rejections: rejections.map(rejectionOf), comments, code: null, reference: null };
}

const rejectionOf = ({ code, refined, label, level, line }: RspRejection): LineRejection => ({ code, refined, label, level, line });

function lineOfOther({ record, kind, billingNumber, transfer, code, reference, amount }: Rsp['otherAmounts'][number]): DraftLine {
  return { ...BLANK, record, kind, billingNumber, transfer, amount, detail: { rejections: [], comments: [], code, reference } };
}
