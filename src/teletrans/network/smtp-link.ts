/** How the practice's SMTP server is reached. */
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { MailServer } from '../domain/practice';

export interface SmtpLink extends MailServer {
  readonly minTls: 'TLSv1.2' | 'TLSv1.3';
  readonly connectionTimeoutMs: number;
  readonly greetingTimeoutMs: number;
  /** Idle time; shortening it makes UNCERTAIN cases. */
  readonly socketTimeoutMs: number;
  /** Folder that relative names of the password and authority files start from. */
  readonly home: string;
}

/** Largest reply a server may send. */
const MAX_REPLY_BYTES = 65_536;

/** @param ca PEM of the authorities, undefined for the system's. */
export function smtpOptions(link: SmtpLink, ca: string | undefined): SMTPConnection.Options {
  return {
    host: link.host,
    port: link.port,
    secure: link.security === 'tls',
    requireTLS: link.security === 'starttls',
    ignoreTLS: link.security === 'none',
    // the machine's own name is nobody's business
    name: '[127.0.0.1]',
    tls: { minVersion: link.minTls, rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) },
    connectionTimeout: link.connectionTimeoutMs,
    greetingTimeout: link.greetingTimeoutMs,
    socketTimeout: link.socketTimeoutMs,
    socketCloseTimeout: 1000,
    maxResponseSize: MAX_REPLY_BYTES,
    transactionLog: true,
  };
}
