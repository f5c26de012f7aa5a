/** The health checks on a practice that is well, and on practices broken one way each. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRoot, openPractice } from '../../../src/composition/container';
import { runHealth } from '../../../src/composition/diagnostics/desk';
import { sourcesOfFolder, sourcesOfOpen } from '../../../src/composition/diagnostics/health-sources';
import { readPractice } from '../../../src/composition/practice-folder';
import { TOKENS } from '../../../src/composition/tokens';
import { makePracticeBox } from '../../../src/demonstration/practice-box';
import { runChecks } from '../../../src/teletrans/diagnostics/health/check';
import type { CheckResult, HealthReport } from '../../../src/teletrans/diagnostics/health/report';
import type { HealthSources } from '../../../src/teletrans/diagnostics/health/sources';
import type { KeyShelter } from '../../../src/teletrans/store/keys/key-source';
import { sampleInvoices } from '../../support/invoices';

const VITALE = join(__dirname, '../../../vitale');
const JOURNEE = join(__dirname, '../../data/journee.ndjson');

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'vitale-sante-'));
  makePracticeBox(home, { smtpPort: 9, pop3Port: 9 });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const root = createRoot();

async function health(changes: Partial<HealthSources> = {}): Promise<HealthReport> {
  const sources = sourcesOfFolder(home, root);
  try {
    return await runHealth(root, { ...sources, ...changes });
  } finally {
    await sources.dispose();
  }
}

function found({ checks }: HealthReport, id: string): CheckResult {
  const check = checks.find((each) => each.id === id);
  if (check === undefined) throw new Error(`no check ${id}`);
  return check;
}
const said = (report: HealthReport, id: string): string => `${found(report, id).status} ${found(report, id).code}`;

/** Fills the data folder as the program does. */
async function withInvoices(): Promise<void> {
  const practice = await openPractice(home, root);
  for (const invoice of sampleInvoices().slice(0, 3)) await practice.teletrans.take(invoice);
  await practice.dispose();
}

const cabinet = (change: (cabinet: Record<string, unknown>) => void): void => {
  const file = join(home, 'cabinet.json');
  const document = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  change(document);
  writeFileSync(file, JSON.stringify(document));
};

