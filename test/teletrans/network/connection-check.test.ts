/** What a person is told of their mail servers: each fault by its own words, nothing sent, no password to a server that has not proved who it is. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import * as net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tls from 'node:tls';
import type { MailServer } from '../../../src/teletrans/domain/practice';
import { checkConnection } from '../../../src/teletrans/network/connection-check';
import { lineReader } from './scripted-server';
import { makeIdentity, type Identity } from './tls-material';

jest.setTimeout(30_000);

const SECRET = 'CANARI-motdepasse';
const DAY_MS = 86_400_000;
const authority = makeIdentity({ name: 'Autorité', authority: true });
const good = makeIdentity({ name: 'serveur', hosts: ['127.0.0.1'], issuer: authority });

type Protocol = 'smtp' | 'pop3';
let home: string;
const open: net.Server[] = [];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'connexion-'));
  await writeFile(join(home, 'ca.pem'), authority.cert);
});
afterEach(async () => {
  for (const server of open.splice(0)) server.close();
  await rm(home, { recursive: true, force: true });
});

interface Server {
  readonly port: number;
  readonly heard: string[];
}

/** A server of one protocol; `says` takes the place of a right answer. */
async function serve(
  protocol: Protocol,
  identity: Identity | null,
  says: Readonly<Record<string, string | null>> = {},
  implicit = true,
): Promise<Server> {
  const heard: string[] = [];
  const talk = async (socket: net.Socket, greet: boolean): Promise<void> => {
    const next = lineReader(socket);
    const answer = (verb: string, right: string): void => {
      const said = verb in says ? says[verb] : right;
      if (said != null) socket.write(`${said}\r\n`);
    };
    if (greet) answer('GREETING', protocol === 'smtp' ? '220 essai' : '+OK essai');
    for (;;) {
      const line = await next();
      heard.push(line);
      const verb = line.split(' ')[0]?.toUpperCase() ?? '';
      if (verb === 'STARTTLS' || verb === 'STLS') {
        answer(verb, protocol === 'smtp' ? '220 go' : '+OK go');
        if (identity === null) continue;
        socket.removeAllListeners('data');
        const secured = new tls.TLSSocket(socket, { isServer: true, ...identity });
        secured.on('error', () => undefined);
        return talk(secured, false);
      }
      if (protocol === 'smtp') {
        if (verb === 'EHLO') answer(verb, `250-essai\r\n${identity === null ? '' : '250-STARTTLS\r\n'}250 AUTH PLAIN`);
        else if (verb === 'AUTH') answer(verb, '235 oui');
        else answer(verb, verb === 'QUIT' ? '221 fin' : '250 oui');
      } else if (verb === 'CAPA') socket.write('+OK\r\nSTLS\r\n.\r\n');
      else answer(verb, '+OK');
    }
  };
  const handle = (socket: net.Socket): void => {
    socket.on('error', () => undefined);
    talk(socket, true).catch(() => socket.destroy());
  };
  const server = identity !== null && implicit ? tls.createServer({ ...identity }, handle) : net.createServer(handle);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  return { port: (server.address() as net.AddressInfo).port, heard };
}

const link = (port: number, more: Partial<MailServer> = {}): MailServer => ({
  host: '127.0.0.1',
  port,
  security: 'tls',
  user: 'cabinet',
  password: SECRET,
  ca: 'ca.pem',
  ...more,
});
const codeOf = async (protocol: Protocol, settings: MailServer, timeoutMs = 3000): Promise<string> =>
  (await checkConnection(protocol, settings, { home, minTls: 'TLSv1.2', timeoutMs })).code;
const until = async (met: () => boolean): Promise<void> => {
  while (!met()) await new Promise((resolve) => setTimeout(resolve, 5));
};
const signedIn = (heard: readonly string[]): boolean => heard.some((line) => /^(AUTH|PASS)/i.test(line));

describe.each(['smtp', 'pop3'] as const)('%s', (protocol) => {
  it.each([
    ['tls', true],
    ['starttls', false],
  ] as const)('signs in by %s, leaves, and sends, lists, fetches and deletes nothing', async (security, implicit) => {
    const { port, heard } = await serve(protocol, good, {}, implicit);
    expect(await codeOf(protocol, link(port, { security }))).toBe('CFG-020');
    await until(() => heard.some((line) => /^QUIT/i.test(line)));
    expect(signedIn(heard)).toBe(true);
    expect(heard.filter((line) => /^(MAIL|RCPT|DATA|BDAT|LIST|UIDL|STAT|RETR|TOP|DELE)/i.test(line))).toEqual([]);
  });

  it('says of a link in clear inside this computer that it is one, and refuses any other', async () => {
    const { port } = await serve(protocol, null);
    expect(await codeOf(protocol, link(port, { security: 'none', ca: null }))).toBe('CFG-019');
    expect(await codeOf(protocol, link(port, { security: 'none', host: 'serveur.test.invalid' }))).toBe('CFG-003');
  });

  it.each([
    ['périmé', { name: 's', hosts: ['127.0.0.1'], issuer: authority, to: new Date(Date.now() - DAY_MS) }, 'CFG-024'],
    ['d’un autre serveur', { name: 's', hosts: ['autre.test.invalid'], issuer: authority }, 'CFG-025'],
    ['d’une autorité inconnue', { name: 's', hosts: ['127.0.0.1'] }, 'CFG-026'],
  ])('knows a certificate that is %s, and keeps the password', async (_what, wish, code) => {
    for (const implicit of [true, false]) {
      const { port, heard } = await serve(protocol, makeIdentity(wish), {}, implicit);
      expect(await codeOf(protocol, link(port, { security: implicit ? 'tls' : 'starttls' }))).toBe(code);
      expect(signedIn(heard)).toBe(false);
    }
  });

  it('knows a server that takes no encryption, and keeps the password', async () => {
    const refused = protocol === 'smtp' ? { STARTTLS: '502 non' } : { STLS: '-ERR non' };
    const { port, heard } = await serve(protocol, null, refused);
    expect(await codeOf(protocol, link(port, { security: 'starttls' }))).toBe('CFG-027');
    expect(await codeOf(protocol, link(port, { security: 'tls' }))).toBe('CFG-027');
    expect(signedIn(heard)).toBe(false);
  });

  it('knows a wrong login', async () => {
    const { port } = await serve(protocol, good, { AUTH: '535 5.7.8 non', PASS: '-ERR non' });
    expect(await codeOf(protocol, link(port))).toBe('CFG-028');
  });

  it('knows a name that does not exist, a port nobody listens on, a server that says nothing', async () => {
    expect(await codeOf(protocol, link(1, { host: 'nulle-part.test.invalid' }))).toBe('CFG-021');
    const { port } = await serve(protocol, null);
    const closed = open.pop();
    await new Promise((resolve) => closed?.close(resolve));
    expect(await codeOf(protocol, link(port))).toBe('CFG-022');
    const silent = await serve(protocol, null, { GREETING: null });
    expect(await codeOf(protocol, link(silent.port, { security: 'none', ca: null }), 200)).toBe('CFG-023');
  });

  it('knows a server of another kind', async () => {
    const { port } = await serve(protocol, null, { GREETING: 'HTTP/1.1 400 Bad Request' });
    expect(await codeOf(protocol, link(port, { security: 'none', ca: null }))).toBe('CFG-029');
  });

  it('knows files that are not there', async () => {
    expect(await codeOf(protocol, link(1, { password: { file: 'absent' } }))).toBe('CFG-030');
    expect(await codeOf(protocol, link(1, { ca: 'absent.pem' }))).toBe('CFG-031');
  });
});
