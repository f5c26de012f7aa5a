/**
 * A local insurer: it receives the practice's mails by SMTP, reads and checks the B2 files with its own code, and answers with ARL in the practice's
 * mailbox. For demonstrations and tests; everything stays on this machine.
 */
import { join } from 'node:path';
import { localDate } from '../../teletrans/domain/clock';
import type { ArlEncoder } from './arl-answer';
import type { InsurerConfiguration } from './configuration';
import { FrontDesk, type AcceptedListener } from './front-desk';
import { mailboxKey, type MailboxKey } from './mailbox-keys';
import { Pop3Server } from './pop3-server';
import { PaymentDesk } from './payment-desk';
import type { PaymentRound } from './payments';
import { PostOffice } from './post-office';
import { ReceivedJournal } from './received-journal';
import { Scenario, type Rule } from './scenario';
import { SmtpFront } from './smtp-front';
import { Spool } from './spool';

export interface InsurerPorts {
  readonly smtpPort: number;
  readonly pop3Port: number;
}

export class Insurer {
  private constructor(
    private readonly parts: {
      readonly desk: FrontDesk;
      readonly smtp: SmtpFront;
      readonly pop3: Pop3Server;
      readonly postOffice: PostOffice;
      readonly payments: PaymentDesk;
      readonly scenario: Scenario;
    },
    readonly ports: InsurerPorts,
  ) {}

  /** Takes up the mails left untreated, then opens both servers. */
  static async start(
    configuration: InsurerConfiguration,
    encodeArl: ArlEncoder,
    listeners: { readonly onFailure: (error: unknown) => void; readonly onAccepted?: AcceptedListener },
  ): Promise<Insurer> {
    const { frontEnds, host, mailboxes } = configuration;
    const offset = configuration.now === null ? 0 : Date.parse(configuration.now) - Date.now();
    const now = (): Date => new Date(Date.now() + offset);
    const spool = await Spool.open(configuration.spool);
    const keyFolder = join(configuration.spool, 'keys');
    const keys = new Map<string, MailboxKey>(
      await Promise.all(
        frontEnds.map(async ({ mailbox }) => [mailbox, await mailboxKey(mailbox, keyFolder, configuration.certs, now())] as const),
      ),
    );
    const journal = await ReceivedJournal.open(join(configuration.spool, 'received.ndjson'));
    const postOffice = new PostOffice(spool, mailboxes);
    const payments = new PaymentDesk(postOffice, now, localDate);
    const scenario = new Scenario(configuration.rules);
    const { practitioners, withoutConvention } = configuration;
    const desk = new FrontDesk(
      { frontEnds, keys, practitioners, withoutConvention, now, dateOf: localDate, encodeArl, onFailure: listeners.onFailure },
      spool,
      journal,
      postOffice,
      scenario,
      (received, b2) => {
        payments.accept(received, b2);
        listeners.onAccepted?.(received, b2);
      },
    );
    await postOffice.resume();
    for (const reception of await spool.untreated()) await desk.treat(reception);
    const smtp = new SmtpFront(
      { host, port: configuration.smtpPort, auth: configuration.smtpAuth, maxMessageBytes: configuration.maxMessageBytes },
      desk,
      spool,
      postOffice,
      scenario,
    );
    const pop3 = new Pop3Server({ host, port: configuration.pop3Port }, mailboxes, spool);
    const ports = { smtpPort: await smtp.listen(), pop3Port: await pop3.listen() };
    return new Insurer({ desk, smtp, pop3, postOffice, payments, scenario }, ports);
  }

  /** Plays other rules from now on. */
  play(rules: readonly Rule[]): void {
    this.parts.scenario.replace(rules);
  }

  /** Posts a round of payment returns about the invoices accepted since the start. @returns how many mails. */
  pay(round: PaymentRound): Promise<number> {
    return this.parts.payments.pay(round);
  }

  /** Resolves when every mail received so far is treated. */
  idle(): Promise<void> {
    return this.parts.desk.idle();
  }

  /** Ends both servers after the mail being treated; late answers wait in the spool for the next start. */
  async stop(): Promise<void> {
    const { smtp, pop3, desk, postOffice } = this.parts;
    await Promise.all([smtp.close(), pop3.close()]);
    await desk.idle();
    postOffice.stop();
  }
}
