/** Sends one message to, or empties one mailbox of, a server that may be hostile; prints how it ended and the most memory it took. Arguments: smtp or pop3, port, patience in ms. */
import { Pop3Collector } from '../../../../src/teletrans/network/pop3-collector';
import { SmtpSender } from '../../../../src/teletrans/network/smtp-sender';
import { isVitaleError } from '../../../../src/teletrans/domain/errors';

export interface HostileEnd {
  /** Outcome of an attempt to send; null for a mailbox. */
  readonly outcome: string | null;
  /** Code of the catalogue, null when all went well. */
  readonly code: string | null;
  readonly ms: number;
  readonly peakBytes: number;
}

const logger = { log: (): void => undefined };

async function main(protocol: string, port: number, patienceMs: number): Promise<void> {
  const link = { host: '127.0.0.1', port, security: 'none', ca: null, minTls: 'TLSv1.2', home: '.' } as const;
  const began = performance.now();
  let outcome: string | null = null;
  let code: string | null = null;
  if (protocol === 'smtp') {
    const timeouts = { connectionTimeoutMs: patienceMs, greetingTimeoutMs: patienceMs, socketTimeoutMs: patienceMs };
    const sender = new SmtpSender({ ...link, ...timeouts, user: null, password: null, dsnNotify: [] }, logger);
    const message = { bytes: Buffer.from('A: b\r\n\r\nc\r\n'), from: 'a@b.test.invalid', to: 'c@d.test.invalid' };
    ({ outcome, failure: code } = await sender.send(message));
  } else {
    const limits = { commandTimeoutMs: patienceMs, maxMessageBytes: 10 * 1024 * 1024, deleteAfterSpool: true };
    const collector = new Pop3Collector({ ...link, ...limits, user: 'a', password: 'b' }, logger);
    await collector
      .collect(async (mail) => {
        await mail.fetch();
        return 'delete';
      })
      .catch((error: unknown) => {
        code = isVitaleError(error) ? error.code : String(error);
      });
  }
  const end: HostileEnd = { outcome, code, ms: performance.now() - began, peakBytes: process.resourceUsage().maxRSS * 1024 };
  process.stdout.write(JSON.stringify(end));
}

const [protocol = '', port = '', patience = ''] = process.argv.slice(2);
main(protocol, Number(port), Number(patience)).then(
  () => process.exit(0),
  () => process.exit(1),
);
