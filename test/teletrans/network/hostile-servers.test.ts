/** Hostile servers before the program in a process of its own: each ends with a code, in bounded time and in bounded memory. Certificates and STARTTLS: tls.test.ts. */
import { execFile } from 'node:child_process';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { HostileEnd } from './programs/hostile-client';
import { scripted } from './scripted-server';

type Script = Parameters<typeof scripted>[0];

const MEGABYTE = 1024 * 1024;
const FLOOD_BYTES = 100 * MEGABYTE;
const PATIENCE_MS = 2000;
/** Over a program that meets a right server: what a flood may cost. The largest mail allowed is 10 MB, held twice while it is put together. */
const ALLOWANCE_BYTES = 64 * MEGABYTE;

async function client(protocol: 'smtp' | 'pop3', script: Script): Promise<HostileEnd> {
  const server = await scripted(script);
  try {
    const words = ['--require', join(__dirname, '../../support/built.cjs'), join(__dirname, 'programs/hostile-client.ts')];
    const { stdout } = await promisify(execFile)(process.execPath, [...words, protocol, String(server.port), String(PATIENCE_MS)]);
    return JSON.parse(stdout) as HostileEnd;
  } finally {
    await server.close();
  }
}

/** 100 MB of the same, as fast as they are taken. */
async function flood(socket: Socket, text: string): Promise<void> {
  const chunk = text.repeat(Math.ceil(65_536 / text.length));
  for (let sent = 0; sent < FLOOD_BYTES && socket.writable; sent += chunk.length)
    if (!socket.write(chunk, 'latin1'))
      await new Promise<void>((resolve) => void socket.once('drain', resolve).once('close', () => resolve()));
}

async function drip(socket: Socket, text: string): Promise<void> {
  while (socket.writable) {
    socket.write(text);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** A right server but for the answer to one verb (`greeting` first). */
const smtp =
  (at: string, wrong: (socket: Socket) => unknown): Script =>
  async (socket, next) => {
    const say = async (verb: string, right: string): Promise<void> => {
      if (verb === at) await wrong(socket);
      else socket.write(`${right}\r\n`);
    };
    await say('greeting', '220 x');
    for (;;) {
      const verb = (await next()).slice(0, 4);
      if (verb === 'DATA') {
        await say('DATA', '354 x');
        while ((await next()) !== '.');
        await say('dot', '250 x');
      } else await say(verb, '250 x');
    }
  };

/** One mail of 10 bytes; a right server but for the answer to one verb. */
const pop3 =
  (at: string, wrong: (socket: Socket) => unknown): Script =>
  async (socket, next) => {
    const say = async (verb: string, right: string): Promise<void> => {
      if (verb === at) await wrong(socket);
      else socket.write(right);
    };
    await say('greeting', '+OK\r\n');
    for (;;) {
      const verb = (await next()).slice(0, 4);
      const lists: Readonly<Record<string, string>> = { LIST: '1 10\r\n', UIDL: '1 a\r\n', RETR: 'A: b\r\n\r\nc\r\n' };
      await say(verb, lists[verb] === undefined ? '+OK\r\n' : `+OK\r\n${lists[verb]}.\r\n`);
      if (verb === 'QUIT') socket.end();
    }
  };

const write =
  (text: string) =>
  (socket: Socket): void =>
    void socket.write(text, 'latin1');

describe.each<['smtp' | 'pop3', Script, readonly (readonly [what: string, script: Script, code: string | null, outcome: string | null])[]]>(
  [
    [
      'smtp',
      smtp('', () => undefined),
      [
        ['a greeting of 100 MB on one line', smtp('greeting', (socket) => flood(socket, '2')), 'TRA-001', 'TEMP_FAILED'],
        ['a greeting of 100 MB on many lines', smtp('greeting', (socket) => flood(socket, '220-x\r\n')), 'TRA-001', 'TEMP_FAILED'],
        ['an answer to EHLO of 100 MB', smtp('EHLO', (socket) => flood(socket, '250-x\r\n')), 'TRA-001', 'TEMP_FAILED'],
        ['an answer to the message of 100 MB', smtp('dot', (socket) => flood(socket, '250-x\r\n')), 'TRA-007', 'UNCERTAIN'],
        ['lines that end with CR alone', smtp('greeting', write('220 x\r250 x\r')), 'TRA-001', 'TEMP_FAILED'],
        ['a refusal with LF alone', smtp('MAIL', write('550 x\n')), 'TRA-005', 'PERM_FAILED'],
        [
          'all answers at once',
          smtp('greeting', write('220 x\r\n250 x\r\n250 x\r\n250 x\r\n354 x\r\n250 x\r\n')),
          'TRA-001',
          'TEMP_FAILED',
        ],
        ['a slow drip', smtp('EHLO', (socket) => drip(socket, '2')), 'TRA-001', 'TEMP_FAILED'],
        ['nothing but NUL', smtp('greeting', (socket) => flood(socket, '\0')), 'TRA-001', 'TEMP_FAILED'],
      ],
    ],
    [
      'pop3',
      pop3('', () => undefined),
      [
        ['a greeting of 100 MB on one line', pop3('greeting', (socket) => flood(socket, '+')), 'TRA-015', null],
        ['a list of 100 MB', pop3('LIST', (socket) => (socket.write('+OK\r\n'), flood(socket, '1 1\r\n'))), 'TRA-015', null],
        ['a line of 100 MB in a list', pop3('UIDL', (socket) => (socket.write('+OK\r\n1 '), flood(socket, 'x'))), 'TRA-015', null],
        // longer than announced: left alone, the mailbox goes on
        [
          'a mail of 100 MB announced as one of 10 bytes',
          pop3('RETR', (socket) => (socket.write('+OK\r\n'), flood(socket, 'x'))),
          null,
          null,
        ],
        ['a mail of 100 MB announced as such', pop3('LIST', write(`+OK\r\n1 ${String(FLOOD_BYTES)}\r\n.\r\n`)), null, null],
        ['lines that end with CR alone', pop3('greeting', write('+OK\r+OK\r')), 'TRA-015', null],
        ['an end of mail with LF alone', pop3('RETR', write('+OK\r\nA: b\r\n.\n')), 'TRA-015', null],
        ['all answers at once', pop3('greeting', write('+OK\r\n+OK\r\n+OK\r\n+OK\r\n.\r\n')), 'TRA-015', null],
        ['a slow drip', pop3('USER', (socket) => drip(socket, '+')), 'TRA-015', null],
        ['nothing but NUL', pop3('greeting', (socket) => flood(socket, '\0')), 'TRA-015', null],
      ],
    ],
  ],
)('%s', (protocol, right, rows) => {
  let peaceful: HostileEnd;
  beforeAll(async () => {
    peaceful = await client(protocol, right);
    expect(peaceful).toMatchObject({ code: null, outcome: protocol === 'smtp' ? 'HANDED_OVER' : null });
  }, 60_000);

  it.each(rows)(
    '%s',
    async (_what, script, code, outcome) => {
      const end = await client(protocol, script);
      expect({ code: end.code, outcome: end.outcome }).toEqual({ code, outcome });
      expect(end.peakBytes).toBeLessThan(peaceful.peakBytes + ALLOWANCE_BYTES);
      // the patience of a connection, a greeting and two answers, and what a loaded machine takes on top
      expect(end.ms).toBeLessThan(4 * PATIENCE_MS + 30_000);
    },
    90_000,
  );
});
