import { readdir } from 'node:fs/promises';
import * as net from 'node:net';
import { join } from 'node:path';
import { stuffed } from '../../../src/demonstration/insurer/pop3-session';
import { SmtpSender } from '../../../src/teletrans/network/smtp-sender';
import { lineReader } from '../../teletrans/network/scripted-server';
import { put, sampleFile } from './b2-sample';
import { CPAM, Rig, SENDER, silent } from './rig';

const one = sampleFile({ lots: [{ number: '007' }] });

/** Says lines one at a time and gives the answers, of the last line of each. */
async function dialogue(port: number, ...lines: string[]): Promise<string[]> {
  const socket = net.connect(port, '127.0.0.1');
  const next = lineReader(socket);
  const answers = [await next()];
  for (const line of lines) {
    socket.write(`${line}\r\n`, 'latin1');
    let answer = await next();
    while (/^\d{3}-/.test(answer)) answer = await next();
    answers.push(answer);
  }
  socket.destroy();
  return answers.slice(1);
}

describe("the insurer's SMTP server", () => {
  let rig: Rig;
  afterEach(() => rig.stop());

  it('lets nothing out of the test domains, and takes nothing for unknown mailboxes there', async () => {
    rig = await Rig.start({ insurer: { mailboxes: [{ user: 'cabinet', password: 'cabinet', addresses: [SENDER] }] } });
    const rcpt = async (to: string): Promise<string> =>
      (await dialogue(rig.insurer.ports.smtpPort, 'EHLO x', `MAIL FROM:<${SENDER}>`, `RCPT TO:<${to}>`))[2] ?? '';
    for (const to of ['someone@example.org', 'x@test.invalid.example.org', 'x@test.invalid', 'x@evil-test.invalid'])
      expect(await rcpt(to)).toMatch(/^550 .*[Rr]elay/);
    expect(await rcpt('nobody@999.01.test.invalid')).toMatch(/^550 .*mailbox/);
    expect(await rcpt(CPAM)).toMatch(/^250/);
    expect(await rcpt(SENDER)).toMatch(/^250/);
  });

  it('asks for a login when it is told to', async () => {
    rig = await Rig.start({ insurer: { smtpAuth: { user: 'cabinet', password: 'secret' } } });
    const { bytes } = await rig.build(one);
    const sender = (password: string): SmtpSender =>
      new SmtpSender(
        {
          host: '127.0.0.1',
          port: rig.insurer.ports.smtpPort,
          security: 'none',
          user: 'cabinet',
          password,
          ca: null,
          minTls: 'TLSv1.2',
          connectionTimeoutMs: 2000,
          greetingTimeoutMs: 2000,
          socketTimeoutMs: 2000,
          dsnNotify: [],
          home: '.',
        },
        silent,
      );
    expect(await rig.hand(bytes)).toMatchObject({ outcome: 'PERM_FAILED', failure: 'TRA-002' });
    expect(await sender('wrong').send({ bytes, from: SENDER, to: CPAM })).toMatchObject({ outcome: 'PERM_FAILED', failure: 'TRA-002' });
    expect(await sender('secret').send({ bytes, from: SENDER, to: CPAM })).toMatchObject({ outcome: 'HANDED_OVER' });
  });

  it('refuses a message larger than its limit', async () => {
    rig = await Rig.start({ insurer: { maxMessageBytes: 1500 } });
    const { bytes } = await rig.build(one);
    expect(await rig.hand(Buffer.concat([bytes, Buffer.from('A\r\n'.repeat(1000))]))).toMatchObject({
      outcome: 'PERM_FAILED',
      failure: 'TRA-006',
    });
    expect(await rig.received()).toEqual([]);
  });

  it('has the mail on the disk before it says 250', async () => {
    rig = await Rig.start();
    const { bytes } = await rig.build(one);
    await rig.network.sender.send({ bytes, from: SENDER, to: CPAM });
    const kept = await Promise.all(['incoming', 'treated'].map((folder) => readdir(join(rig.home, 'spool', folder))));
    expect(kept.flat()).toHaveLength(1);
    await rig.settled();
  });
});

