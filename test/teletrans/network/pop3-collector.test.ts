import type { Socket } from 'node:net';
import * as fc from 'fast-check';
import { stuffed } from '../../../src/demonstration/insurer/pop3-session';
import { DotUnstuffer } from '../../../src/teletrans/network/dot-unstuffer';
import { Pop3Collector, type Pop3Settings } from '../../../src/teletrans/network/pop3-collector';
import { scripted, type ScriptedServer } from './scripted-server';

type Answer = string | Buffer | ((socket: Socket) => void | Promise<void>);

interface Box {
  /** What RETR, UIDL, LIST, … say in the place of the right answer. */
  readonly faults?: Readonly<Record<string, Answer>>;
  readonly greeting?: Answer;
}

/** A POP3 server over mails in memory; deletion at QUIT. */
class Mailbox {
  readonly said: string[] = [];
  private server: ScriptedServer | null = null;

  constructor(
    public mails: readonly Buffer[],
    private readonly box: Box = {},
  ) {}

  async start(): Promise<number> {
    this.server = await scripted(async (socket, next) => {
      const doomed = new Set<number>();
      const say = async (answer: Answer): Promise<void> => {
        if (typeof answer === 'function') await answer(socket);
        else socket.write(answer);
      };
      await say(this.box.greeting ?? '+OK ready\r\n');
      for (;;) {
        const line = await next();
        this.said.push(line);
        const [verb = '', argument = ''] = line.split(' ');
        const fault = this.box.faults?.[line] ?? this.box.faults?.[verb];
        if (fault !== undefined) await say(fault);
        else await say(this.right(verb, Number(argument), doomed));
        if (verb === 'QUIT') {
          if (fault === undefined) this.mails = this.mails.filter((_mail, rank) => !doomed.has(rank + 1));
          socket.end();
        }
      }
    });
    return this.server.port;
  }

  async stop(): Promise<void> {
    await this.server?.close();
  }

  private right(verb: string, number: number, doomed: Set<number>): Answer {
    const list = (show: (mail: Buffer, rank: number) => string): string =>
      `+OK\r\n${this.mails.map((mail, rank) => `${rank + 1} ${show(mail, rank)}\r\n`).join('')}.\r\n`;
    if (verb === 'LIST') return list((mail) => String(mail.length));
    if (verb === 'UIDL') return list((_mail, rank) => `id-${rank + 1}`);
    if (verb === 'RETR')
      return Buffer.concat([Buffer.from('+OK here\r\n'), Buffer.from(stuffed(this.mails[number - 1] ?? Buffer.alloc(0)), 'latin1')]);
    if (verb === 'DELE') doomed.add(number);
    if (verb === 'CAPA') return '+OK\r\nUIDL\r\n.\r\n';
    return '+OK\r\n';
  }
}

const logger = { log: (): void => undefined };
const settings = (port: number, more: Partial<Pop3Settings> = {}): Pop3Settings => ({
  host: '127.0.0.1',
  port,
  security: 'none',
  user: 'cabinet',
  password: 'cabinet',
  ca: null,
  minTls: 'TLSv1.2',
  commandTimeoutMs: 500,
  maxMessageBytes: 100_000,
  deleteAfterSpool: true,
  home: '.',
  ...more,
});

const mail = (body: string): Buffer => Buffer.from(`Subject: x\r\n\r\n${body}`, 'latin1');

