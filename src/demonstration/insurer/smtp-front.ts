/** The insurer's SMTP server: 250 only once the mail is on the disk; nothing goes out of the test domains; faults by rule. */
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { FrontDesk } from './front-desk';
import type { PostOffice } from './post-office';
import type { MailFacts, Scenario, SmtpStep } from './scenario';
import type { Spool } from './spool';

export interface SmtpFrontSettings {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Null: no login is asked. */
  readonly auth: { readonly user: string; readonly password: string } | null;
  readonly maxMessageBytes: number;
}

type Done = (error?: Error | null, message?: string) => void;

/** Only these domains exist here: nothing can leave the machine. */
const TEST_DOMAIN = /@([a-z0-9-]+\.)+test\.invalid$/;
const AFTER_DOT = ['smtp-cut-after-dot', 'smtp-hang-after-dot'] as const;

class SmtpRefusal extends Error {
  constructor(
    readonly responseCode: number,
    text: string,
  ) {
    super(text);
  }
}

export class SmtpFront {
  private readonly server: SMTPServer;
  private connections = 0;
  private mails = 0;

  constructor(
    private readonly settings: SmtpFrontSettings,
    private readonly desk: FrontDesk,
    private readonly spool: Spool,
    private readonly postOffice: PostOffice,
    private readonly scenario: Scenario,
  ) {
    this.server = new SMTPServer({
      name: 'frontal.test.invalid',
      disableReverseLookup: true,
      disabledCommands: settings.auth === null ? ['STARTTLS', 'AUTH'] : ['STARTTLS'],
      authOptional: settings.auth === null,
      allowInsecureAuth: true,
      size: settings.maxMessageBytes,
      rejectOversized: true,
      closeTimeout: 500,
      onAuth: ({ username, password }, _session, callback) => {
        const { auth } = this.settings;
        if (auth !== null && username === auth.user && password === auth.password) callback(null, { user: username });
        else callback(new SmtpRefusal(535, 'Authentication failed'));
      },
      onConnect: (_session, callback) => {
        this.connections += 1;
        callback(this.refused('greeting', null));
      },
      onMailFrom: (_address, _session, callback) => callback(this.refused('mail', null)),
      onRcptTo: ({ address }, _session, callback) => callback(this.recipientRefused(address.toLowerCase())),
      onData: (stream, session, callback) => {
        this.receive(stream, session, callback).catch(() => callback(new SmtpRefusal(451, 'Local error')));
      },
    });
    this.server.on('error', () => undefined); // a client that vanishes is no concern of the others
  }

  /** Resolves with the port once connections are accepted. */
  listen(): Promise<number> {
    return new Promise((resolve, reject) => {
      const server = this.server.listen(this.settings.port, this.settings.host, () => resolve((server.address() as AddressInfo).port));
      server.once('error', reject);
    });
  }

  close(): Promise<void> {
    for (const connection of this.server.connections) connection._socket.destroy();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private refused(step: SmtpStep, facts: MailFacts | null): SmtpRefusal | null {
    const about = facts ?? { nth: this.connections, recipient: null, lots: [] };
    const [rule] = this.scenario.take(['smtp-refuse'], about, (effect) => effect.play === 'smtp-refuse' && effect.step === step);
    return rule?.do.play === 'smtp-refuse' ? new SmtpRefusal(rule.do.code, 'Refused by scenario') : null;
  }

  private recipientRefused(address: string): SmtpRefusal | null {
    if (!TEST_DOMAIN.test(address)) return new SmtpRefusal(550, 'Relay access denied');
    if (this.desk.frontEnd(address) === undefined && this.postOffice.mailboxOf(address) === undefined)
      return new SmtpRefusal(550, 'No such mailbox');
    return this.refused('rcpt', { nth: this.connections, recipient: address, lots: [] });
  }

  private async receive(stream: SMTPServerDataStream, session: SMTPServerSession, done: Done): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Buffer);
    if (stream.sizeExceeded) {
      done(new SmtpRefusal(552, 'Message too big'));
      return;
    }
    const mail = Buffer.concat(chunks);
    const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
    this.mails += 1;
    const nth = this.mails;
    const recipients = session.envelope.rcptTo.map(({ address }) => address.toLowerCase());
    const fronts = recipients.filter((address) => this.desk.frontEnd(address) !== undefined);
    const [main] = fronts;
    const facts = main === undefined ? { nth, recipient: null, lots: [] } : await this.desk.facts(mail, main, nth);
    const refusal = this.refused('dot', facts);
    if (refusal !== null) {
      done(refusal);
      return;
    }
    const receptions: string[] = [];
    for (const to of fronts) receptions.push(await this.spool.keep({ from, to, nth }, mail));
    const others = recipients.filter((address) => !fronts.includes(address));
    for (const [rank, address] of others.entries()) await this.postOffice.post(address, `m${Date.now()}-${nth}-${rank}`, mail, 0);
    const early = this.scenario.take(['before-reply'], facts).length > 0;
    if (early) await Promise.all(receptions.map((reception) => this.desk.treat(reception)));
    await this.reply(session, facts, done);
    if (!early) for (const reception of receptions) void this.desk.treat(reception);
  }

  private async reply(session: SMTPServerSession, facts: MailFacts, done: Done): Promise<void> {
    const [fault] = this.scenario.take(AFTER_DOT, facts);
    if (fault?.do.play === 'smtp-cut-after-dot') {
      for (const connection of this.server.connections) if (connection.session.id === session.id) connection._socket.destroy();
      return;
    }
    if (fault?.do.play === 'smtp-hang-after-dot') {
      const { ms } = fault.do;
      await new Promise((resolve) => setTimeout(resolve, ms).unref());
    }
    done(null, 'Message kept');
  }
}
