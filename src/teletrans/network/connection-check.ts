/**
 * Tries a mail server with the practice's account: connection, TLS, sign in, and out again. Nothing is sent, fetched or deleted; the password goes to nobody who has
 * not proved who they are.
 */
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { MailServer } from '../domain/practice';
import type { HeldReason } from '../store/port';
import { isLoopback } from './loopback';
import { Pop3Failure } from './pop3-connection';
import { openMailbox } from './pop3-session';
import { readAuthorities, readPassword } from './secrets';
import { smtpOptions, type SmtpLink } from './smtp-link';

export interface CheckLimits {
  /** Folder that relative names of the password and authority files start from. */
  readonly home: string;
  readonly minTls: 'TLSv1.2' | 'TLSv1.3';
  /** For the connection, the greeting and each answer: a person waits for it. */
  readonly timeoutMs: number;
}

/** Codes of the system and of the TLS layer, by what a person can do about them. */
const CAUSES: readonly (readonly [RegExp, string])[] = [
  [/^(ENOTFOUND|EAI_|EDNS)/, 'CFG-021'],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ECONNRESET|EPIPE)/, 'CFG-022'],
  [/^(ETIMEDOUT|ESOCKETTIMEDOUT)/, 'CFG-023'],
  [/^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)/, 'CFG-024'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID/, 'CFG-025'],
  [/^(DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|CERT_|INVALID_CA|INVALID_PURPOSE)/, 'CFG-026'],
  [/^(ETLS|ERR_TLS|ERR_SSL|EPROTO$)/, 'CFG-027'],
  [/^EAUTH/, 'CFG-028'],
];

function causeOf(code: unknown): string | null {
  return typeof code === 'string' ? (CAUSES.find(([pattern]) => pattern.test(code))?.[1] ?? null) : null;
}

const plain = (code: string): HeldReason => ({ code, details: {} });

/** How it went: CFG-020 well, in TLS; CFG-019 well, within this machine; else why not (CFG-003, CFG-021 to CFG-031). Never rejects. */
export async function checkConnection(server: 'smtp' | 'pop3', link: MailServer, limits: CheckLimits): Promise<HeldReason> {
  if (link.security === 'none' && !isLoopback(link.host)) return { code: 'CFG-003', details: { serveur: link.host } };
  try {
    const password = await readPassword(link.password, limits.home).catch(() => undefined);
    if (password === undefined) return plain('CFG-030');
    const ca = await readAuthorities({ ...link, home: limits.home }).then(
      (pem) => ({ pem }),
      () => null,
    );
    if (ca === null) return plain('CFG-031');
    await (server === 'smtp' ? trySmtp({ ...link, password }, ca.pem, limits) : tryPop3({ ...link, password }, limits));
    return plain(link.security === 'none' ? 'CFG-019' : 'CFG-020');
  } catch (error) {
    return plain(server === 'smtp' ? smtpCause(error) : pop3Cause(error));
  }
}

interface SmtpError {
  readonly code?: string;
  readonly originalCode?: string;
  readonly responseCode?: number;
}

const AUTH_REPLIES: ReadonlySet<number> = new Set([530, 534, 535, 538]);

function smtpCause(error: unknown): string {
  const { code, originalCode, responseCode } = (typeof error === 'object' && error !== null ? error : {}) as SmtpError;
  if (code === 'EAUTH' || AUTH_REPLIES.has(responseCode ?? 0)) return 'CFG-028';
  return causeOf(originalCode) ?? causeOf(code) ?? 'CFG-029';
}

function pop3Cause(error: unknown): string {
  if (!(error instanceof Pop3Failure)) return 'CFG-029';
  const { cause } = error;
  const system = typeof cause === 'object' && cause !== null && 'code' in cause ? causeOf(cause.code) : null;
  if (error.reason === 'auth') return 'CFG-028';
  if (error.reason === 'timeout') return 'CFG-023';
  if (error.reason === 'tls') return system ?? 'CFG-027';
  if (error.reason === 'connection') return system ?? 'CFG-022';
  return 'CFG-029';
}

type KnownPassword = MailServer & { readonly password: string | null };

async function trySmtp(link: KnownPassword, ca: string | undefined, { home, minTls, timeoutMs }: CheckLimits): Promise<void> {
  const times = { connectionTimeoutMs: timeoutMs, greetingTimeoutMs: timeoutMs, socketTimeoutMs: timeoutMs };
  const settings: SmtpLink = { ...link, ...times, home, minTls };
  const connection = new SMTPConnection(smtpOptions(settings, ca));
  const timer = setTimeout(() => connection.emit('error', Object.assign(new Error('too long'), { code: 'ETIMEDOUT' })), 3 * timeoutMs);
  try {
    await new Promise<void>((resolve, reject) => {
      // Stays for good: an error after the end has nobody else to go to.
      connection.on('error', reject);
      connection.once('end', () => setImmediate(() => reject(Object.assign(new Error('ended'), { code: 'ECONNRESET' }))));
      connection.connect((failed) => {
        if (failed !== undefined) reject(failed);
        else if (link.user === null || !connection.allowsAuth) resolve();
        else
          connection.login({ user: link.user, credentials: { user: link.user, pass: link.password ?? '' } }, (refused) =>
            refused === null ? resolve() : reject(refused),
          );
      });
    });
    connection.quit();
  } finally {
    clearTimeout(timer);
    setTimeout(() => connection.close(), 1000).unref();
  }
}

async function tryPop3(link: KnownPassword, { home, minTls, timeoutMs }: CheckLimits): Promise<void> {
  const connection = await openMailbox({ ...link, home, minTls, commandTimeoutMs: timeoutMs });
  try {
    await connection.ask('NOOP');
    // Nothing was marked: leaving deletes nothing.
    await connection.ask('QUIT');
  } finally {
    connection.close();
  }
}
