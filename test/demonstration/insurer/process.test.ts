import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createNetwork, type Network } from '../../../src/teletrans/network/registration';
import { loadTransportProfile } from '../../../src/teletrans/network/transport-profile';
import { sampleFile } from './b2-sample';
import { CPAM, NOW, PROFILE, SENDER, silent } from './rig';

const MAIN = join(__dirname, '../../../src/demonstration/insurer/main.ts');
const frontEnds = [{ mailbox: CPAM, serves: [{ type: 'CP', number: '00000001999999' }] }];

describe('the insurer as a process', () => {
  let home: string;
  let child: ChildProcessWithoutNullStreams;
  let answers: AsyncIterator<string>;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'insurer-process-'));
  });
  afterEach(async () => {
    child.kill('SIGKILL');
    await rm(home, { recursive: true, force: true });
  });

  function start(): void {
    child = spawn(process.execPath, ['-r', join(__dirname, 'swc-hook.cjs'), MAIN], { stdio: 'pipe' });
    answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }
  async function ask(line: object): Promise<Record<string, unknown>> {
    child.stdin.write(`${JSON.stringify(line)}\n`);
    const { value } = (await answers.next()) as { value: string };
    return JSON.parse(value) as Record<string, unknown>;
  }
  async function network(ports: Record<string, unknown>): Promise<Network> {
    const link = { host: '127.0.0.1', security: 'none', ca: null } as const;
    const smtp = { ...link, port: Number(ports['smtpPort']), user: null, password: null };
    const pop3 = { ...link, port: Number(ports['pop3Port']), user: 'cabinet', password: 'cabinet' };
    return createNetwork({ network: { sender: SENDER, smtp, pop3 } }, await loadTransportProfile(PROFILE), { home }, silent);
  }
  async function send(net: Network, counter: number): Promise<string> {
    const date = new Date(NOW);
    const compostage = net.names.compostage(date, counter);
    const subject = net.names.subject({ senderNumber: '999000011', compostage, invoices: 1 });
    const b2 = sampleFile({ lots: [{ number: '007' }] });
    const { bytes } = await net.builder.build({
      b2,
      marking: 'T',
      from: SENDER,
      to: CPAM,
      subject,
      messageId: `<${compostage}@practice.test.invalid>`,
      date,
    });
    return (await net.sender.send({ bytes, from: SENDER, to: CPAM })).outcome;
  }
  async function collected(net: Network): Promise<number> {
    let count = 0;
    await net.collector.collect(async (mail) => {
      await mail.fetch();
      count += 1;
      return 'delete';
    });
    return count;
  }

  it('says its ports, plays the rules it is told, and ends with its input', async () => {
    start();
    const ports = await ask({ spool: join(home, 'spool'), certs: join(home, 'certs'), now: NOW, frontEnds });
    const net = await network(ports);
    expect(await ask({ rules: [{ do: { play: 'lost' } }] })).toEqual({ ok: true });
    expect(await send(net, 1)).toBe('HANDED_OVER');
    expect(await ask({ rules: [{ do: { play: 'negative-file', code: 'L001' } }] })).toMatchObject({ ok: false });
    expect(await collected(net)).toBe(0);
    child.stdin.end();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('ends on SIGTERM', async () => {
    start();
    await ask({ spool: join(home, 'spool'), frontEnds });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('says what is wrong with its configuration', async () => {
    start();
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stdin.write('{"spol":"x"}\n');
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(said).toMatch(/^insurer: configuration: /);
  });

  it('answers after it was killed once the mail was its own', async () => {
    start();
    const first = await network(
      await ask({
        spool: join(home, 'spool'),
        certs: join(home, 'certs'),
        now: NOW,
        frontEnds,
        rules: [{ do: { play: 'smtp-cut-after-dot' } }],
      }),
    );
    expect(await send(first, 1)).toBe('UNCERTAIN');
    child.kill('SIGKILL');
    await once(child, 'exit');
    start();
    const second = await network(await ask({ spool: join(home, 'spool'), certs: join(home, 'certs'), now: NOW, frontEnds }));
    expect(await collected(second)).toBe(1);
    expect(await readdir(join(home, 'spool', 'incoming'))).toEqual([]);
  });
});
