/** One POP3 dialogue (RFC 1939): each command line gets its answer; a mail goes at QUIT and nowhere else. */
import { createHash } from 'node:crypto';
import type { PracticeMailbox } from './post-office';
import type { Spool } from './spool';

interface Entry {
  readonly number: number;
  readonly file: string;
  readonly mail: Buffer;
  deleted: boolean;
}

/** Which mailboxes exist and which are in use: one session at a time each. */
export interface MailboxDesk {
  mailbox(user: string, password: string): PracticeMailbox | undefined;
  /** False when another session has the mailbox. */
  claim(user: string): boolean;
  release(user: string): void;
}

/** Dots stuffed, ended by CRLF `.` CRLF; a mail that does not end a line is given its line end. */
export function stuffed(mail: Buffer): string {
  const text = mail.toString('latin1');
  const ended = text.endsWith('\r\n') ? text : `${text}\r\n`;
  return `${ended.replace(/(^|\r\n)\./g, '$1..')}.\r\n`;
}

/** Unique and stable name of a mail, 32 characters. */
const uidl = (file: string): string => createHash('sha256').update(file).digest('hex').slice(0, 32);
const ok = (text = ''): string => `+OK ${text}\r\n`;
const refuse = (text: string): string => `-ERR ${text}\r\n`;

export class Pop3Session {
  private user: string | null = null;
  private mailbox: PracticeMailbox | null = null;
  private entries: readonly Entry[] = [];
  private ended = false;

  constructor(
    private readonly desk: MailboxDesk,
    private readonly spool: Spool,
  ) {}

  /** True once QUIT has been answered. */
  isOver(): boolean {
    return this.ended;
  }

  /** The answer to a command line (Latin-1, ready to be written). */
  async answer(line: string): Promise<string> {
    const [verb = '', argument = ''] = line.split(/ (.*)/s);
    const command = verb.toUpperCase();
    if (command === 'QUIT') return this.quit();
    if (command === 'CAPA') return '+OK\r\nUSER\r\nUIDL\r\n.\r\n';
    return this.mailbox === null ? this.authorize(command, argument) : this.transact(command, argument.trim());
  }

  /** The connection is gone: the mailbox is free, nothing is deleted. */
  leave(): void {
    this.ended = true;
    if (this.mailbox !== null) this.desk.release(this.mailbox.user);
    this.mailbox = null;
  }

  private async authorize(command: string, argument: string): Promise<string> {
    if (command === 'USER') {
      this.user = argument;
      return ok();
    }
    if (command !== 'PASS' || this.user === null) return refuse('not now');
    const mailbox = this.desk.mailbox(this.user, argument);
    this.user = null;
    if (mailbox === undefined) return refuse('[AUTH] wrong user or password');
    if (this.ended || !this.desk.claim(mailbox.user)) return refuse('[IN-USE] mailbox in use');
    this.mailbox = mailbox;
    const files = await this.spool.waiting(mailbox.user);
    this.entries = await Promise.all(
      files.map(async (file, rank) => ({ number: rank + 1, file, mail: await this.spool.mail(mailbox.user, file), deleted: false })),
    );
    return ok(`${files.length} messages`);
  }

  private transact(command: string, argument: string): string {
    const left = this.entries.filter((entry) => !entry.deleted);
    const chosen = left.find((entry) => String(entry.number) === argument);
    const listing = (show: (entry: Entry) => string): string => {
      if (argument === '') return `+OK\r\n${left.map((entry) => `${show(entry)}\r\n`).join('')}.\r\n`;
      return chosen === undefined ? refuse('no such message') : ok(show(chosen));
    };
    switch (command) {
      case 'STAT':
        return ok(`${left.length} ${left.reduce((sum, { mail }) => sum + mail.length, 0)}`);
      case 'LIST':
        return listing(({ number, mail }) => `${number} ${mail.length}`);
      case 'UIDL':
        return listing(({ number, file }) => `${number} ${uidl(file)}`);
      case 'RETR':
        return chosen === undefined ? refuse('no such message') : ok(`${chosen.mail.length} octets`) + stuffed(chosen.mail);
      case 'DELE':
        if (chosen === undefined) return refuse('no such message');
        chosen.deleted = true;
        return ok();
      case 'RSET':
        for (const entry of this.entries) entry.deleted = false;
        return ok();
      case 'NOOP':
        return ok();
      default:
        return refuse('unknown command');
    }
  }

  private async quit(): Promise<string> {
    const { mailbox } = this;
    if (mailbox !== null) for (const { deleted, file } of this.entries) if (deleted) await this.spool.remove(mailbox.user, file);
    this.leave();
    return ok('bye');
  }
}
