/** Remembers the invoices accepted since the insurer started, and posts its payment returns into the practice's mailbox when asked. */
import { encodeRsp, type RspContent } from '../../teletrans/formats/noemie/rsp-writer';
import { readB2, type ReadInvoice } from './b2-reading';
import { returnsOf, type AcceptedInvoice, type PaymentRound } from './payments';
import type { PostOffice } from './post-office';
import type { Received } from './received-journal';

const ACCEPTED = '0000';

/** `payee` of record 2: who the payer pays. */
const PAYS_AMO = ['05', '15'];
const PAYS_AMC = ['15', '25'];

export class PaymentDesk {
  private readonly accepted: AcceptedInvoice[] = [];
  private readonly files = new Map<string, number>();
  private readonly mails = new Map<string, number>();
  /** Envelope sender of the practice. */
  private practice = '';

  constructor(
    private readonly postOffice: PostOffice,
    private readonly now: () => Date,
    private readonly dateOf: (now: Date) => string,
  ) {}

  /** A file was accepted, in whole or in part. */
  accept(received: Received, b2: Buffer): void {
    const file = readB2(b2);
    if (file === null) return;
    this.practice = received.from;
    const good = new Set(
      received.lots.filter(({ code }) => code === ACCEPTED).map(({ billingNumber, number }) => `${billingNumber} ${number}`),
    );
    const { recipientType, recipientNumber, senderNumber } = file.header;
    const dre = recipientType === 'OC' || recipientType === 'OT';
    for (const lot of file.lots) {
      if (!good.has(`${lot.header.billingNumber} ${lot.header.lotNumber}`)) continue;
      for (const invoice of lot.invoices)
        this.accepted.push({
          frontEnd: received.frontEnd,
          senderType: recipientType,
          senderNumber: recipientNumber,
          recipientNumber: senderNumber,
          marking: lot.trailer.marking === 'D' ? 'D' : 'T',
          billingNumber: lot.header.billingNumber,
          lotNumber: lot.header.lotNumber,
          lotDate: `20${lot.header.lotDate.replace(/(\d\d)(\d\d)(\d\d)/, '$1-$2-$3')}`,
          number: invoice.key.invoiceNumber,
          kind: dre ? 'D' : 'F',
          ...owedFor(invoice, dre),
        });
    }
  }

  /** Posts one round of returns. @returns how many mails. */
  async pay(round: PaymentRound): Promise<number> {
    const today = this.dateOf(this.now());
    const returns = returnsOf(round, this.accepted, today, (frontEnd) => this.nextFile(frontEnd));
    let posted = 0;
    for (const [rank, { frontEnd, content }] of returns.entries()) {
      posted += await this.post(frontEnd, content);
      if (rank > 0) continue;
      if (round.again === 'same-bytes') posted += await this.post(frontEnd, content);
      if (round.again === 'other-bytes') posted += await this.post(frontEnd, otherBytes(content));
    }
    return posted;
  }

  private async post(frontEnd: string, content: RspContent): Promise<number> {
    const count = (this.mails.get(frontEnd) ?? 0) + 1;
    this.mails.set(frontEnd, count);
    const name = `rsp-${frontEnd.replace(/[^a-z0-9]/g, '-')}-${count}`;
    const mail = rspMail(encodeRsp(content), { from: frontEnd, to: this.practice, name, date: this.now() });
    return (await this.postOffice.post(this.practice, name, mail, 0)) ? 1 : 0;
  }

  private nextFile(frontEnd: string): string {
    const next = (this.files.get(frontEnd) ?? 0) + 1;
    this.files.set(frontEnd, next);
    return String(next).padStart(6, '0');
  }
}

function owedFor({ header, trailer, insurer }: ReadInvoice, dre: boolean): Pick<AcceptedInvoice, 'amo' | 'amc'> {
  const amc = { amount: Number(trailer.amc), number: (insurer?.number ?? '').trim().slice(-9) };
  const paysAmc = PAYS_AMC.includes(header.payee) && amc.number !== '';
  if (dre) return { amo: null, amc: paysAmc ? amc : null };
  return {
    amo: PAYS_AMO.includes(header.payee) ? Number(trailer.amo) : null,
    amc: paysAmc && header.split !== 'E' ? amc : null,
  };
}

/** The same return with another label: other bytes under the same name. */
function otherBytes(content: RspContent): RspContent {
  return { ...content, transfers: content.transfers.map((transfer) => ({ ...transfer, label: `${transfer.label} BIS` })) };
}

function rspMail(rsp: Buffer, { from, to, name, date }: { from: string; to: string; name: string; date: Date }): Buffer {
  const head = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: RSP/${name}`,
    `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${name}@${from.slice(from.indexOf('@') + 1)}>`,
    'MIME-Version: 1.0',
    'Content-Type: application/EDI-consent',
    'Content-Transfer-Encoding: base64',
    'Content-Description: RSPTEST/0',
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${rsp.toString('base64').replace(/.{1,76}/g, '$&\r\n')}`, 'latin1');
}