describe('what the insurer makes of a mail', () => {
  let rig: Rig;
  afterEach(async () => {
    expect(rig.failures).toEqual([]);
    await rig.stop();
  });

  const swap = (bytes: Buffer, from: string | RegExp, to: string): Buffer =>
    Buffer.from(bytes.toString('latin1').replace(from, to), 'latin1');

  it('answers F001 to what it cannot open, with the names of the subject', async () => {
    rig = await Rig.start();
    const { bytes, compostage } = await rig.build(one);
    const forAnother = await rig.build(one, { to: '02999@999.02.test.invalid' });
    const broken = [
      swap(bytes, /\r\n\r\nMII/, '\r\n\r\nMIJ'),
      swap(bytes, /Content-Type: application\/pkcs7-mime.*\r\n/, 'Content-Type: text/plain\r\n'),
      swap(forAnother.bytes, 'To: 02999@999.02', 'To: 01999@999.01'),
      Buffer.from(`Subject: IR/00000999000011/${compostage}/00001\r\n\r\nBonjour\r\n`),
    ];
    for (const mail of broken) {
      expect(await rig.hand(mail)).toMatchObject({ outcome: 'HANDED_OVER' });
      const [arl, ...others] = await rig.arls();
      expect(others).toEqual([]);
      expect(arl).toMatchObject({ ackedFileId: null, senderNumber: '00000999000011', results: [{ code: 'F001' }] });
    }
    expect((await rig.received()).map(({ verdict, sha256 }) => [verdict, sha256])).toEqual(broken.map(() => ['refused', null]));
  });

  it('numbers its ARL files one after the other', async () => {
    rig = await Rig.start();
    for (let rank = 1; rank <= 3; rank++)
      await rig.send(sampleFile({ fileId: `00000${rank}`, lots: [{ number: `00${rank}`, invoices: [{ number: `00000020${rank}` }] }] }));
    expect((await rig.arls()).map(({ arlFileId, ackedFileId }) => `${arlFileId} ${ackedFileId ?? ''}`)).toEqual([
      '000001 000001',
      '000002 000002',
      '000003 000003',
    ]);
  });

  it('answers a file in clear too', async () => {
    rig = await Rig.start({ insurer: { certs: null } });
    const built = await rig.build(one);
    expect(built.encrypted).toBe(false);
    await rig.hand(built.bytes);
    expect(await rig.received()).toMatchObject([{ verdict: 'accepted', encrypted: false }]);
  });

  it('sends no ARL for degraded lots alone, lists them beside others, and says when one is refused', async () => {
    rig = await Rig.start();
    const degraded = { number: '007', security: 'D' };
    await rig.send(sampleFile({ lots: [degraded] }));
    expect(await rig.collect()).toEqual([]);
    expect(await rig.received()).toMatchObject([{ verdict: 'accepted', arl: null }]);
    await rig.send(
      sampleFile({
        fileId: '000043',
        lots: [
          { ...degraded, number: '008', invoices: [{ number: '000000108' }] },
          { number: '009', invoices: [{ number: '000000109' }] },
        ],
      }),
    );
    const [mixed] = await rig.arls();
    expect(mixed?.results.map(({ lotNumber, code }) => [lotNumber, code])).toEqual([
      [undefined, '0000'],
      ['008', '0000'],
      ['009', '0000'],
    ]);
    await rig.send(
      sampleFile({ fileId: '000044', lots: [{ ...degraded, number: '010', editTrailer: (record) => put(record, 25, '000031301') }] }),
    );
    expect((await rig.arls())[0]?.results.map(({ code }) => code)).toEqual(['0000', 'L005']);
  });

  it('groups the lots of an ARL by practitioner', async () => {
    rig = await Rig.start();
    const lot = (number: string, billingNumber: string): { number: string; billingNumber: string; invoices: { number: string }[] } => ({
      number,
      billingNumber,
      invoices: [{ number: `000000${number}` }],
    });
    await rig.send(sampleFile({ lots: [lot('001', '999000011'), lot('002', '999000029'), lot('003', '999000011')] }));
    expect(
      (await rig.arls())[0]?.results.slice(1).map(({ billingNumber, lotNumber }) => `${billingNumber ?? ''} ${lotNumber ?? ''}`),
    ).toEqual(['999000011 001', '999000011 003', '999000029 002']);
  });

  it('refuses the same identity with other bytes, and the same invoice in another lot', async () => {
    rig = await Rig.start();
    await rig.send(one);
    await rig.send(sampleFile({ lots: [{ number: '008', invoices: [{ number: '000000102' }] }] }));
    await rig.send(sampleFile({ fileId: '000043', lots: [{ number: '007', invoices: [{ number: '000000103' }] }] }));
    await rig.send(sampleFile({ fileId: '000044', lots: [{ number: '009' }] }));
    const codes = (await rig.arls()).map((arl) => arl.results.map(({ code }) => code).join(' '));
    expect(codes).toEqual(['0000 0000', 'F006', '0000 L006', '0000 L008 I002']);
    expect((await rig.received()).filter(({ verdict }) => verdict === 'accepted')).toHaveLength(1);
  });

  it('answers whatever a header holds', async () => {
    rig = await Rig.start();
    const odd = [
      [6, 'ABC'],
      [26, '  '],
      [28, "-'/.        "],
      [50, '      '],
      [56, '999999'],
    ] as const;
    for (const [first, value] of odd) {
      await rig.send(
        sampleFile({
          lots: [{ number: '007' }],
          editHeader: (record) => put(record, first, value),
          editTrailer: (record) => put(record, first, value),
        }),
      );
      expect((await rig.arls())[0]?.results).toHaveLength(1);
    }
  });
});

