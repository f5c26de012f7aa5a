/**
 * Fetches the waiting mails by POP3, byte for byte (spec/transport.md §§ 5.6 and 6): a mail is deleted only when the one who takes it says so, and a
 * deletion counts only after the +OK of QUIT.
 */
import { VitaleError } from '../domain/errors';
import { codeField, countOf } from '../diagnostics/log-values';
import type { Logger } from '../diagnostics/logger';
import { assertLinkAllowed } from './loopback';
import { Pop3Failure, type Pop3Connection } from './pop3-connection';
import { MAX_LIST_BYTES, openMailbox, type Pop3Account } from './pop3-session';
import type { MailCollector, WaitingMail } from './port';

export interface Pop3Settings extends Pop3Account {
  readonly maxMessageBytes: number;
  /** False: nothing is ever deleted on the server. */
  readonly deleteAfterSpool: boolean;
}

interface Listed {
  readonly number: number;
  readonly uidl: string;
  readonly size: number;
}

const UIDL_LINE = /^(\d{1,9}) ([\x21-\x7e]{1,70})$/;
const LIST_LINE = /^(\d{1,9}) (\d{1,12})(?: .*)?$/;

export class Pop3Collector implements MailCollector {
  /** Mails that turned out longer than allowed: left alone from then on, so that one of them does not stop the others. */
  private readonly tooLarge = new Set<string>();

  /** Errors: CFG-003 for a link in clear to another machine. */
  constructor(
    private readonly settings: Pop3Settings,
    private readonly logger: Logger,
  ) {
    assertLinkAllowed(settings);
  }

  async collect(take: (mail: WaitingMail) => Promise<'delete' | 'keep'>): Promise<{ readonly deleted: readonly string[] }> {
    for (;;) {
      const known = this.tooLarge.size;
      try {
        return await this.session(take);
      } catch (error) {
        // A mail longer than announced ends its session; it is left alone in the next one, so that those behind it are not held up.
        if (this.tooLarge.size === known) throw error;
      }
    }
  }

  private async session(take: (mail: WaitingMail) => Promise<'delete' | 'keep'>): Promise<{ readonly deleted: readonly string[] }> {
    const connection = await this.explained(() => openMailbox(this.settings));
    try {
      const deleted = await this.takeAll(connection, take);
      await this.explained(() => connection.ask('QUIT'));
      return { deleted };
    } finally {
      connection.close();
    }
  }

  private async list(connection: Pop3Connection): Promise<readonly Listed[]> {
    const read = async (command: string, pattern: RegExp): Promise<Map<number, string>> => {
      const lines = (await connection.askLines(command, MAX_LIST_BYTES)).toString('latin1').split('\r\n').slice(0, -1);
      return new Map(
        lines.map((line) => {
          const [, number, value] = pattern.exec(line) ?? [];
          if (number === undefined || value === undefined) throw new Pop3Failure('protocol');
          return [Number(number), value];
        }),
      );
    };
    const sizes = await read('LIST', LIST_LINE);
    const uidls = await read('UIDL', UIDL_LINE);
    return [...uidls].map(([number, uidl]) => ({ number, uidl, size: Number(sizes.get(number) ?? 0) })).sort((a, b) => a.number - b.number);
  }

  private async takeAll(connection: Pop3Connection, take: (mail: WaitingMail) => Promise<'delete' | 'keep'>): Promise<readonly string[]> {
    const deleted: string[] = [];
    for (const mail of await this.explained(() => this.list(connection))) {
      if (mail.size > this.settings.maxMessageBytes || this.tooLarge.has(mail.uidl)) {
        this.logger.log('warn', 'returns.mail-too-large', { count: countOf(mail.size) });
        continue;
      }
      const fetch = (): Promise<Buffer> => this.explained(() => this.retrieve(connection, mail));
      const wish = await take({ uidl: mail.uidl, size: mail.size, fetch }).catch(async (error: unknown) => {
        // what was taken before is safe: its deletion may count, and no harm if it does not
        await connection.ask('QUIT').catch(() => undefined);
        throw error;
      });
      if (wish === 'keep' || !this.settings.deleteAfterSpool) continue;
      await this.explained(() => connection.ask(`DELE ${mail.number}`));
      deleted.push(mail.uidl);
    }
    return deleted;
  }

  private async retrieve(connection: Pop3Connection, mail: Listed): Promise<Buffer> {
    try {
      return await connection.askLines(`RETR ${mail.number}`, this.settings.maxMessageBytes, mail.size);
    } catch (error) {
      if (error instanceof Pop3Failure && error.reason === 'too-large') this.tooLarge.add(mail.uidl);
      throw error;
    }
  }

  /** Turns a failed session into its code of the catalogue. */
  private async explained<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Pop3Failure)) throw error;
      const code = error.reason === 'auth' ? 'TRA-002' : error.reason === 'tls' ? 'TRA-010' : 'TRA-015';
      this.logger.log('warn', 'returns.collection-failed', { ...codeField(code), step: error.reason });
      throw new VitaleError(code, {}, { cause: error });
    }
  }
}
