/** A practice that is open while its settings change: what is said to take effect at once does, what waits waits, and a restart takes all of it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { createRoot, openPractice, type OpenPractice } from '../../../src/composition/container';
import { runHealth } from '../../../src/composition/diagnostics/desk';
import { sourcesOfOpen } from '../../../src/composition/diagnostics/health-sources';
import { runProgram } from '../../../src/composition/standalone/program';
import { TOKENS } from '../../../src/composition/tokens';
import { makePracticeBox } from '../../../src/demonstration/practice-box';
import { sampleInvoices } from '../../support/invoices';
import type { Settings, SettingsOutcome, SettingValue } from '../../../src/teletrans/settings/port';

jest.setTimeout(60_000);

let home: string;
let practice: OpenPractice | null = null;
const root = createRoot();
const before = process.env['VITALE_HOME'];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'vitale-reglages-'));
  makePracticeBox(home, { smtpPort: 9, pop3Port: 9 });
  process.env['VITALE_HOME'] = home;
});
afterEach(async () => {
  await practice?.dispose();
  practice = null;
  if (before === undefined) delete process.env['VITALE_HOME'];
  else process.env['VITALE_HOME'] = before;
  rmSync(home, { recursive: true, force: true });
});

async function open(): Promise<OpenPractice & { readonly settings: Settings }> {
  practice = await openPractice(home, root);
  return { ...practice, settings: practice.container.resolve(TOKENS.settings) };
}

async function change(settings: Settings, values: Record<string, SettingValue>, confirmed: string[] = []): Promise<SettingsOutcome> {
  const { version } = await settings.read();
  const outcome = await settings.save(version, { values, lists: {} }, confirmed);
  if (!outcome.saved) throw new Error(JSON.stringify(outcome));
  return outcome;
}

/** Runs `work` with a port that counts who comes. */
async function listening(work: (port: number) => Promise<void>): Promise<number> {
  let visits = 0;
  const server = net.createServer((socket) => {
    visits += 1;
    socket.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await work((server.address() as net.AddressInfo).port);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
  return visits;
}

it('speaks to the new servers from then on', async () => {
  const { settings, container } = await open();
  const visits = await listening(async (port) => {
    await change(settings, { '/network/smtp/port': port, '/network/pop3/port': port });
    const message = { bytes: Buffer.from('x'), from: 'a@b.test.invalid', to: 'c@d.test.invalid' };
    await container.resolve(TOKENS.mailSender).send(message);
    await container
      .resolve(TOKENS.mailCollector)
      .collect(() => Promise.resolve('keep'))
      .catch(() => undefined);
  });
  expect(visits).toBe(2);
});

it('keeps the old servers until the mode that goes with the new ones is there', async () => {
  const { settings, container } = await open();
  const visits = await listening(async (port) => {
    await change(settings, { '/mode': 'test', '/network/smtp/port': port }, ['mode=test']);
    await container.resolve(TOKENS.mailSender).send({ bytes: Buffer.from('x'), from: 'a@b.test.invalid', to: 'c@d.test.invalid' });
  });
  expect(visits).toBe(0);
});

it('routes by the new tables from then on', async () => {
  const { settings, container } = await open();
  const routes = container.resolve(TOKENS.routes);
  expect(routes.fundRecipient('01', '021', '0000', '2026-11-26')).toBeNull();
  const tables = join(container.resolve(TOKENS.installation).tables, 'recipients');
  const folder = join(home, 'tables');
  mkdirSync(folder);
  for (const name of ['amo_recipients.tsv', 'amc_recipients.tsv']) writeFileSync(join(folder, name), readFileSync(join(tables, name)));
  writeFileSync(
    join(folder, 'amo_recipients.tsv'),
    `${readFileSync(join(tables, 'amo_recipients.tsv'), 'utf8').trimEnd()}\n2026-01-01\t01\t021\t*\tCP\t021\t021\tdirect\t01021@021.01.test.invalid\tCAISSE\n`,
  );
  await change(settings, { '/recipients': 'tables' }, ['recipients']);
  expect(routes.fundRecipient('01', '021', '0000', '2026-11-26')).toMatchObject({ label: 'CAISSE' });
});

it('releases what was held for a payer nobody knew, once the table on the disk knows it', async () => {
  const tables = join(root.resolve(TOKENS.installation).tables, 'recipients');
  const folder = join(home, 'destinataires');
  mkdirSync(folder);
  const amo = readFileSync(join(tables, 'amo_recipients.tsv'), 'utf8');
  writeFileSync(
    join(folder, 'amo_recipients.tsv'),
    amo
      .split('\n')
      .filter((line) => !line.includes('\t01\t999\t'))
      .join('\n'),
  );
  writeFileSync(join(folder, 'amc_recipients.tsv'), readFileSync(join(tables, 'amc_recipients.tsv')));
  const file = join(home, 'cabinet.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"mode"', '"recipients": "destinataires",\n  "mode"'));
  const { teletrans } = await open();
  for (const invoice of sampleInvoices()) await teletrans.take(invoice);
  const held = await teletrans.heldInvoices();
  expect(held.length).toBeGreaterThan(0);
  for (const { reason, payer } of held)
    expect([reason.code, payer]).toEqual(['FAC-006', { regime: '01', fund: '999', centre: expect.any(String) as unknown }]);
  expect(await teletrans.recheckHeld()).toEqual({ released: 0, held: held.length });
  writeFileSync(join(folder, 'amo_recipients.tsv'), 'illisible');
  await expect(teletrans.recheckHeld()).rejects.toMatchObject({ code: 'LOT-014' });
  expect(await teletrans.heldInvoices()).toHaveLength(held.length);
  writeFileSync(join(folder, 'amo_recipients.tsv'), amo);
  expect(await teletrans.recheckHeld()).toEqual({ released: held.length, held: 0 });
  expect((await teletrans.overview()).counts.held).toBe(0);
});

it('sends by the tables as they are on the disk, and by those before where they cannot be read', async () => {
  const { teletrans, container } = await open();
  const tables = join(root.resolve(TOKENS.installation).tables, 'recipients');
  const folder = join(home, 'destinataires');
  mkdirSync(folder);
  const [amo, amc] = ['amo_recipients.tsv', 'amc_recipients.tsv'].map((name) => readFileSync(join(tables, name), 'utf8'));
  writeFileSync(join(folder, 'amo_recipients.tsv'), amo ?? '');
  writeFileSync(join(folder, 'amc_recipients.tsv'), amc ?? '');
  await change(container.resolve(TOKENS.settings), { '/recipients': 'destinataires' }, ['recipients']);
  const label = (): string | undefined => container.resolve(TOKENS.routes).fundRecipient('01', '999', '0001', '2026-11-26')?.label;
  const transmit = (): Promise<unknown> => teletrans.transmit({ practitioner: null, situation: null }, () => undefined);
  writeFileSync(join(folder, 'amo_recipients.tsv'), (amo ?? '').replace('CAISSE FICTIVE GENERALE', 'CAISSE NOUVELLE'));
  await transmit();
  expect(label()).toBe('CAISSE NOUVELLE');
  writeFileSync(join(folder, 'amo_recipients.tsv'), 'illisible');
  await transmit();
  expect(label()).toBe('CAISSE NOUVELLE');
});

it('survives a restart: what waited is taken, and nothing waits any more; the health check says the same at each point', async () => {
  const health = async (): Promise<string | null | undefined> => {
    if (practice === null) throw new Error('closed');
    const { checks } = await runHealth(practice.container, sourcesOfOpen(practice.container));
    return checks.find(({ id }) => id === 'settings')?.code;
  };
  const first = await open();
  expect(await health()).toBe('DIA-160');
  await change(first.settings, { '/region': '57' });
  expect((await first.settings.read()).pending).toBe(true);
  expect(await health()).toBe('DIA-162');
  await first.dispose();
  const second = await open();
  expect((await second.settings.read()).pending).toBe(false);
  expect(second.container.resolve(TOKENS.practice).region).toBe('57');
  expect((await second.settings.read()).previous).not.toBeNull();
  const file = join(home, 'cabinet.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"57"', '"Moselle"'));
  expect(await health()).toBe('DIA-161');
  expect((await second.settings.read()).faults).toMatchObject([{ place: '/region' }]);
});

