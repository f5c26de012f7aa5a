import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import * as net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tls from 'node:tls';
import { Pop3Collector } from '../../../src/teletrans/network/pop3-collector';
import { SmtpSender } from '../../../src/teletrans/network/smtp-sender';
import { lineReader } from './scripted-server';
import { makeIdentity, type Identity } from './tls-material';

const logger = { log: (): void => undefined };
const DAY_MS = 86_400_000;

type Protocol = 'smtp' | 'pop3';
interface Behaviour {
  readonly identity: Identity;
  /** TLS from the first byte; else STARTTLS or STLS. */
  readonly implicit: boolean;
  readonly offered?: boolean;
  /** Said in clear in the same packet as the go-ahead to TLS. */
  readonly injected?: string;
  readonly maxVersion?: tls.SecureVersion;
}

/** A server that keeps a mail (SMTP) or serves an empty mailbox (POP3), over TLS one way or the other, and notes what it is told in clear. */
async function tlsServer(
  protocol: Protocol,
  behaviour: Behaviour,
): Promise<{ port: number; clear: string[]; secured: string[]; close: () => Promise<void> }> {
  const clear: string[] = [];
  const secured: string[] = [];
  const sockets = new Set<net.Socket>();
  const { identity, implicit, offered = true, injected = '', maxVersion } = behaviour;
  const secure = (socket: net.Socket): tls.TLSSocket =>
    new tls.TLSSocket(socket, {
      isServer: true,
      key: identity.key,
      cert: identity.cert,
      ...(maxVersion === undefined ? {} : { minVersion: 'TLSv1', maxVersion }),
    });
  const talk = async (socket: net.Socket, heard: string[], greet: boolean): Promise<void> => {
    const next = lineReader(socket);
    const smtp = protocol === 'smtp';
    if (greet) socket.write(smtp ? '220 test\r\n' : '+OK\r\n');
    for (;;) {
      const line = await next();
      heard.push(line);
      const verb = line.split(' ')[0]?.toUpperCase() ?? '';
      if (verb === 'STARTTLS' || verb === 'STLS') {
        if (!offered) {
          socket.write(smtp ? '502 no\r\n' : '-ERR no\r\n');
          continue;
        }
        socket.removeAllListeners('data');
        socket.write(`${smtp ? '220 go' : '+OK go'}\r\n${injected}`);
        await talk(guard(secure(socket)), secured, false);
        return;
      }
      if (smtp && verb === 'EHLO') socket.write(`250-test\r\n${offered && heard === clear ? '250-STARTTLS\r\n' : ''}250 HELP\r\n`);
      else if (smtp && verb === 'DATA') {
        socket.write('354 go\r\n');
        while ((await next()) !== '.');
        socket.write('250 kept\r\n');
      } else if (verb === 'QUIT') socket.end(smtp ? '221 bye\r\n' : '+OK\r\n');
      else if (verb === 'LIST' || verb === 'UIDL' || verb === 'CAPA') socket.write('+OK\r\n.\r\n');
      else socket.write(smtp ? '250 ok\r\n' : '+OK\r\n');
    }
  };
  const guard = <T extends net.Socket>(socket: T): T => {
    socket.on('error', () => undefined);
    return socket;
  };
  const server = net.createServer((socket) => {
    sockets.add(socket);
    const ready = implicit ? guard(secure(guard(socket))) : guard(socket);
    talk(ready, implicit ? secured : clear, true).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    clear,
    secured,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

describe.each<[Protocol, 'tls' | 'starttls']>([
  ['smtp', 'tls'],
  ['smtp', 'starttls'],
  ['pop3', 'tls'],
  ['pop3', 'starttls'],
])('%s over %s', (protocol, security) => {
  const implicit = security === 'tls';
  let home: string;
  let server: Awaited<ReturnType<typeof tlsServer>> | null = null;
  let authority: Identity;
  let right: Identity;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'tls-'));
    authority = makeIdentity({ name: 'AC', authority: true });
    right = makeIdentity({ name: 'serveur', hosts: ['127.0.0.1', 'localhost'], issuer: authority });
    await writeFile(join(home, 'ca.pem'), authority.cert);
    await writeFile(join(home, 'secret'), 'mot de passe\n');
  });
  afterEach(() => server?.close());
  afterAll(() => rm(home, { recursive: true, force: true }));

  /** The catalogue code of the failure, null when all went well. */
  async function run(behaviour: Partial<Behaviour> = {}, more: { ca?: string | null; host?: string } = {}): Promise<string | null> {
    server = await tlsServer(protocol, { identity: right, implicit, ...behaviour });
    const link = { host: '127.0.0.1', port: server.port, security, ca: 'ca.pem', minTls: 'TLSv1.2', home, ...more } as const;
    if (protocol === 'pop3') {
      const collector = new Pop3Collector(
        { ...link, user: 'cabinet', password: { file: 'secret' }, commandTimeoutMs: 1500, maxMessageBytes: 1000, deleteAfterSpool: true },
        logger,
      );
      return collector
        .collect(() => Promise.resolve('keep'))
        .then(
          () => null,
          (error: unknown) => (error as { code: string }).code,
        );
    }
    const sender = new SmtpSender(
      {
        ...link,
        user: null,
        password: null,
        connectionTimeoutMs: 1500,
        greetingTimeoutMs: 1500,
        socketTimeoutMs: 1500,
        dsnNotify: [],
      },
      logger,
    );
    const outcome = await sender.send({ bytes: Buffer.from('A: b\r\n\r\nc\r\n'), from: 'a@b.test.invalid', to: 'c@d.test.invalid' });
    if (outcome.failure !== null) expect(outcome.outcome).not.toBe('UNCERTAIN');
    return outcome.failure;
  }

  it('says nothing in clear but the wish for TLS', async () => {
    expect(await run()).toBeNull();
    expect(server?.clear.filter((line) => !/^(EHLO|CAPA|STARTTLS|STLS)/.test(line))).toEqual([]);
    expect(server?.secured.join('\n')).toContain(protocol === 'pop3' ? 'PASS mot de passe' : 'MAIL FROM:<a@b.test.invalid>');
  });

  it('accepts a host given by name', async () => {
    expect(await run({}, { host: 'localhost' })).toBeNull();
  });

  it('refuses an authority it was not given', async () => {
    expect(await run({}, { ca: null })).toBe('TRA-010');
    expect(server?.secured).toEqual([]);
  });

  it('refuses a certificate of another host', async () => {
    const other = makeIdentity({ name: 'autre', hosts: ['127.0.0.2', 'other.test.invalid'], issuer: authority });
    expect(await run({ identity: other })).toBe('TRA-010');
    expect(server?.secured).toEqual([]);
  });

  it('refuses an expired certificate', async () => {
    const old = makeIdentity({
      name: 'ancien',
      hosts: ['127.0.0.1'],
      issuer: authority,
      from: new Date(Date.now() - 9 * DAY_MS),
      to: new Date(Date.now() - DAY_MS),
    });
    expect(await run({ identity: old })).toBe('TRA-010');
  });

  it('refuses an old version of TLS', async () => {
    expect(await run({ maxVersion: 'TLSv1.1' })).toMatch(/TRA-010|TRA-001/);
    expect(server?.secured).toEqual([]);
  });

  it('says that the authority file is missing', async () => {
    expect(await run({}, { ca: 'no-such-file.pem' })).toBe('TRA-010');
  });

  if (implicit) {
    it('gives up on a server that does not speak TLS', async () => {
      expect(await run({ implicit: false })).toMatch(/TRA-010|TRA-001|TRA-015/);
      expect(server?.secured).toEqual([]);
    });
  } else {
    it('sends nothing when TLS is not offered', async () => {
      expect(await run({ offered: false })).toBe('TRA-010');
      expect(server?.clear.filter((line) => /^(MAIL|USER|PASS|AUTH)/.test(line))).toEqual([]);
    });

    it('believes nothing that was slipped in before TLS', async () => {
      const injected =
        protocol === 'smtp' ? '250-test\r\n250 AUTH PLAIN\r\n250 ok\r\n354 go\r\n250 kept\r\n' : '+OK\r\n+OK\r\n+OK\r\n.\r\n';
      const code = await run({ injected });
      if (protocol === 'pop3') expect(code).toBe('TRA-015');
      // the SMTP library drops what came before; the message then goes its way over TLS only
      else expect([code, server?.secured.some((line) => line.startsWith('MAIL'))]).toEqual([null, true]);
      expect(server?.clear.filter((line) => /^(MAIL|USER|PASS|AUTH)/.test(line))).toEqual([]);
    });
  }
});