it('says of a practice that is well that it is, in sentences, and makes no data of its own', async () => {
  const report = await health();
  expect(report.checks.filter(({ status }) => status === 'error')).toEqual([]);
  expect(report.checks.map(({ id }) => id)).toEqual([
    'practice',
    'settings',
    'disk',
    'journal',
    'frozen',
    'clock',
    'reader',
    'card',
    'tables',
    'profile',
    'certificates',
    'routes',
    'acks',
    'pending',
    'late',
    'backup',
    'mark',
    'key',
  ]);
  for (const { title, message, action, status } of report.checks) {
    expect(title).toMatch(/^[A-ZÀÉ]/);
    expect(message).not.toMatch(/\?|\{/);
    expect(action === '').toBe(status === 'ok');
  }
  expect(readdirSync(home).sort()).toEqual(['cabinet.json', 'cartes']);
});

it('spends no try of the card', async () => {
  const card = (): unknown => (JSON.parse(readFileSync(join(home, 'cartes/dupont.json'), 'utf8')) as { triesLeft?: number }).triesLeft;
  const before = card();
  for (let turn = 0; turn < 5; turn++) expect(said(await health(), 'card')).toBe('ok DIA-026');
  expect(card()).toEqual(before);
});

it('says the same of an open practice, beside it, without disturbing it', async () => {
  await withInvoices();
  const practice = await openPractice(home, root);
  const inside = await runHealth(practice.container, sourcesOfOpen(practice.container));
  const outside = await health();
  expect(outside.checks.map(({ id, code }) => [id, code])).toEqual(inside.checks.map(({ id, code }) => [id, code]));
  expect((await practice.teletrans.overview()).invoices).toHaveLength(3);
  await practice.dispose();
});

it('leaves a card alone whose code has been accepted', async () => {
  const practice = await openPractice(home, root);
  await practice.teletrans.openCard(Buffer.from('1234'), false);
  const report = await runHealth(practice.container, sourcesOfOpen(practice.container));
  expect(said(report, 'card')).toBe('ok DIA-021');
  expect(practice.teletrans.openedCard()).not.toBeNull();
  await practice.dispose();
});

describe('reports instead of failing', () => {
  it.each([
    ['is not JSON', '{'],
    ['lacks everything', '{}'],
    ['is not there', null],
  ])('a cabinet.json that %s', async (_what, text) => {
    if (text === null) rmSync(join(home, 'cabinet.json'));
    else writeFileSync(join(home, 'cabinet.json'), text);
    const report = await health();
    expect(report.status).toBe('error');
    expect(said(report, 'practice')).toMatch(/^error CFG-00[12]$/);
    for (const id of ['reader', 'card', 'tables', 'profile', 'certificates', 'routes']) expect(said(report, id)).toBe('warning DIA-001');
    for (const id of ['disk', 'journal', 'clock', 'late']) expect(found(report, id).status).toBe('ok');
  });

  it('a data folder that is not there', async () => {
    rmSync(home, { recursive: true });
    const report = await health();
    expect(said(report, 'practice')).toBe('error CFG-001');
    expect(existsSync(home)).toBe(false);
  });

  it('a database that is no database', async () => {
    await withInvoices();
    writeFileSync(join(home, 'vitale.db'), Buffer.alloc(8192, 7));
    expect(said(await health(), 'journal')).toBe('error STO-003');
  });

  it('a database that is damaged inside', async () => {
    await withInvoices();
    const file = join(home, 'vitale.db');
    const bytes = readFileSync(file);
    for (let at = 8192; at + 4096 <= bytes.length; at += 4096) bytes.fill(0xa5, at, at + 200);
    writeFileSync(file, bytes);
    const report = await health();
    expect(found(report, 'journal').status).toBe('error');
    expect(said(report, 'frozen')).toBe('warning DIA-001');
  });

  it('a missing key', async () => {
    await withInvoices();
    rmSync(join(home, 'cle.bin'));
    expect(said(await health(), 'journal')).toBe('error STO-012');
  });

  it('a frozen message that is cut, and one whose lot was changed', async () => {
    await withInvoices();
    const practice = await openPractice(home, root);
    await practice.teletrans.openCard(Buffer.from('1234'), false);
    await practice.teletrans.transmit({ practitioner: null, situation: null }, () => undefined);
    await practice.dispose();
    expect(said(await health(), 'frozen')).toBe('ok DIA-060');
    const [message = ''] = readdirSync(join(home, 'messages'));
    truncateSync(join(home, 'messages', message), 40);
    expect(said(await health(), 'frozen')).toBe('error DIA-061');
  });

  it.each([
    ['empty', '', 'warning DIA-022'],
    ['not a card file', 'cabinet.json', 'error CPS-016'],
  ])('a reader that is %s', async (_what, card, expected) => {
    cabinet((document) => (document['reader'] = { kind: 'virtual', card }));
    expect(said(await health(), 'card')).toBe(expected);
  });

  it.each([
    [1, 'warning CPS-004'],
    [0, 'error CPS-005'],
  ])('a card with %i tries left', async (triesLeft, expected) => {
    const file = join(home, 'cartes/dupont.json');
    writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), triesLeft }));
    expect(said(await health(), 'card')).toBe(expected);
  });

  it('a routing table with a faulty line, and a profile that is none', async () => {
    mkdirSync(join(home, 'tables'));
    writeFileSync(join(home, 'tables/amo_recipients.tsv'), 'rien\n');
    writeFileSync(join(home, 'tables/amc_recipients.tsv'), 'rien\n');
    appendFileSync(join(home, 'profil.json'), '{}');
    cabinet((document) => Object.assign(document, { recipients: 'tables', profile: 'profil.json' }));
    const report = await health();
    expect(said(report, 'tables')).toBe('error LOT-014');
    expect(said(report, 'profile')).toBe('error TRA-019');
    expect(said(report, 'certificates')).toBe('warning DIA-001');
  });
});

describe('what remains when the computer fails', () => {
  const backups = join(tmpdir(), `vitale-sante-sauvegardes-${String(process.pid)}`);
  const settings = (folder: string | null, everyDays = 1): Partial<HealthSources> => ({
    backups: () => ({ folder, everyDays, keep: 3 }),
  });
  const later = (days: number): Partial<HealthSources> => ({ clock: { now: () => new Date(Date.now() + days * 86_400_000) } });
  afterEach(() => rmSync(backups, { recursive: true, force: true }));

  it('says whether backups are set up, and how old the last one is', async () => {
    await withInvoices();
    expect(said(await health(settings(null)), 'backup')).toBe('ok DIA-134');
    const real: Partial<HealthSources> = { ...settings(null), practice: () => ({ ...readPractice(home), mode: 'reel' }) };
    expect(said(await health(real), 'backup')).toBe('warning DIA-131');
    expect(said(await health(settings(backups)), 'backup')).toBe('warning DIA-137');
    mkdirSync(backups);
    expect(said(await health(settings(backups)), 'backup')).toBe('warning DIA-135');
    const practice = await openPractice(home, root);
    await practice.container.resolve(TOKENS.backups).make(backups, () => undefined);
    await practice.dispose();
    expect(said(await health(settings(backups)), 'backup')).toBe('ok DIA-130');
    expect(said(await health(real), 'backup')).toBe('warning DIA-136');
    expect(said(await health({ ...settings(backups), ...later(4) }), 'backup')).toBe('warning DIA-132');
    expect(said(await health({ ...settings(backups, 7), ...later(4) }), 'backup')).toBe('ok DIA-130');
    expect(said(await health({ ...settings(backups), ...later(30) }), 'backup')).toBe('error DIA-132');
  });

  it('says that the last automatic backup failed', async () => {
    await withInvoices();
    cabinet((document) => (document['backup'] = { folder: backups }));
    const practice = await openPractice(home, root);
    await expect(practice.container.resolve(TOKENS.backups).makeDue()).rejects.toMatchObject({ code: 'SAV-003' });
    mkdirSync(backups);
    expect(said(await runHealth(practice.container, sourcesOfOpen(practice.container)), 'backup')).toBe('warning DIA-133');
    await practice.dispose();
  });

  it('says that the mark outside the data folder is missing, or behind', async () => {
    await withInvoices();
    expect(said(await health(), 'mark')).toBe('ok DIA-140');
    const mark = { practice: '', journal: 5, tip: '', attempts: 1, counters: {}, compostage: '' };
    const marks = (outside: typeof mark | null): Partial<HealthSources> => ({
      marks: { inside: () => Promise.resolve(mark), outside: () => Promise.resolve(outside) },
    });
    expect(said(await health(marks(null)), 'mark')).toBe('warning DIA-141');
    expect(said(await health(marks({ ...mark, journal: 4 })), 'mark')).toBe('warning DIA-142');
    expect(said(await health(marks(mark)), 'mark')).toBe('ok DIA-140');
  });

  it('says how the data key lies', async () => {
    await withInvoices();
    expect(said(await health(), 'key')).toBe('ok DIA-152');
    const lying = (shelter: KeyShelter): Partial<HealthSources> => ({ keyShelter: () => Promise.resolve(shelter) });
    expect(said(await health(lying('system')), 'key')).toBe('ok DIA-150');
    expect(said(await health(lying('open')), 'key')).toBe('warning DIA-151');
  });
});

