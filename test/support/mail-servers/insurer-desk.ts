/**
 * The insurer behind real mail servers: empties its mailboxes at Dovecot, reads and judges the B2 files with its own code, and mails its ARL back through Postfix.
 * What it received is counted here, whatever the practice believes.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTransport, type Transporter } from 'nodemailer';
import { acknowledgementOf, applicationOf, arlMail, owesArl } from '../../../src/demonstration/insurer/arl-answer';
import { TEST_FRONT_ENDS } from '../../../src/demonstration/insurer/front-ends';
import { judge, type FrontEnd, type Memory } from '../../../src/demonstration/insurer/judge';
import { openMail } from '../../../src/demonstration/insurer/mail-opening';
import { mailboxKey, type MailboxKey } from '../../../src/demonstration/insurer/mailbox-keys';
import { encodeArl0 } from '../../../src/teletrans/formats/arl/arl0-encoder';
import { drainMailbox } from './pop3-drain';
import type { MailWorld } from './mail-world';

/** One mail received, copies included. */
export interface ReceivedFile {
  readonly mailbox: string;
  /** The mail as Dovecot gave it. */
  readonly mail: Buffer;
  readonly compostage: string;
  readonly sha256: string;
  readonly encrypted: boolean;
  readonly code: string;
  readonly invoices: readonly string[];
}

/** The keys last as long as the servers do. */
const keysOf = (world: MailWorld): string => join(world.folder, 'cles-assureur');

export class InsurerDesk {
  readonly received: ReceivedFile[] = [];
  private readonly ca: string;
  private readonly post: Transporter;
  private readonly files = new Map<string, string>();
  private readonly lots = new Map<string, string>();
  private readonly invoices = new Set<string>();
  /** ARL mail by hash of the file: the same bytes get the same answer. */
  private readonly answers = new Map<string, Buffer | null>();

  private constructor(
    private readonly world: MailWorld,
    private readonly keys: ReadonlyMap<string, MailboxKey>,
    private readonly now: Date,
  ) {
    this.ca = readFileSync(world.ca, 'utf8');
    this.post = createTransport({
      host: 'localhost',
      port: world.ports.smtps,
      secure: true,
      pool: true,
      maxMessages: Infinity,
      auth: { user: TEST_FRONT_ENDS[0]?.mailbox ?? '', pass: world.password },
      tls: { ca: this.ca },
    });
  }

  /** @param certs folder where the practice looks for the payers’ certificates; null: it is given none. */
  static async open(world: MailWorld, certs: string | null, now: Date): Promise<InsurerDesk> {
    const keys = await Promise.all(
      TEST_FRONT_ENDS.map(async ({ mailbox }) => [mailbox, await mailboxKey(mailbox, keysOf(world), certs, now)] as const),
    );
    return new InsurerDesk(world, new Map(keys), now);
  }

  /** Treats all that lies in its mailboxes. @returns how many mails that was. */
  async work(): Promise<number> {
    let treated = 0;
    for (const frontEnd of TEST_FRONT_ENDS) {
      if (this.world.count(frontEnd.mailbox) === 0) continue;
      const { ports, password } = this.world;
      const mails = await drainMailbox({ port: ports.pop3s, ca: this.ca, user: frontEnd.mailbox, password });
      for (const mail of mails) await this.treat(frontEnd, mail);
      treated += mails.length;
    }
    return treated;
  }

  /** PEM file of the private key of a mailbox. */
  keyFile(mailbox: string): string {
    return join(keysOf(this.world), `${mailbox}.key.pem`);
  }

  close(): void {
    this.post.close();
  }

  private async treat(frontEnd: FrontEnd, mail: Buffer): Promise<void> {
    const key = this.keys.get(frontEnd.mailbox);
    if (key === undefined) throw new Error(`no key for ${frontEnd.mailbox}`);
    const opened = await openMail(mail, key);
    if (opened.b2 === null) throw new Error('a mail without a B2 file');
    const sha256 = createHash('sha256').update(opened.b2).digest('hex');
    const today = this.now.toISOString().slice(0, 10);
    const { file, verdict } = judge(opened.b2, { frontEnd, practitioners: null, withoutConvention: [], today }, this.memory());
    const to = /^From: (.*)$/m.exec(mail.toString('latin1'))?.[1]?.trim() ?? '';
    const compostage = opened.compostage ?? '';
    this.received.push({
      mailbox: frontEnd.mailbox,
      mail,
      compostage,
      sha256,
      encrypted: opened.encrypted,
      code: verdict.code ?? verdict.lots.find((lot) => lot.code !== null)?.code ?? '0000',
      invoices: file?.lots.flatMap((lot) => lot.invoices.map((invoice) => invoice.key.invoiceNumber)) ?? [],
    });
    let answer = this.answers.get(sha256);
    if (answer === undefined) {
      const arlNumber = this.answers.size + 1;
      const marking = file?.lots[0]?.trailer.marking === 'D' ? 'D' : 'T';
      const arl = owesArl(verdict)
        ? encodeArl0(acknowledgementOf({ frontEnd, opened, verdict, marking, arlNumber, today }), applicationOf(opened.b2))
        : null;
      const messageId = `<arl.${arlNumber}@${frontEnd.mailbox.slice(frontEnd.mailbox.indexOf('@') + 1)}>`;
      answer = arl === null ? null : arlMail(arl, { from: frontEnd.mailbox, to, compostage, messageId, date: this.now });
      this.answers.set(sha256, answer);
      this.remember(sha256, file, verdict);
    }
    if (answer !== null) await this.post.sendMail({ envelope: { from: frontEnd.mailbox, to }, raw: answer });
  }

  private memory(): Memory {
    return {
      fileOf: (sender, fileId, date) => this.files.get(`${sender}/${fileId}/${date}`),
      lotOf: (billing, lot, date) => this.lots.get(`${billing}/${lot}/${date}`),
      invoiceAccepted: (billing, invoice) => this.invoices.has(`${billing}/${invoice}`),
    };
  }

  private remember(sha256: string, file: ReturnType<typeof judge>['file'], verdict: ReturnType<typeof judge>['verdict']): void {
    if (file === null || verdict.code !== null) return;
    const { senderNumber, fileId, fileDate } = file.header;
    this.files.set(`${senderNumber}/${fileId}/${fileDate}`, sha256);
    for (const lot of verdict.lots.filter(({ code }) => code === null)) {
      this.lots.set(`${lot.billingNumber}/${lot.lotNumber}/${lot.lotDate}`, lot.sha256);
      for (const number of lot.invoiceNumbers) this.invoices.add(`${lot.billingNumber}/${number}`);
    }
  }
}
