/** An insurer on free ports and a practice's real network adapters before it, in a throw-away folder. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfiguration } from '../../../src/demonstration/insurer/configuration';
import { TEST_FRONT_ENDS } from '../../../src/demonstration/insurer/front-ends';
import { Insurer } from '../../../src/demonstration/insurer/insurer';
import type { FrontEnd } from '../../../src/demonstration/insurer/judge';
import { makeMailboxKey, type MailboxKey } from '../../../src/demonstration/insurer/mailbox-keys';
import type { Received } from '../../../src/demonstration/insurer/received-journal';
import type { Rule } from '../../../src/demonstration/insurer/scenario';
import type { Acknowledgement } from '../../../src/teletrans/domain/acknowledgement';
import type { Logger } from '../../../src/teletrans/diagnostics/logger';
import { encodeArl0 } from '../../../src/teletrans/formats/arl/arl0-encoder';
import { Arl0Translator } from '../../../src/teletrans/formats/arl/translator';
import type { ReturnContent, SendOutcome } from '../../../src/teletrans/network/port';
import { createNetwork, type Network } from '../../../src/teletrans/network/registration';
import { loadTransportProfile, type TransportProfile } from '../../../src/teletrans/network/transport-profile';

export const NOW = '2026-11-23T10:00:00+01:00';
export const SENDER = 'cabinet@practice.test.invalid';
export const CPAM = '01999@999.01.test.invalid';
export const PROFILE = join(__dirname, '../../../addin/tables/transport/profil.json');
export const silent: Logger = { log: () => undefined };

/** Keys are made once a test file: an RSA key costs more than the rest of a test. */
const madeKeys = new Map<string, MailboxKey>();

async function shareKeys(spool: string, frontEnds: readonly FrontEnd[]): Promise<void> {
  const folder = join(spool, 'keys');
  await mkdir(folder, { recursive: true });
  for (const { mailbox } of frontEnds) {
    const key = madeKeys.get(mailbox) ?? (await makeMailboxKey(mailbox, new Date(NOW)));
    madeKeys.set(mailbox, key);
    await writeFile(join(folder, `${mailbox}.key.pem`), key.privateKeyPem);
    await writeFile(join(folder, `${mailbox}.pem`), key.certificatePem);
  }
}

export class Rig {
  private compostages = 0;

  private constructor(
    readonly home: string,
    readonly insurer: Insurer,
    readonly network: Network,
    readonly profile: TransportProfile,
    /** What the insurer could not treat. */
    readonly failures: readonly unknown[],
  ) {}

  static async start(options: { rules?: readonly Rule[]; home?: string; insurer?: object; timeouts?: number } = {}): Promise<Rig> {
    const home = options.home ?? (await mkdtemp(join(tmpdir(), 'insurer-')));
    const shipped = await loadTransportProfile(PROFILE);
    const limit = options.timeouts ?? 5000;
    const profile: TransportProfile = {
      ...shipped,
      smtp: { main: { ...shipped.smtp.main, connection_timeout_ms: limit, greeting_timeout_ms: limit, socket_timeout_ms: limit } },
    };
    const configuration = {
      frontEnds: TEST_FRONT_ENDS.slice(0, 2),
      spool: join(home, 'spool'),
      certs: join(home, 'certs'),
      now: NOW,
      rules: options.rules ?? [],
      ...options.insurer,
    };
    const failures: unknown[] = [];
    await shareKeys(configuration.spool, configuration.frontEnds);
    const insurer = await Insurer.start(parseConfiguration(JSON.stringify(configuration)), encodeArl0, {
      onFailure: (error) => failures.push(error),
    });
    const link = { host: '127.0.0.1', security: 'none', ca: null } as const;
    const network = createNetwork(
      {
        network: {
          sender: SENDER,
          smtp: { ...link, port: insurer.ports.smtpPort, user: null, password: null },
          pop3: { ...link, port: insurer.ports.pop3Port, user: 'cabinet', password: 'cabinet' },
        },
      },
      profile,
      { home },
      silent,
    );
    return new Rig(home, insurer, network, profile, failures);
  }

  /** Stops the insurer; the folder goes too unless it is kept for another start. */
  async stop(keep = false): Promise<void> {
    await this.insurer.stop();
    if (!keep) await rm(this.home, { recursive: true, force: true });
  }

  async build(
    b2: Buffer,
    fields: { to?: string; compostage?: string; marking?: 'T' | 'D' } = {},
  ): Promise<{ bytes: Buffer; encrypted: boolean; compostage: string }> {
    const counter = ++this.compostages;
    const date = new Date(NOW);
    const compostage = fields.compostage ?? this.network.names.compostage(date, counter);
    const senderNumber = b2.toString('latin1', 5, 19);
    const built = await this.network.builder.build({
      b2,
      marking: fields.marking ?? 'T',
      from: SENDER,
      to: fields.to ?? CPAM,
      subject: this.network.names.subject({ senderNumber, compostage, invoices: 1 }),
      messageId: `<${compostage}@practice.test.invalid>`,
      date,
    });
    return { ...built, compostage };
  }

  async send(b2: Buffer, fields: { to?: string; compostage?: string; marking?: 'T' | 'D' } = {}): Promise<SendOutcome> {
    const { bytes } = await this.build(b2, fields);
    return this.hand(bytes, fields.to);
  }

  async hand(bytes: Buffer, to = CPAM): Promise<SendOutcome> {
    const outcome = await this.network.sender.send({ bytes, from: SENDER, to });
    await this.settled();
    return outcome;
  }

  /** Waits until the insurer has treated what it has received. */
  async settled(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 20));
    await this.insurer.idle();
  }

  /** Everything in the practice's mailbox, which is emptied. */
  async collect(): Promise<readonly ReturnContent[]> {
    const mails: Buffer[] = [];
    await this.network.collector.collect(async (mail) => {
      mails.push(await mail.fetch());
      return 'delete';
    });
    return Promise.all(mails.map((mail) => this.network.reader.read(mail)));
  }

  /** The ARL in the mailbox, translated. */
  async arls(): Promise<readonly Acknowledgement[]> {
    return (await this.collect()).map((content) => {
      if (content.kind !== 'ARL') throw new Error(`not an ARL: ${content.kind}`);
      return new Arl0Translator(['T', 'D']).translate(content.bytes);
    });
  }

  async received(): Promise<readonly Received[]> {
    const text = await readFile(join(this.home, 'spool', 'received.ndjson'), 'utf8').catch(() => '');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Received);
  }
}