describe('the clock', () => {
  it('is behind when the journal is in the future', async () => {
    await withInvoices();
    const { clock } = sourcesOfFolder(home, root);
    const report = await health({ clock: { now: () => new Date(clock.now().getTime() - 3_600_000) } });
    expect(said(report, 'clock')).toBe('error DIA-032');
  });

  it.each([
    [3, 'ok DIA-030'],
    [-300, 'warning DIA-031'],
    [4000, 'error DIA-031'],
  ])('is %i s ahead of the host', async (aheadSeconds, expected) => {
    const report = await health({ hostClock: () => Promise.resolve({ source: 'LOGOSw', aheadSeconds }) });
    expect(said(report, 'clock')).toBe(expected);
  });
});

it('gives a check that hangs up after its time, and goes on', async () => {
  const report = await runChecks(
    [
      { id: 'hangs', run: () => new Promise(() => undefined) },
      { id: 'throws', run: () => Promise.reject(new TypeError('secret')) },
      { id: 'after', needs: 'hangs', run: () => ({ status: 'ok', code: 'DIA-020' }) },
      { id: 'last', run: () => ({ status: 'ok', code: 'DIA-020' }) },
    ],
    {
      titles: {},
      timeoutMs: 50,
      explain: (code, details) => ({ message: `${code} ${JSON.stringify(details)}`, action: '' }),
    },
  );
  expect(report.checks.map(({ status, code }) => `${status} ${code}`)).toEqual([
    'error DIA-002',
    'error DIA-003',
    'warning DIA-001',
    'ok DIA-020',
  ]);
  expect(JSON.stringify(report)).not.toContain('secret');
});

it('ends within its time while another program keeps the database to itself', async () => {
  execFileSync(VITALE, ['importer', JOURNEE], { env: { ...process.env, VITALE_HOME: home }, stdio: 'ignore' });
  const script = `const { DatabaseSync } = require('@photostructure/sqlite');
    const db = new DatabaseSync(process.argv[1]);
    db.exec('PRAGMA busy_timeout = 30000; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    console.log('locked');
    process.stdin.resume();`;
  const other = spawn(process.execPath, ['-e', script, join(home, 'vitale.db')], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    await once(other.stdout, 'data');
    expect(said(await health(), 'journal')).toMatch(/^error (STO-002|DIA-002)$/);
  } finally {
    other.kill('SIGKILL');
    await once(other, 'close');
  }
}, 60_000);

it('is what the standalone program says, with its status', () => {
  const run = (...words: string[]): { code: number; stdout: string } => {
    try {
      return {
        code: 0,
        stdout: execFileSync(VITALE, words, { env: { ...process.env, VITALE_HOME: home }, encoding: 'utf8', stdio: 'pipe' }),
      };
    } catch (error) {
      const { status, stdout } = error as { status: number; stdout: string };
      return { code: status, stdout };
    }
  };
  const good = run('diagnostic', 'sante', '--json');
  expect(good.code).toBe(0);
  expect(JSON.parse(good.stdout)).toMatchObject({ status: 'ok', checks: expect.any(Array) as unknown });
  cabinet((document) => (document['reader'] = { kind: 'virtual', card: '' }));
  expect(run('diagnostic', 'sante').code).toBe(0);
  writeFileSync(join(home, 'cabinet.json'), '{');
  const bad = run('diagnostic', 'sante', '--json');
  expect(bad.code).toBe(1);
  expect(JSON.parse(bad.stdout)).toMatchObject({ status: 'error' });
  expect(run('diagnostic').code).toBe(2);
});
