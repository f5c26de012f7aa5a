/**
 * Hands one frozen message to the practice's SMTP server over nodemailer's connection: one connection, one message, no pool and no automatic retry, since
 * our journal owns every attempt (spec/transport.md §§ 2 and 4).
 */
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { codeField, countOf } from '../diagnostics/log-values';
import type { Logger } from '../diagnostics/logger';
import { assertLinkAllowed } from './loopback';
import type { SendPhase } from '../store/port';
import type { MailSender, OutgoingMessage, SendOutcome } from './port';
import { readAuthorities, readPassword } from './secrets';
import { smtpOptions, type SmtpLink } from './smtp-link';
import { SmtpDialogue } from './smtp-dialogue';
import { outcomeOfFailure, outcomeOfSuccess } from './smtp-outcome';

export interface SmtpSettings extends SmtpLink {
  readonly dsnNotify: readonly ('SUCCESS' | 'FAILURE' | 'DELAY')[];
}

const ADDRESS = /^[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/;

export class SmtpSender implements MailSender {
  /** Errors: CFG-003 for a link in clear to another machine. */
  constructor(
    private readonly settings: SmtpSettings,
    private readonly logger: Logger,
  ) {
    assertLinkAllowed(settings);
  }

  async send(message: OutgoingMessage, onPhase: (phase: SendPhase) => void = () => undefined): Promise<SendOutcome> {
    const dialogue = new SmtpDialogue(onPhase);
    let outcome: SendOutcome;
    try {
      outcome = await this.attempt(message, dialogue);
    } catch (error) {
      outcome = outcomeOfFailure(dialogue, typeof error === 'object' && error !== null ? error : {});
    }
    this.logger.log(outcome.outcome === 'HANDED_OVER' ? 'info' : 'warn', 'sending.attempt', {
      step: outcome.phase,
      to: outcome.outcome,
      ...(outcome.failure === null ? {} : codeField(outcome.failure)),
      count: countOf(message.bytes.length),
    });
    return outcome;
  }

  private async attempt(message: OutgoingMessage, dialogue: SmtpDialogue): Promise<SendOutcome> {
    const { settings } = this;
    if (!ADDRESS.test(message.from) || !ADDRESS.test(message.to)) {
      return { outcome: 'PERM_FAILED', phase: 'started', reply: null, failure: 'TRA-004' };
    }
    let password: string | null;
    try {
      password = await readPassword(settings.password, settings.home);
    } catch {
      return { outcome: 'TEMP_FAILED', phase: 'started', reply: null, failure: 'TRA-002' };
    }
    let ca: string | undefined;
    try {
      ca = await readAuthorities(settings);
    } catch {
      return { outcome: 'TEMP_FAILED', phase: 'started', reply: null, failure: 'TRA-010' };
    }
    const connection = new SMTPConnection({ ...smtpOptions(settings, ca), logger: dialogue.logger });
    const timer = setTimeout(() => connection.emit('error', new Error('too long')), this.longestMs());
    try {
      return await this.converse(connection, message, dialogue, password);
    } finally {
      clearTimeout(timer);
      connection.close();
    }
  }

  /** The dialogue itself; rejects with the library's error, whichever way it reports it. */
  private converse(
    connection: SMTPConnection,
    message: OutgoingMessage,
    dialogue: SmtpDialogue,
    password: string | null,
  ): Promise<SendOutcome> {
    const { user, dsnNotify } = this.settings;
    return new Promise<SendOutcome>((resolve, reject) => {
      const send = (): void => {
        const dsn = dsnNotify.length === 0 ? {} : { dsn: { ret: 'HDRS', notify: [...dsnNotify] } };
        const envelope = { from: message.from, to: [message.to], size: message.bytes.length, ...dsn };
        connection.send(envelope, message.bytes, (error, info) => {
          if (error === null) resolve(outcomeOfSuccess(dialogue, info.response));
          else reject(error);
        });
      };
      const begin = (): void => {
        if (user === null || !connection.allowsAuth) {
          send();
          return;
        }
        connection.login({ user, credentials: { user, pass: password ?? '' } }, (error) => {
          if (error === null) send();
          else reject(error);
        });
      };
      // stays for good: an error after the end of the dialogue has nobody else to go to
      connection.on('error', reject);
      // later: the library may close first and say why afterwards
      connection.once('end', () => setImmediate(() => reject(new Error('connection ended'))));
      connection.connect((error) => {
        const socket = connection._socket;
        if (error !== undefined || socket === false || socket === null) {
          reject(error ?? new Error('no connection'));
          return;
        }
        dialogue.follow(socket, () => connection.emit('error', new Error('unasked reply')));
        // what came along with the last reply is handled by the library first, and is an error since nothing was asked
        setImmediate(() => setImmediate(begin));
      });
    });
  }

  /** A server that drips one byte now and then keeps the idle timer happy: the whole attempt has an end too. */
  private longestMs(): number {
    const { connectionTimeoutMs, greetingTimeoutMs, socketTimeoutMs } = this.settings;
    return connectionTimeoutMs + greetingTimeoutMs + 2 * socketTimeoutMs;
  }
}
