/** From the insurer's verdict to the ARL file's content and its mail (spec/arl.md §§ 3.2-3.5). Pure. */
import type { Acknowledgement, ArlClass, ArlResult } from '../../teletrans/domain/acknowledgement';
import { LABELS, type Code, type FileVerdict, type LotVerdict } from './codes';
import type { FrontEnd } from './judge';
import { FILE_HEADER } from './b2-positions';
import { dayOf } from './checks-of-invoice';
import type { OpenedMail } from './mail-opening';

/** Makes the bytes of an ARL0 file. */
export type ArlEncoder = (acknowledgement: Acknowledgement, options: { readonly application?: string }) => Buffer;

const ACCEPTED = '0000';

function classOf(code: string): ArlClass {
  return code === ACCEPTED ? 'positive' : code.startsWith('W') ? 'notice' : 'negative';
}

function labelled(level: ArlResult['level'], code: Code | null): Pick<ArlResult, 'level' | 'class' | 'code' | 'label'> {
  const shown = code ?? ACCEPTED;
  const label = code === null ? (level === 'file' ? 'FICHIER LU' : 'LOT ACCEPTE') : LABELS[code];
  return { level, class: classOf(shown), code: shown, label };
}

const digits = (text: string, width: number): string => (new RegExp(`^\\d{${width}}$`).test(text) ? text : '0'.repeat(width));

/** AAMMJJ to a calendar date; what is no date becomes 2000-00-00, whose digits are zeros on the wire. */
function calendarDate(field: string): string {
  const [, year, month, day] = /^(\d\d)(\d\d)(\d\d)$/.exec(digits(field, 6)) ?? [];
  return `20${year ?? '00'}-${month ?? '00'}-${day ?? '00'}`;
}

function lotResults(lot: LotVerdict): readonly ArlResult[] {
  const key = { billingNumber: digits(lot.billingNumber, 9), lotNumber: digits(lot.lotNumber, 3), lotDate: calendarDate(lot.lotDate) };
  const refused = lot.invoices.flatMap(({ number, codes }) =>
    codes.map((code): ArlResult => ({ ...labelled('invoice', code), ...key, invoiceNumber: digits(number, 9) })),
  );
  return [{ ...labelled('lot', lot.code), ...key }, ...refused];
}

/** Lots of one practitioner together, in order of first appearance. */
function grouped(lots: readonly LotVerdict[]): readonly LotVerdict[] {
  const order = [...new Set(lots.map((lot) => lot.billingNumber))];
  return order.flatMap((number) => lots.filter((lot) => lot.billingNumber === number));
}

/** True when an ARL is owed: none is for a file of degraded lots that were all accepted. */
export function owesArl({ code, lots }: FileVerdict): boolean {
  return code !== null || lots.some((lot) => lot.security !== 'D' || lot.code !== null);
}

export interface AnswerContext {
  readonly frontEnd: FrontEnd;
  readonly opened: OpenedMail;
  readonly verdict: FileVerdict;
  /** Marking of the file, `T` when it is unreadable or real. */
  readonly marking: 'T' | 'D';
  /** Counter of the front end, from 1. */
  readonly arlNumber: number;
  /** AAAA-MM-JJ, legal time. */
  readonly today: string;
}

/** The first record of a file as far as an ARL can repeat it; null where it is not in order. */
function headOf(b2: Buffer | null): (name: keyof typeof FILE_HEADER, form: RegExp) => string | null {
  const head = b2?.toString('latin1', 0, 128) ?? '';
  const sound = /^000.{125}$/.test(head);
  return (name, form) => {
    const value = head.slice(FILE_HEADER[name][0] - 1, FILE_HEADER[name][1]);
    return sound && form.test(value) ? value : null;
  };
}

/** Application of the acknowledged file, undefined when it cannot be read. */
export function applicationOf(b2: Buffer | null): { readonly application?: string } {
  const application = headOf(b2)('application', /^[A-Z0-9 ]{2}$/);
  return application === null ? {} : { application };
}

export function acknowledgementOf({ frontEnd, opened, verdict, marking, arlNumber, today }: AnswerContext): Acknowledgement {
  const head = headOf(opened.b2);
  const number = /^\d{14}$/;
  const type = /^[A-Z]{2}$/;
  const [first] = frontEnd.serves;
  const lots = verdict.code === null || verdict.code === 'W001' ? grouped(verdict.lots) : [];
  const fileId = head('fileId', /^[A-Z0-9]{6}$/);
  const fileDate = head('fileDate', /^\d{6}$/);
  const identified = fileId !== null && fileDate !== null && dayOf(fileDate) > 0;
  return {
    arlFileId: String(((arlNumber - 1) % 999_999) + 1).padStart(6, '0'),
    arlDate: today,
    marking,
    recipientType: head('recipientType', type) ?? first?.type ?? 'CP',
    recipientNumber: head('recipientNumber', number) ?? first?.number ?? '0'.repeat(14),
    senderType: head('senderType', type) ?? 'TP',
    senderNumber: head('senderNumber', number) ?? opened.senderNumber ?? '0'.repeat(14),
    ackedFileId: identified ? fileId : null,
    ackedFileDate: identified ? calendarDate(fileDate) : null,
    compostage: opened.compostage ?? '0'.repeat(19),
    acceptedFees: lots.filter((lot) => lot.code === null).reduce((sum, lot) => sum + lot.fees, 0),
    results: [labelled('file', verdict.code), ...lots.flatMap(lotResults)],
  };
}

/** The same ARL about something nobody sent: another message, another file, other lots. */
export function aboutUnknownLot(acknowledgement: Acknowledgement): Acknowledgement {
  return {
    ...acknowledgement,
    compostage: `20000101000000${acknowledgement.arlFileId.slice(1)}`,
    ackedFileId: '999999',
    results: acknowledgement.results.map((result) =>
      result.lotNumber === undefined ? result : { ...result, lotNumber: String(999 - (Number(result.lotNumber) % 500)).padStart(3, '0') },
    ),
  };
}

/** The mail that carries an ARL file. Not encrypted, as the one implementation seen (spec/transport.md § 1.13). */
export function arlMail(arl: Buffer, fields: { from: string; to: string; compostage: string; messageId: string; date: Date }): Buffer {
  const body = arl.toString('base64').replace(/.{1,76}/g, '$&\r\n');
  const head = [
    `From: ${fields.from}`,
    `To: ${fields.to}`,
    `Subject: ARL/${fields.compostage}`,
    `Date: ${fields.date.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${fields.messageId}`,
    'MIME-Version: 1.0',
    'Content-Type: application/EDI-consent',
    'Content-Transfer-Encoding: base64',
    'Content-Description: ARLTEST/0',
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`, 'latin1');
}
