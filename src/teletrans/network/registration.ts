/** Puts the network adapters together for a practice: what `cabinet.json` says of its servers wins over the profile's (contract § 2). */
import { resolve } from 'node:path';
import type { Practice } from '../domain/practice';
import type { Logger } from '../diagnostics/logger';
import { CertificateFolder } from './certificates';
import { MimeMailReader } from './mail-reader';
import { MimeMessageBuilder } from './message-builder';
import { Pop3Collector } from './pop3-collector';
import type { MailCollector, MailReader, MailSender, MessageBuilder } from './port';
import { SmtpSender } from './smtp-sender';
import { createMessageNames, type MessageNames } from './subject';
import type { TransportProfile } from './transport-profile';

export interface Network {
  readonly sender: MailSender;
  readonly collector: MailCollector;
  readonly builder: MessageBuilder;
  readonly reader: MailReader;
  readonly names: MessageNames;
}

export interface NetworkPaths {
  /** The practice's data folder: relative file names of `cabinet.json` and of the profile start there. */
  readonly home: string;
}

/**
 * @param profile checked with `assertProfileUsable` before.
 * Errors: CFG-003 when a link in clear would leave the machine.
 */
export function createNetwork(
  practice: Pick<Practice, 'network'>,
  profile: TransportProfile,
  { home }: NetworkPaths,
  logger: Logger,
): Network {
  const { smtp, pop3 } = practice.network;
  const main = profile.smtp.main;
  const box = profile.pop3.main;
  return {
    sender: new SmtpSender(
      {
        ...smtp,
        home,
        minTls: main.min_tls,
        connectionTimeoutMs: main.connection_timeout_ms,
        greetingTimeoutMs: main.greeting_timeout_ms,
        socketTimeoutMs: main.socket_timeout_ms,
        dsnNotify: main.dsn_notify,
      },
      logger,
    ),
    collector: new Pop3Collector(
      {
        ...pop3,
        home,
        minTls: box.min_tls,
        commandTimeoutMs: box.command_timeout_ms,
        maxMessageBytes: box.max_message_bytes,
        deleteAfterSpool: box.delete_after_spool,
      },
      logger,
    ),
    builder: new MimeMessageBuilder(profile, new CertificateFolder(resolve(home, profile.certificates.path)), smtp.host, logger),
    reader: new MimeMailReader(profile.returns),
    names: createMessageNames(profile),
  };
}
