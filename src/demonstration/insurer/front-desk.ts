/**
 * Treats the mails received: opens, judges, writes down, answers (spec/arl.md § 3.5). One mail after the other. The line in the journal is the commit
 * point: a mail found untreated at start is treated again, a mail already written down is only answered.
 */
import { createHash } from 'node:crypto';
import { aboutUnknownLot, acknowledgementOf, applicationOf, arlMail, owesArl, type ArlEncoder } from './arl-answer';
import { readB2 } from './b2-reading';
import type { FileVerdict } from './codes';
import { judge, type FrontEnd } from './judge';
import type { MailboxKey } from './mailbox-keys';
import { openMail, type OpenedMail } from './mail-opening';
import type { PostOffice } from './post-office';
import type { Received, ReceivedJournal } from './received-journal';
import { playVerdict, type MailFacts, type Rule, type Scenario } from './scenario';
import type { Incoming, Spool } from './spool';

export interface DeskSettings {
  readonly frontEnds: readonly FrontEnd[];
  readonly keys: ReadonlyMap<string, MailboxKey>;
  readonly practitioners: readonly string[] | null;
  readonly withoutConvention: readonly string[];
  /** Time of the insurer, which may start elsewhere than that of the machine. */
  readonly now: () => Date;
  /** Calendar date of legal time. */
  readonly dateOf: (now: Date) => string;
  readonly encodeArl: ArlEncoder;
  /** A mail that could not be treated, a fault of the insurer itself. */
  readonly onFailure: (error: unknown) => void;
}

/** Told of each file accepted: where a later answer (RSP) is prepared from. */
export type AcceptedListener = (received: Received, b2: Buffer) => void;

const VERDICT_RULES = ['negative-file', 'negative-lot', 'negative-invoice', 'notice'] as const;
const DELIVERY_RULES = ['late', 'lost', 'duplicated', 'unknown-lot', 'truncated'] as const;
const BLOCK = 128;

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

export class FrontDesk {
  private queue: Promise<void> = Promise.resolve();
  /** The mail opened last: opening costs an RSA operation, and a mail is looked at before and after the reply. */
  private last: { readonly hash: string; readonly mailbox: string; readonly opened: Promise<OpenedMail> } | null = null;

  constructor(
    private readonly settings: DeskSettings,
    private readonly spool: Spool,
    private readonly journal: ReceivedJournal,
    private readonly postOffice: PostOffice,
    private readonly scenario: Scenario,
    private readonly onAccepted: AcceptedListener = () => undefined,
  ) {}

  frontEnd(mailbox: string): FrontEnd | undefined {
    return this.settings.frontEnds.find((frontEnd) => frontEnd.mailbox === mailbox.toLowerCase());
  }

  /** What rules are matched against: the lots of a mail, as far as it can be read. */
  async facts(mail: Buffer, recipient: string, nth: number): Promise<MailFacts> {
    const { b2 } = await this.open(mail, recipient);
    const lots = (b2 === null ? null : readB2(b2))?.lots ?? [];
    return {
      nth,
      recipient,
      lots: lots.map(({ header, invoices }) => ({
        billingNumber: header.billingNumber,
        lotNumber: header.lotNumber,
        invoiceNumbers: invoices.map((invoice) => invoice.key.invoiceNumber),
      })),
    };
  }

  /** Treats a mail of the spool after those before it; resolves when it is answered. One that cannot be treated is set aside, the others go on. */
  treat(reception: string): Promise<void> {
    this.queue = this.queue
      .then(() => this.treatNow(reception))
      .catch(async (error: unknown) => {
        this.settings.onFailure(error);
        await this.spool.setAside(reception);
      })
      .catch((error: unknown) => this.settings.onFailure(error));
    return this.queue;
  }

  /** Resolves when nothing is being treated. */
  idle(): Promise<void> {
    return this.queue;
  }

  private open(mail: Buffer, mailbox: string): Promise<OpenedMail> {
    const key = this.settings.keys.get(mailbox);
    if (key === undefined) throw new Error(`no key for ${mailbox}`);
    const hash = sha256(mail);
    if (this.last?.hash !== hash || this.last.mailbox !== mailbox) this.last = { hash, mailbox, opened: openMail(mail, key) };
    return this.last.opened;
  }

  private async treatNow(reception: string): Promise<void> {
    const incoming = await this.spool.read(reception);
    const facts = await this.facts(incoming.mail, incoming.to, incoming.nth);
    const written = this.journal.ofReception(reception);
    const received = written ?? (await this.writeDown(incoming, facts));
    await this.answer(incoming, received, facts);
    await this.spool.treated(reception);
  }

  private async writeDown(incoming: Incoming, facts: MailFacts): Promise<Received> {
    const opened = await this.open(incoming.mail, incoming.to);
    const content = opened.b2 === null ? null : sha256(opened.b2);
    const first = content === null ? undefined : this.journal.ofContent(content);
    const received = first === undefined ? this.judged(incoming, opened, facts) : duplicateOf(first, incoming, opened, this.settings.now());
    await this.journal.append(received);
    if (received.verdict === 'accepted' && opened.b2 !== null) this.onAccepted(received, opened.b2);
    return received;
  }