describe("the insurer's POP3 server", () => {
  let rig: Rig;
  const login = ['USER cabinet', 'PASS cabinet'];
  const pop3 = (...lines: string[]): Promise<string[]> => dialogue(rig.insurer.ports.pop3Port, ...lines);

  beforeEach(async () => {
    rig = await Rig.start();
    await rig.send(one);
  });
  afterEach(() => rig.stop());

  it('lets nobody in without the right password', async () => {
    expect(await pop3('USER cabinet', 'PASS wrong', 'STAT')).toEqual([
      expect.stringMatching(/^\+OK/),
      expect.stringMatching(/^-ERR \[AUTH\]/),
      expect.stringMatching(/^-ERR/),
    ]);
    expect((await pop3('STAT'))[0]).toMatch(/^-ERR/);
  });

  it('deletes at QUIT only', async () => {
    const stat = async (): Promise<string> => (await pop3(...login, 'STAT'))[2]?.split(' ')[1] ?? '';
    await pop3(...login, 'DELE 1');
    expect(await stat()).toBe('1');
    await pop3(...login, 'DELE 1', 'RSET', 'QUIT');
    expect(await stat()).toBe('1');
    expect((await pop3(...login, 'DELE 1', 'DELE 1', 'RETR 1', 'UIDL 1')).slice(3).every((answer) => answer.startsWith('-ERR'))).toBe(true);
    await pop3(...login, 'DELE 1', 'QUIT');
    expect(await stat()).toBe('0');
  });

  it('gives a mail the same UIDL in each session', async () => {
    const uidl = async (): Promise<string> => (await pop3(...login, 'UIDL 1'))[2] ?? '';
    const first = await uidl();
    expect(first).toMatch(/^\+OK 1 [0-9a-f]{32}$/);
    expect(await uidl()).toBe(first);
  });

  it('has one session a mailbox', async () => {
    const socket = net.connect(rig.insurer.ports.pop3Port, '127.0.0.1');
    const next = lineReader(socket);
    for (const line of ['', ...login]) {
      if (line !== '') socket.write(`${line}\r\n`);
      await next();
    }
    expect((await pop3(...login))[1]).toMatch(/^-ERR \[IN-USE\]/);
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await pop3(...login))[1]).toMatch(/^\+OK/);
  });

  it('stuffs dots at the beginning of lines only', () => {
    expect(stuffed(Buffer.from('.a\r\nb.\r\n..\r\n.\n.'))).toBe('..a\r\nb.\r\n...\r\n..\n.\r\n.\r\n');
  });
});
