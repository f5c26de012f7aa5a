/**
 * Fetches the waiting mails by POP3, byte for byte (spec/transport.md §§ 5.6 and 6): a mail is deleted only when the one who takes it says so, and a
 * deletion counts only after the +OK of QUIT.
 */
import { VitaleError } from '../domain/errors';
import type { MailServer } from '../domain/practice';
import { codeField, countOf } from '../diagnostics/log-values';
import type { Logger } from '../diagnostics/logger';
import { assertLinkAllowed } from './loopback';
import { Pop3Connection, Pop3Failure } from './pop3-connection';
import type { MailCollector, WaitingMail } from './port';
import { readAuthorities, readPassword } from './secrets';

export interface Pop3Settings extends MailServer {
  readonly minTls: 'TLSv1.2' | 'TLSv1.3';
  /** For the connection and for each answer. */
  readonly commandTimeoutMs: number;
  readonly maxMessageBytes: number;
  /** False: nothing is ever deleted on the server. */
  readonly deleteAfterSpool: boolean;
  /** Folder that relative names of the password and authority files start from. */
  readonly home: string;
}

interface Listed {
  readonly number: number;
  readonly uidl: string;
  readonly size: number;
}

const MAX_LIST_BYTES = 8 * 1024 * 1024;
const UIDL_LINE = /^(\d{1,9}) ([\x21-\x7e]{1,70})$/;
const LIST_LINE = /^(\d{1,9}) (\d{1,12})(?: .*)?$/;
/** Answers of RFC 2449 and 3206 that are no refusal of the password. */
const NOT_THE_PASSWORD = /^\[(IN-USE|LOGIN-DELAY|SYS\/TEMP|SYS\/PERM)\]/i;

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
    const connection = await this.explained(() => this.open());
    try {
      const deleted = await this.takeAll(connection, take);
      await this.explained(() => connection.ask('QUIT'));
      return { deleted };
    } finally {
      connection.close();
    }
  }

  private async open(): Promise<Pop3Connection> {
    const { settings } = this;
    const password = await readPassword(settings.password, settings.home).catch((cause: unknown) => {
      throw new Pop3Failure('auth', { cause });
    });
    const ca = await readAuthorities(settings).catch((cause: unknown) => {
      throw new Pop3Failure('tls', { cause });
    });
    const { user } = settings;
    if (user === null || password === null || /[\r\n\0]/.test(user + password)) throw new Pop3Failure('auth');
    const connection = await Pop3Connection.open({ ...settings, ca, timeoutMs: settings.commandTimeoutMs });
    try {
      await connection.answer();
      if (settings.security === 'starttls') await this.startTls(connection);
      await this.login(connection, user, password);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** Without STLS there is no session: the password never goes in clear. */
  private async startTls(connection: Pop3Connection): Promise<void> {
    try {
      await connection.askLines('CAPA', MAX_LIST_BYTES);
    } catch (error) {
      if (!(error instanceof Pop3Failure && error.reason === 'refused')) throw error; // CAPA is optional, STLS is not
    }
    try {
      await connection.ask('STLS');
    } catch (error) {
      if (error instanceof Pop3Failure && error.reason === 'refused') throw new Pop3Failure('tls', { cause: error });
      throw error;
    }
    await connection.secure();
  }

  private async login(connection: Pop3Connection, user: string, password: string): Promise<void> {
    try {
      await connection.ask(`USER ${user}`);
      await connection.ask(`PASS ${password}`);
    } catch (error) {
      const refused = error instanceof Pop3Failure && error.reason === 'refused';
      if (refused && !NOT_THE_PASSWORD.test(String(error.cause))) throw new Pop3Failure('auth');
      throw error;
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