  private judged(incoming: Incoming, opened: OpenedMail, facts: MailFacts): Received {
    const { settings } = this;
    const frontEnd = this.frontEnd(incoming.to);
    if (frontEnd === undefined) throw new Error(`no front end ${incoming.to}`);
    const now = settings.now();
    const today = settings.dateOf(now);
    const own =
      opened.b2 === null
        ? { file: null, verdict: { code: 'F001', lots: [] } as FileVerdict }
        : judge(
            opened.b2,
            { frontEnd, practitioners: settings.practitioners, withoutConvention: settings.withoutConvention, today },
            this.journal,
          );
    const verdict = this.scenario.take(VERDICT_RULES, facts).reduce(playVerdict, own.verdict);
    const marking = own.file?.lots[0]?.trailer.marking === 'D' ? 'D' : 'T';
    const arlNumber = this.journal.arlCount(frontEnd.mailbox) + 1;
    const arl = owesArl(verdict)
      ? settings.encodeArl(acknowledgementOf({ frontEnd, opened, verdict, marking, arlNumber, today }), applicationOf(opened.b2))
      : null;
    const refusedFile = verdict.code !== null && verdict.code !== 'W001';
    const header = own.file?.header;
    return {
      reception: incoming.reception,
      at: now.toISOString(),
      frontEnd: frontEnd.mailbox,
      from: incoming.from,
      messageId: opened.messageId,
      compostage: opened.compostage,
      sha256: opened.b2 === null ? null : sha256(opened.b2),
      verdict: refusedFile
        ? 'refused'
        : verdict.lots.some((lot) => lot.code === null) && verdict.code === null
          ? 'accepted'
          : verdict.code === 'W001' || verdict.lots.some((lot) => lot.code === 'W001')
            ? 'suspended'
            : 'refused',
      fileCode: verdict.code ?? '0000',
      encrypted: opened.encrypted,
      identity: header === undefined ? null : [header.senderNumber, header.fileId, header.fileDate],
      lots: refusedFile
        ? []
        : verdict.lots.map((lot) => ({
            billingNumber: lot.billingNumber,
            number: lot.lotNumber,
            date: lot.lotDate,
            sha256: lot.sha256,
            invoices: lot.invoiceNumbers,
            code: verdict.code ?? lot.code ?? '0000',
          })),
      arl: arl?.toString('base64') ?? null,
    };
  }

  private async answer(incoming: Incoming, received: Received, facts: MailFacts): Promise<void> {
    if (received.arl === null) return;
    const rules = this.scenario.take(DELIVERY_RULES, facts).map((rule: Rule) => rule.do);
    const plays = new Set(rules.map((effect) => effect.play));
    if (plays.has('lost')) return;
    let arl: Buffer = Buffer.from(received.arl, 'base64');
    if (plays.has('unknown-lot')) arl = await this.unknownLot(received, incoming);
    if (plays.has('truncated')) arl = arl.subarray(0, arl.length - BLOCK);
    const delayMs = rules.reduce((longest, effect) => (effect.play === 'late' ? Math.max(longest, effect.delayMs) : longest), 0);
    for (let copy = 1; copy <= (plays.has('duplicated') ? 2 : 1); copy++) {
      const mail = arlMail(arl, {
        from: incoming.to,
        to: incoming.from,
        compostage: received.compostage ?? '0'.repeat(19),
        messageId: `<${received.reception}.${copy}@${incoming.to.slice(incoming.to.indexOf('@') + 1)}>`,
        date: this.settings.now(),
      });
      await this.postOffice.post(incoming.from, `${received.reception}-${copy}`, mail, delayMs);
    }
  }

  private async unknownLot(received: Received, incoming: Incoming): Promise<Buffer> {
    const frontEnd = this.frontEnd(incoming.to);
    if (frontEnd === undefined) throw new Error(`no front end ${incoming.to}`);
    const opened = await this.open(incoming.mail, incoming.to);
    const lots = received.lots.map((lot) => ({
      billingNumber: lot.billingNumber,
      lotNumber: lot.number,
      lotDate: lot.date,
      security: 'S',
      sha256: lot.sha256,
      invoiceNumbers: lot.invoices,
      fees: 0,
      code: null,
      invoices: [],
    }));
    const today = this.settings.dateOf(this.settings.now());
    const arlNumber = this.journal.arlCount(frontEnd.mailbox) + 1;
    return this.settings.encodeArl(
      aboutUnknownLot(acknowledgementOf({ frontEnd, opened, verdict: { code: null, lots }, marking: 'T', arlNumber, today })),
      applicationOf(opened.b2),
    );
  }
}

/** The same bytes again: the same answer, nothing booked twice. */
function duplicateOf(first: Received, incoming: Incoming, opened: OpenedMail, now: Date): Received {
  return {
    ...first,
    reception: incoming.reception,
    at: now.toISOString(),
    from: incoming.from,
    messageId: opened.messageId,
    compostage: opened.compostage,
    encrypted: opened.encrypted,
    verdict: 'duplicate',
  };
}
