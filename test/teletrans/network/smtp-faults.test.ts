/** Every row of the table of spec/transport.md § 4, against scripted servers. */
import type { OutgoingMessage, SendOutcome } from '../../../src/teletrans/network/port';
import { SmtpSender, type SmtpSettings } from '../../../src/teletrans/network/smtp-sender';
import { fin, reset, silence, smtpServer, type Fault, type ScriptedServer, type SmtpStep } from './scripted-server';

const settings = (port: number, more: Partial<SmtpSettings> = {}): SmtpSettings => ({
  host: '127.0.0.1',
  port,
  security: 'none',
  user: null,
  password: null,
  ca: null,
  minTls: 'TLSv1.2',
  connectionTimeoutMs: 600,
  greetingTimeoutMs: 600,
  socketTimeoutMs: 600,
  dsnNotify: ['FAILURE', 'DELAY'],
  home: '.',
  ...more,
});
const logger = { log: (): void => undefined };
const message: OutgoingMessage = {
  from: 'cabinet@practice.test.invalid',
  to: '01999@999.01.test.invalid',
  bytes: Buffer.from(`Subject: x\r\n\r\n.first\r\n..second\r\n${'A'.repeat(76)}\r\n.\r\nlast\r\n`),
};
/** Longer than what the system buffers, so that the body is still on its way when the server misbehaves. */
const long: OutgoingMessage = { ...message, bytes: Buffer.from(`Subject: x\r\n\r\n${`${'A'.repeat(76)}\r\n`.repeat(150_000)}`) };

type Row = readonly [
  what: string,
  faults: Partial<Record<SmtpStep, Fault>>,
  outcome: SendOutcome['outcome'],
  failure: string | null,
  phase: SendOutcome['phase'] | null,
];

const SURELY_NOT_SENT: readonly Row[] = [
  ['no greeting', { greeting: silence }, 'TEMP_FAILED', 'TRA-001', 'connected'],
  ['reset after connect', { greeting: reset }, 'TEMP_FAILED', 'TRA-001', null],
  ['closed after connect', { greeting: fin }, 'TEMP_FAILED', 'TRA-001', 'connected'],
  ['421 as greeting', { greeting: '421 busy' }, 'TEMP_FAILED', 'TRA-003', 'connected'],
  ['554 as greeting', { greeting: '554 go away' }, 'PERM_FAILED', 'TRA-005', 'connected'],
  ['a greeting that is not SMTP', { greeting: 'HTTP/1.1 400 Bad Request' }, 'TEMP_FAILED', 'TRA-001', 'connected'],
  ['cut at EHLO', { EHLO: reset }, 'TEMP_FAILED', 'TRA-001', 'greeted'],
  ['452 at MAIL', { MAIL: '452 4.3.1 full' }, 'TEMP_FAILED', 'TRA-003', 'envelope'],
  ['530 at MAIL', { MAIL: '530 5.7.0 log in first' }, 'PERM_FAILED', 'TRA-002', 'envelope'],
  ['cut at MAIL', { MAIL: reset }, 'TEMP_FAILED', 'TRA-001', 'envelope'],
  ['450 at RCPT', { RCPT: '450 4.2.0 greylisted' }, 'TEMP_FAILED', 'TRA-003', 'envelope'],
  ['451 at RCPT', { RCPT: '451 later' }, 'TEMP_FAILED', 'TRA-003', 'envelope'],
  ['550 at RCPT', { RCPT: '550 5.1.1 unknown' }, 'PERM_FAILED', 'TRA-004', 'envelope'],
  ['hang at RCPT', { RCPT: silence }, 'TEMP_FAILED', 'TRA-001', 'envelope'],
  ['451 at DATA', { DATA: '451 later' }, 'TEMP_FAILED', 'TRA-003', 'envelope'],
  ['554 at DATA', { DATA: '554 no' }, 'PERM_FAILED', 'TRA-005', 'envelope'],
  ['cut at DATA', { DATA: reset }, 'TEMP_FAILED', 'TRA-001', 'envelope'],
  ['451 after the dot', { dot: '451 later' }, 'TEMP_FAILED', 'TRA-003', 'replied'],
  ['421 after the dot', { dot: '421 closing' }, 'TEMP_FAILED', 'TRA-003', 'replied'],
  ['552 after the dot', { dot: '552 too big' }, 'PERM_FAILED', 'TRA-006', 'replied'],
  ['554 after the dot', { dot: '554 5.7.1 refused' }, 'PERM_FAILED', 'TRA-005', 'replied'],
];
const PERHAPS_DELIVERED: readonly Row[] = [
  ['reset after the dot', { dot: reset }, 'UNCERTAIN', 'TRA-007', 'dot-sent'],
  ['closed after the dot', { dot: fin }, 'UNCERTAIN', 'TRA-007', 'dot-sent'],
  ['hang after the dot', { dot: silence }, 'UNCERTAIN', 'TRA-007', 'dot-sent'],
  ['no SMTP reply after the dot', { dot: 'thank you' }, 'UNCERTAIN', 'TRA-007', 'dot-sent'],
  ['half a reply after the dot, then cut', { dot: (socket) => void socket.end('250-qu') }, 'UNCERTAIN', 'TRA-007', 'dot-sent'],
];

