/** A mail provider of the test's own: Postfix and Dovecot with an authority of their own, in one throw-away folder. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TEST_FRONT_ENDS } from '../../../src/demonstration/insurer/front-ends';
import { makeIdentity } from '../../teletrans/network/tls-material';
import { startDovecot } from './dovecot';
import { startPostfix } from './postfix';
import { freePorts, type ServerProcess } from './server-process';

/** A user number without an account: the Maildirs belong to nobody else. */
const OWNER = 5000;

export const PRACTICE_MAILBOX = 'cabinet@cabinet.test.invalid';
/** Mails to this domain are taken in and come back as delivery reports. */
export const BOUNCING_DOMAIN = 'refus.test.invalid';

export interface MailPorts {
  readonly submission: number;
  readonly smtps: number;
  readonly pop3: number;
  readonly pop3s: number;
}

export class MailWorld {
  private constructor(
    readonly folder: string,
    readonly ports: MailPorts,
    /** PEM file of the authority. */
    readonly ca: string,
    readonly password: string,
    private readonly servers: readonly ServerProcess[],
  ) {}

  static async start(): Promise<MailWorld> {
    const folder = mkdtempSync(join(tmpdir(), 'mail-'));
    chmodSync(folder, 0o711);
    const servers: ServerProcess[] = [];
    try {
      const password = 'mot-de-passe-d-essai';
      const { ca, tls } = makeTls(join(folder, 'tls'));
      const mail = join(folder, 'boites');
      const mailboxes = [PRACTICE_MAILBOX, ...TEST_FRONT_ENDS.map(({ mailbox }) => mailbox)];
      for (const address of mailboxes) mkdirSync(join(mail, address.slice(address.indexOf('@') + 1)), { recursive: true });
      execFileSync('chown', ['-R', `${OWNER}:${OWNER}`, mail]);
      const [submission = 0, smtps = 0, pop3 = 0, pop3s = 0, refusing = 0, login = 0] = await freePorts(6);
      const common = { tls, mail, owner: OWNER };
      servers.push(await startDovecot({ ...common, folder: makeFolder(folder, 'dovecot'), password, ports: { pop3, pop3s, login } }));
      servers.push(
        await startPostfix({
          ...common,
          folder: makeFolder(folder, 'postfix'),
          mailboxes,
          bouncing: BOUNCING_DOMAIN,
          ports: { submission, smtps, refusing, login },
        }),
      );
      return new MailWorld(folder, { submission, smtps, pop3, pop3s }, ca, password, servers);
    } catch (error) {
      for (const server of servers) await server.stop();
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Number of mails lying in a mailbox, fetched or not. */
  count(address: string): number {
    const [user = '', domain = ''] = address.split('@');
    return ['new', 'cur'].reduce((sum, part) => {
      try {
        return sum + readdirSync(join(this.folder, 'boites', domain, user, part)).length;
      } catch {
        return sum; // made with the first mail
      }
    }, 0);
  }

  /** Number of mails Postfix has taken and not delivered yet; one on its way from folder to folder may be missed. */
  queued(): number {
    return ['incoming', 'active', 'deferred', 'maildrop'].reduce(
      (sum, part) =>
        sum +
        readdirSync(join(this.folder, 'postfix/queue', part), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
          .length,
      0,
    );
  }

  async stop(): Promise<void> {
    for (const server of this.servers) await server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function makeFolder(parent: string, name: string): string {
  const folder = join(parent, name);
  mkdirSync(folder, { mode: 0o711 });
  return folder;
}

function makeTls(folder: string): { ca: string; tls: { cert: string; key: string } } {
  mkdirSync(folder);
  const authority = makeIdentity({ name: 'AC', authority: true });
  const server = makeIdentity({ name: 'messagerie', hosts: ['127.0.0.1', 'localhost'], issuer: authority });
  const put = (name: string, content: string): string => {
    const file = join(folder, name);
    writeFileSync(file, content, { mode: name.endsWith('.key') ? 0o600 : 0o644 });
    return file;
  };
  return { ca: put('ca.pem', authority.cert), tls: { cert: put('serveur.pem', server.cert), key: put('serveur.key', server.key) } };
}