describe('collecting mails', () => {
  let mailbox: Mailbox | null = null;

  afterEach(() => mailbox?.stop());

  async function open(mails: readonly Buffer[], box: Box = {}, more: Partial<Pop3Settings> = {}): Promise<Pop3Collector> {
    mailbox = new Mailbox(mails, box);
    return new Pop3Collector(settings(await mailbox.start(), more), logger);
  }

  async function all(
    collector: Pop3Collector,
    wish: 'delete' | 'keep' = 'delete',
  ): Promise<{ mails: Buffer[]; deleted: readonly string[] }> {
    const mails: Buffer[] = [];
    const { deleted } = await collector.collect(async (waiting) => {
      mails.push(await waiting.fetch());
      return wish;
    });
    return { mails, deleted };
  }

  it.each([
    ['lines that begin with dots', '.\r\n..\r\n...x\r\n.x\r\n'],
    ['8-bit bytes', `caf\u00e9 \u00ff\u0080\u0000\r\n`],
    ['a last line end, and blank lines before it', 'end\r\n\r\n\r\n'],
    ['lone CR and lone LF', 'a\rb\nc\r\r\n.\n.\r.\r\n'],
    ['a line of 100 000 characters', `${'x'.repeat(99_000)}\r\n.\r\n`],
    ['nothing', '\r\n'],
  ])('gives the exact bytes of a mail with %s', async (_what, body) => {
    const exact = mail(body);
    const collector = await open([exact]);
    const { mails, deleted } = await all(collector);
    expect(mails).toEqual([exact]);
    expect(deleted).toEqual(['id-1']);
    expect(mailbox?.mails).toEqual([]);
  });

  it('undoes any stuffing, however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('.', '\r', '\n', '\r\n', '\r\n.', 'x', '\u00e9')),
        fc.array(fc.integer({ min: 1, max: 7 })),
        (pieces, cuts) => {
          const exact = Buffer.from(`${pieces.join('')}\r\n`, 'latin1');
          const wire = Buffer.concat([Buffer.from(stuffed(exact), 'latin1'), Buffer.from('+OK next\r\n')]);
          const unstuffer = new DotUnstuffer();
          let rest: Buffer = Buffer.alloc(0);
          for (let at = 0, turn = 0; at < wire.length; turn++) {
            const size = cuts[turn % Math.max(1, cuts.length)] ?? 1;
            rest = Buffer.concat([rest, unstuffer.push(wire.subarray(at, at + size))]);
            at += size;
          }
          expect(unstuffer.ended).toBe(true);
          expect(unstuffer.content()).toEqual(exact);
          expect(rest.toString()).toBe('+OK next\r\n');
        },
      ),
    );
  });

  it('gives the exact bytes of any mail, however the network cuts the answer', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 2000 }),
      fc
        .array(fc.constantFrom('.', '\r', '\n', '\r\n', '\r\n.', '\r\n..\r\n', '+OK\r\n', 'x', '\u00ff', '\0'))
        .map((pieces) => Buffer.from(pieces.join(''), 'latin1')),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 }), async (content, cuts) => {
        const exact = Buffer.concat([Buffer.from(content), Buffer.from('\r\n')]);
        const wire = Buffer.concat([Buffer.from('+OK\r\n'), Buffer.from(stuffed(exact), 'latin1')]);
        const chunked: Answer = async (socket) => {
          socket.setNoDelay(true);
          for (let at = 0, turn = 0; at < wire.length; turn++) {
            // the pieces become fewer as the mail becomes longer
            const size = (cuts[turn % cuts.length] ?? 1) * (1 + Math.floor(wire.length / 400));
            socket.write(wire.subarray(at, at + size));
            at += size;
            await new Promise((resolve) => setImmediate(resolve));
          }
        };
        const collector = await open([exact], { faults: { RETR: chunked } }, { commandTimeoutMs: 20_000 });
        try {
          const { mails, deleted } = await all(collector);
          expect(mails[0]?.equals(exact)).toBe(true);
          expect(deleted).toEqual(['id-1']);
        } finally {
          await mailbox?.stop();
        }
      }),
      { numRuns: 150 },
    );
  });

  it('keeps what is to be kept', async () => {
    const collector = await open([mail('one\r\n'), mail('two\r\n')]);
    const seen: string[] = [];
    const { deleted } = await collector.collect((waiting) => {
      seen.push(`${waiting.uidl} ${waiting.size}`);
      return Promise.resolve(waiting.uidl === 'id-1' ? 'keep' : 'delete');
    });
    expect(seen).toEqual(['id-1 19', 'id-2 19']);
    expect(deleted).toEqual(['id-2']);
    expect(mailbox?.mails).toHaveLength(1);
  });

  it('deletes nothing when the profile says so', async () => {
    const { deleted } = await all(await open([mail('one\r\n')], {}, { deleteAfterSpool: false }));
    expect(deleted).toEqual([]);
    expect(mailbox?.said).not.toContain('DELE 1');
  });

  it('holds nothing for deleted when the link is cut before the answer to QUIT', async () => {
    const collector = await open([mail('one\r\n')], { faults: { QUIT: (socket) => void socket.destroy() } });
    await expect(all(collector)).rejects.toMatchObject({ code: 'TRA-015' });
    expect(mailbox?.mails).toHaveLength(1);
  });

  it('holds nothing for deleted when QUIT is refused', async () => {
    const collector = await open([mail('one\r\n')], { faults: { QUIT: '-ERR some deleted messages not removed\r\n' } });
    await expect(all(collector)).rejects.toMatchObject({ code: 'TRA-015' });
  });

  it('ends the session in order when a mail cannot be put down, and hands the error on', async () => {
    const collector = await open([mail('one\r\n'), mail('two\r\n')]);
    const full = new Error('disk full');
    await expect(collector.collect((waiting) => (waiting.uidl === 'id-2' ? Promise.reject(full) : Promise.resolve('delete')))).rejects.toBe(
      full,
    );
    expect(mailbox?.said.at(-1)).toBe('QUIT');
    expect(mailbox?.mails).toHaveLength(1);
  });

  it.each<[string, string, Readonly<Record<string, Answer>>]>([
    ['TRA-002', 'a wrong password', { PASS: '-ERR [AUTH] no\r\n' }],
    ['TRA-002', 'a wrong user', { USER: '-ERR who\r\n' }],
    ['TRA-015', 'a mailbox in use', { PASS: '-ERR [IN-USE] try later\r\n' }],
    ['TRA-015', 'no UIDL', { UIDL: '-ERR what\r\n' }],
    ['TRA-015', 'a UIDL that is none', { UIDL: '+OK\r\n1 \u0007\r\n.\r\n' }],
    ['TRA-015', 'a list that is none', { LIST: '+OK\r\nhello\r\n.\r\n' }],
    ['TRA-015', 'a refused RETR', { RETR: '-ERR gone\r\n' }],
    ['TRA-015', 'a cut in the middle of a mail', { RETR: (socket) => void socket.end('+OK\r\nSubject: x\r\n') }],
    ['TRA-015', 'silence in the middle of a mail', { RETR: '+OK\r\nSubject: x\r\n' }],
    ['TRA-015', 'an answer that is no POP3', { LIST: 'HTTP/1.1 200 OK\r\n' }],
    ['TRA-015', 'an answer without end', { LIST: '+OK '.padEnd(100_000, 'x') }],
    ['TRA-015', 'no answer', { LIST: '' }],
    ['TRA-015', 'two answers to one question', { USER: '+OK\r\n+OK\r\n' }],
    ['TRA-015', 'a refused DELE', { DELE: '-ERR no\r\n' }],
  ])('says %s for %s', async (code, _what, faults) => {
    await expect(all(await open([mail('one\r\n')], { faults }))).rejects.toMatchObject({ code });
    expect(mailbox?.mails).toHaveLength(1);
  });

  it.each<[string, Answer]>([
    ['no greeting', ''],
    ['a refusal', '-ERR busy\r\n'],
    ['a greeting with answers to questions not asked', '+OK\r\n+OK\r\n+OK\r\n'],
    ['a cut', (socket) => void socket.destroy()],
    [
      'an endless line',
      async (socket) => {
        while (socket.writable) {
          socket.write('+'.repeat(65_536));
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
      },
    ],
  ])('gives up on %s instead of a greeting', async (_what, greeting) => {
    await expect(all(await open([], { greeting }))).rejects.toMatchObject({ code: 'TRA-015' });
    expect(mailbox?.said).toEqual([]);
  });

  it('gives up on a mail dripped slowly, although every byte comes in time', async () => {
    const drip: Answer = async (socket) => {
      socket.write('+OK\r\n');
      while (socket.writable) {
        socket.write('x');
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    const start = performance.now();
    await expect(all(await open([mail('one\r\n')], { faults: { RETR: drip } }))).rejects.toMatchObject({ code: 'TRA-015' });
    expect(performance.now() - start).toBeLessThan(3000);
  });

  it('leaves a mail alone that is announced larger than allowed, and takes the others', async () => {
    const collector = await open([mail('x'.repeat(200_000)), mail('two\r\n')]);
    expect((await all(collector)).deleted).toEqual(['id-2']);
    expect(mailbox?.said).not.toContain('RETR 1');
    expect(mailbox?.mails).toHaveLength(1);
  });

  it('ends a mail that is longer than announced, leaves it alone, and takes those behind it', async () => {
    let sent = 0;
    const endless: Answer = async (socket) => {
      socket.write('+OK\r\n');
      while (socket.writable) {
        if (socket.write('x'.repeat(65_536))) await new Promise((resolve) => setImmediate(resolve));
        else await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve));
        sent += 65_536;
      }
    };
    const collector = await open([mail('one\r\n'), mail('two\r\n')], { faults: { 'RETR 1': endless } });
    expect((await all(collector)).deleted).toEqual(['id-2']);
    expect(sent).toBeLessThan(20_000_000);
    expect(mailbox?.said.filter((line) => line === 'RETR 1')).toHaveLength(1);
    expect((await all(collector)).deleted).toEqual([]);
  });

  it('does not let a command into the user name or the password', async () => {
    for (const login of [
      { user: 'a\r\nDELE 1' },
      { password: 'b\nDELE 1' },
      { user: null },
      { password: null },
      { password: { file: 'no-such-file' } },
    ]) {
      const collector = await open([mail('one\r\n')], {}, login);
      await expect(all(collector)).rejects.toMatchObject({ code: 'TRA-002' });
      expect(mailbox?.said).toEqual([]);
      await mailbox?.stop();
    }
  });

  it('refuses to talk in clear to another machine', () => {
    for (const host of ['192.0.2.1', 'mail.test.invalid', '127.0.0.1.test.invalid', '128.0.0.1', '::2', 'localhost.']) {
      expect(() => new Pop3Collector(settings(110, { host }), logger)).toThrow(expect.objectContaining({ code: 'CFG-003' }) as Error);
    }
    for (const host of ['127.0.0.1', '127.8.9.255', 'localhost', '::1'])
      expect(new Pop3Collector(settings(110, { host }), logger)).toBeDefined();
  });

  it('says TRA-015 when nobody listens', async () => {
    const collector = await open([]);
    await mailbox?.stop();
    await expect(all(collector)).rejects.toMatchObject({ code: 'TRA-015' });
  });
});
