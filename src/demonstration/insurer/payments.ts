/** What the insurer pays, refuses, puts off and takes back: from the invoices it accepted and a plan, to the contents of its payment returns (RSP). Pure. */
import type { RspContent, RspInvoiceContent, RspPartContent, RspTransferContent } from '../../teletrans/formats/noemie/rsp-writer';

/** An invoice of a lot that was accepted, as its B2 says. */
export interface AcceptedInvoice {
  /** Mailbox of the front end. */
  readonly frontEnd: string;
  readonly senderType: string;
  /** 14 digits: of the insurer. */
  readonly senderNumber: string;
  /** 14 digits: of the practice. */
  readonly recipientNumber: string;
  readonly marking: 'T' | 'D';
  readonly billingNumber: string;
  readonly lotNumber: string;
  /** AAAA-MM-JJ. */
  readonly lotDate: string;
  readonly number: string;
  readonly kind: 'F' | 'D';
  /** Centimes owed to the practice; null when this insurer owes it no such part. */
  readonly amo: number | null;
  readonly amc: { readonly amount: number; readonly number: string } | null;
}

export type Answer =
  | { readonly as: 'paid' | 'deferred' | 'not-processed' | 'recovered' }
  /** Centimes paid, more or less than asked. */
  | { readonly as: 'partly'; readonly paid: number }
  | { readonly as: 'refused'; readonly code: string; readonly refined: string; readonly label: string; readonly part?: 'amo' | 'amc' };

/** One round of returns: each front end writes one. */
export interface PaymentRound {
  /** Answers by invoice number. */
  readonly answers?: Readonly<Record<string, Answer>>;
  /** Every other invoice is paid too; else only those named are answered. */
  readonly rest: boolean;
  /** Money of no invoice, put into the first return. */
  readonly debts?: RspTransferContent['debts'];
  readonly lumps?: RspTransferContent['lumps'];
  /** A payment about an invoice that is none of the practice's, centimes. */
  readonly stranger?: { readonly number: string; readonly paid: number };
  /** Control total that the first return states too high, centimes. */
  readonly misstated?: number;
  /** The first return comes twice; or comes again with other bytes under its own name. */
  readonly again?: 'same-bytes' | 'other-bytes';
}

const PAID: Answer = { as: 'paid' };

/** The returns of one round, one a front end. @param fileIds gives the next file number of a front end. */
export function returnsOf(
  round: PaymentRound,
  accepted: readonly AcceptedInvoice[],
  today: string,
  fileIds: (frontEnd: string) => string,
): readonly { readonly frontEnd: string; readonly content: RspContent }[] {
  const answered = accepted.filter(
    ({ number, amo, amc }) => (amo !== null || amc !== null) && (round.rest || round.answers?.[number] !== undefined),
  );
  const frontEnds = [...new Set(answered.map(({ frontEnd, senderType, senderNumber }) => `${frontEnd} ${senderType} ${senderNumber}`))];
  return frontEnds.map((key, rank) => {
    const own = answered.filter(({ frontEnd, senderType, senderNumber }) => `${frontEnd} ${senderType} ${senderNumber}` === key);
    return contentOf(round, own, today, fileIds, rank === 0);
  });
}

function contentOf(
  round: PaymentRound,
  own: readonly AcceptedInvoice[],
  today: string,
  fileIds: (frontEnd: string) => string,
  first: boolean,
): { readonly frontEnd: string; readonly content: RspContent } {
  const [one] = own;
  if (one === undefined) throw new Error('a return without an invoice');
  const practitioners = [...new Set(own.map(({ billingNumber }) => billingNumber))];
  const transfers = practitioners.map((billingNumber, rank): RspTransferContent => {
    const invoices = own
      .filter((invoice) => invoice.billingNumber === billingNumber)
      .map((invoice) => answerOf(invoice, round.answers?.[invoice.number] ?? PAID));
    const extra = first && rank === 0;
    const stranger = extra && round.stranger !== undefined ? [strangerOf(one, round.stranger)] : [];
    return {
      billingNumber,
      date: today,
      label: `VIREMENT ${billingNumber}`,
      invoices: [...invoices, ...stranger],
      ...(extra && round.debts !== undefined ? { debts: round.debts } : {}),
      ...(extra && round.lumps !== undefined ? { lumps: round.lumps } : {}),
    };
  });
  const content: RspContent = {
    senderType: one.senderType,
    senderNumber: one.senderNumber,
    recipientNumber: one.recipientNumber,
    fileId: fileIds(one.frontEnd),
    fileDate: today,
    flowKind: one.marking,
    transfers,
  };
  const misstated = first ? round.misstated : undefined;
  return {
    frontEnd: one.frontEnd,
    content: misstated === undefined ? content : { ...content, statedTotal: paidIn(transfers) + misstated },
  };
}

const signed = (part: RspPartContent | undefined): number => (part === undefined ? 0 : part.sign === 'N' ? -part.paid : part.paid);

function paidIn(transfers: readonly RspTransferContent[]): number {
  return transfers.flatMap(({ invoices }) => invoices).reduce((sum, { amo, amc }) => sum + signed(amo) + signed(amc), 0);
}

function answerOf(invoice: AcceptedInvoice, answer: Answer): RspInvoiceContent {
  const { number, lotNumber, lotDate, kind, amo, amc } = invoice;
  const refusedPart = answer.as === 'refused' ? (answer.part ?? (amo === null ? 'amc' : 'amo')) : null;
  const of = (part: 'amo' | 'amc', requested: number): RspPartContent =>
    partOf(refusedPart !== null && refusedPart !== part ? PAID : answer, requested);
  return {
    number,
    lotNumber,
    lotDate,
    kind,
    ...(amo === null ? {} : { amo: of('amo', amo) }),
    ...(amc === null ? {} : { amc: { ...of('amc', amc.amount), amcNumber: amc.number } }),
    ...(answer.as === 'refused'
      ? { rejections: [{ code: answer.code, refined: answer.refined, label: answer.label, part: refusedPart === 'amc' ? 'C' : 'O' }] }
      : {}),
  };
}

function partOf(answer: Answer, requested: number): RspPartContent {
  switch (answer.as) {
    case 'paid':
      return { requested, state: 'P', paid: requested };
    case 'partly':
      return { requested, state: 'P', paid: answer.paid };
    case 'refused':
      return { requested, state: 'R', paid: 0 };
    case 'deferred':
      return { requested, state: 'D', paid: 0 };
    case 'not-processed':
      return { requested, state: '', paid: 0 };
    case 'recovered':
      return { requested, state: 'P', paid: requested, sign: 'N' };
  }
}

function strangerOf(
  { lotNumber, lotDate, kind }: AcceptedInvoice,
  { number, paid }: NonNullable<PaymentRound['stranger']>,
): RspInvoiceContent {
  return { number, lotNumber, lotDate, kind, amo: { requested: paid, state: 'P', paid } };
}