it('is refused while another program of the practice transmits', async () => {
  const { settings, container } = await open();
  await container.resolve(TOKENS.lock).hold(async () => {
    await expect(change(settings, { '/region': '57' })).rejects.toMatchObject({ code: 'TRA-018' });
  });
  await change(settings, { '/region': '57' });
});

describe('vitale reglages verifier', () => {
  const run = async (...words: string[]): Promise<{ code: number; out: string; err: string }> => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const code = await runProgram(['reglages', ...words], { stdin: new PassThrough(), stdout, stderr });
    return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
  };

  it('says that all is well, and what is not, with status 2 and nothing written', async () => {
    expect(await run('verifier')).toMatchObject({ code: 0, out: 'Tous les réglages sont en ordre.\n' });
    const file = join(home, 'cabinet.json');
    const wrong = readFileSync(file, 'utf8').replace('"port": 9', '"port": 99999').replace('"password": "cabinet"', '"password": "CANARI"');
    writeFileSync(file, wrong);
    const told = await run('verifier');
    expect(told.code).toBe(2);
    expect(told.out).toContain('Port (/network/smtp/port) : Écrivez un nombre de 1 à 65535');
    const json = await run('verifier', '--json');
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, faults: [{ place: '/network/smtp/port' }] });
    expect(told.out + told.err + json.out).not.toContain('CANARI');
    expect(readFileSync(file, 'utf8')).toBe(wrong);
  });

  it('works where the practice cannot be opened', async () => {
    writeFileSync(join(home, 'cabinet.json'), '{"network":"CANARI');
    const told = await run('verifier');
    expect(told.code).toBe(2);
    expect(told.err).toContain('CFG-008');
    expect(told.err).not.toContain('CANARI');
    rmSync(join(home, 'cabinet.json'));
    expect((await run('verifier')).err).toContain('CFG-001');
    expect((await run('effacer')).code).toBe(2);
  });
});