describe('an attempt and what it is worth', () => {
  let server: (ScriptedServer & { readonly kept: () => readonly string[] }) | null = null;

  afterEach(async () => {
    await server?.close();
    server = null;
  });

  async function attempt(
    faults: Partial<Record<SmtpStep, Fault>>,
    mail: OutgoingMessage = message,
    capabilities?: readonly string[],
  ): Promise<SendOutcome> {
    server = await smtpServer(faults, capabilities);
    return new SmtpSender(settings(server.port), logger).send(mail);
  }

  describe.each([
    ['one command at a time', ['8BITMIME']],
    ['pipelined', ['PIPELINING', 'DSN', 'SIZE 50000000']],
  ])('%s', (_how, capabilities) => {
    it.each([...SURELY_NOT_SENT, ...PERHAPS_DELIVERED])('%s', async (_what, faults, outcome, failure, phase) => {
      const result = await attempt(faults, message, capabilities);
      // with pipelining an early refusal is logged after the go-ahead: the reply code decides, not the phase
      const piped = capabilities.includes('PIPELINING') && ('MAIL' in faults || 'RCPT' in faults) && phase === 'envelope';
      expect(result).toMatchObject({ outcome, failure });
      if (!piped && phase !== null) expect(result.phase).toBe(phase);
      expect(server?.connections()).toBe(1);
    });
  });

  it.each<[string, Fault]>([
    ['reset', reset],
    ['FIN', fin],
    ['silence', (socket): void => void socket.pause()],
  ])('is in doubt after a %s in the middle of the message', async (_what, fault) => {
    expect(await attempt({ body: fault }, long)).toMatchObject({ outcome: 'UNCERTAIN', failure: 'TRA-007', phase: 'body' });
  });

  it('takes a 421 in the middle of the message as a definite refusal', async () => {
    const outcome = await attempt({ body: (socket) => void socket.write('421 closing\r\n') }, long);
    expect(outcome).toMatchObject({ outcome: 'TEMP_FAILED', failure: 'TRA-003', reply: '421 closing' });
  });

  it('does not believe an acceptance that comes before the whole message has left', async () => {
    const outcome = await attempt({ body: (socket) => void socket.write('250 kept already\r\n') }, long);
    expect(outcome).toMatchObject({ outcome: 'UNCERTAIN', failure: 'TRA-007' });
  });

  it('hands over the frozen bytes, dots stuffed on the way only, and keeps the text of the 250', async () => {
    expect(await attempt({ dot: '250 2.0.0 queued as 12345' })).toEqual({
      outcome: 'HANDED_OVER',
      phase: 'replied',
      reply: '250 2.0.0 queued as 12345',
      failure: null,
    });
    expect(`${server?.kept()[0] ?? ''}\r\n`).toBe(message.bytes.toString('latin1'));
  });

  it('is surely not sent when nobody listens', async () => {
    const closed = await smtpServer({});
    await closed.close();
    expect(await new SmtpSender(settings(closed.port), logger).send(message)).toEqual({
      outcome: 'TEMP_FAILED',
      phase: 'started',
      reply: null,
      failure: 'TRA-001',
    });
  });

  it('names the size when the server announces a smaller limit, without sending', async () => {
    expect(await attempt({}, message, ['SIZE 100'])).toMatchObject({ outcome: 'PERM_FAILED', failure: 'TRA-006' });
    expect(server?.kept()).toEqual([]);
  });

  it.each([
    ['535 wrong password', 'PERM_FAILED'],
    ['454 try later', 'TEMP_FAILED'],
  ])('names the login when it is refused with %s', async (reply, outcome) => {
    server = await smtpServer({ AUTH: reply }, ['AUTH PLAIN LOGIN']);
    const sender = new SmtpSender(settings(server.port, { user: 'cabinet', password: 'secret' }), logger);
    expect(await sender.send(message)).toMatchObject({ outcome, failure: 'TRA-002' });
  });

  it('never shows a password, in an outcome or a log', async () => {
    server = await smtpServer({ AUTH: '535 no such secret-4711' }, ['AUTH PLAIN']);
    const logged: unknown[] = [];
    const sender = new SmtpSender(settings(server.port, { user: 'cabinet', password: 'hunter2' }), {
      log: (...entry) => void logged.push(entry),
    });
    const outcome = await sender.send(message);
    expect(JSON.stringify([outcome, logged])).not.toMatch(/hunter2|aHVudGVyMg/);
  });

  it('is not sent when the file of the password is missing', async () => {
    server = await smtpServer({}, ['AUTH PLAIN']);
    const sender = new SmtpSender(settings(server.port, { user: 'cabinet', password: { file: 'no-such-file' } }), logger);
    expect(await sender.send(message)).toMatchObject({ outcome: 'TEMP_FAILED', failure: 'TRA-002', phase: 'started' });
    expect(server.connections()).toBe(0);
  });

  it('lets no line break or angle bracket into the envelope', async () => {
    server = await smtpServer({});
    const sender = new SmtpSender(settings(server.port), logger);
    for (const to of ['a@b\r\nRCPT TO:<c@d>', 'a@b>', '<a@b', 'a b@c', '', '@b', 'a@']) {
      expect(await sender.send({ ...message, to })).toMatchObject({ outcome: 'PERM_FAILED', failure: 'TRA-004', phase: 'started' });
    }
    expect(server.connections()).toBe(0);
  });

  describe('before a hostile server', () => {
    it('gives up on a line that never ends, in bounded memory', async () => {
      const outcome = await attempt({
        greeting: async (socket) => {
          for (let sent = 0; sent < 50 && socket.writable; sent++) {
            socket.write('2'.repeat(65_536));
            await new Promise((resolve) => setTimeout(resolve, 1));
          }
        },
      });
      expect(outcome).toMatchObject({ outcome: 'TEMP_FAILED', failure: 'TRA-001' });
    });

    it.each([
      ['one command at a time', '250 test'],
      ['pipelined', '250-test\r\n250 PIPELINING'],
    ])('believes no answers to questions not asked yet, %s', async (_how, ehlo) => {
      const answers = [ehlo, '250 a', '250 b', '354 c', '250 kept'].map((answer) => `${answer}\r\n`);
      for (const [step, early] of [
        ['greeting', ['220 x\r\n', ...answers]],
        ['EHLO', answers],
        ['MAIL', answers.slice(1)],
      ] as const) {
        const say: Fault = (socket) => void socket.write(early.join(''));
        const outcome = await attempt({ EHLO: ehlo, [step]: say });
        expect([step, outcome.outcome, outcome.failure]).toEqual([step, 'TEMP_FAILED', 'TRA-001']);
        expect(server?.kept()).toEqual([]);
        await server?.close();
      }
    });

    it('gives up on a slow drip', async () => {
      const drip: Fault = async (socket) => {
        while (socket.writable) {
          socket.write('2');
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      };
      const start = performance.now();
      expect(await attempt({ EHLO: drip })).toMatchObject({ outcome: 'TEMP_FAILED', failure: 'TRA-001' });
      expect(performance.now() - start).toBeLessThan(6000);
      await server?.close();
      expect(await attempt({ dot: drip })).toMatchObject({ outcome: 'UNCERTAIN', failure: 'TRA-007' });
    });

    it('keeps a reply of any length and any bytes to one printable line of 200 characters', async () => {
      const { reply } = await attempt({ dot: `550-\u0007\u001b[31m${'x'.repeat(500)}\r\n550 end` });
      expect(reply).toHaveLength(200);
      expect(reply).toMatch(/^[\x20-\x7e]+$/);
    });
  });
});
