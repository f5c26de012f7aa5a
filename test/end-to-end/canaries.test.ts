/**
 * No patient, code porteur, amount, act or password in anything the program says of itself. Canaries go through every path at the most verbose level, in real
 * processes; then everything that was written or answered is searched.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { sampleInvoices } from '../support/invoices';
import { InstalledAddin } from '../support/installed-addin';
import { PracticeProcesses, ROOT, type Ended } from '../support/practice-processes';

/** Typed as code porteur: as text, never preceded by what makes a number of a JSON document or part of a hash. */
const CODE = '7391';
const WRONG_CODE = '7392';
const NIR = '1801167050075';
const CANARIES = [
  'ZYXCANARINOM',
  'zyxcanarinom',
  'ZYXCANARIPRENOM',
  NIR,
  NIR.slice(1, 10),
  'HBFD008',
  'HBLD364',
  '18275',
  '182,75',
  '182.75',
  'ZYXMOTDEPASSE',
];
const PATTERNS: readonly RegExp[] = [
  ...CANARIES.map((canary) => new RegExp(canary.replace('.', '\\.'), 'u')),
  ...[CODE, WRONG_CODE].map((code) => new RegExp(`(?<![0-9A-Za-z.:,-])${code}(?![0-9A-Za-z])`, 'u')),
];

/** The canaries found, each with where. */
const leaks = (said: ReadonlyMap<string, string>): string[] =>
  [...said].flatMap(([where, text]) => PATTERNS.filter((pattern) => pattern.test(text)).map((pattern) => `${where}: ${pattern.source}`));

type Loose = Record<string, unknown>;
const copy = (value: unknown): Loose => structuredClone(value) as Loose;

/** Invoices whose patient, acts and amounts are canaries; the practitioner's own numbers stay. */
const good = sampleInvoices().map((invoice) => ({
  ...invoice,
  beneficiary: { ...invoice.beneficiary, lastName: 'ZYXCANARINOM', firstName: 'ZYXCANARIPRENOM' },
}));
const first = good[0]!;

/** Every way of being wrong that quotes what it holds. */
function bad(): string[] {
  const broken = (change: (invoice: Loose) => void): string => {
    const invoice = copy(first);
    change(invoice);
    return JSON.stringify({ ...invoice, id: `LW-${String(Math.random()).slice(2, 8)}` });
  };
  return [
    broken((invoice) => (invoice['number'] = 'ZYXCANARINOM')),
    broken((invoice) => (invoice['kind'] = NIR)),
    broken((invoice) => (invoice['ZYXCANARINOM'] = NIR)),
    broken((invoice) => ((invoice['insured'] as Loose)['nirKey'] = '00')),
    broken((invoice) => ((invoice['insured'] as Loose)['nir'] = 'ZYXCANARINOM')),
    broken((invoice) => ((invoice['insured'] as Loose)['ZYXCANARIPRENOM'] = 1)),
    broken((invoice) => ((invoice['beneficiary'] as Loose)['birthDate'] = 'ZYXCANARINOM')),
    broken((invoice) => ((invoice['amo'] as Loose)['fund'] = 'ZYXCANARINOM')),
    broken((invoice) => ((invoice['acts'] as Loose[])[0]!['fee'] = 'ZYXCANARINOM')),
    broken((invoice) => ((invoice['acts'] as Loose[])[0]!['fee'] = 18275.5)),
    broken((invoice) => ((invoice['acts'] as Loose[])[0]!['code'] = 'ZYXCANARINOM')),
    broken((invoice) => ((invoice['practitioner'] as Loose)['billingNumber'] = NIR)),
    JSON.stringify(first).slice(0, -20),
    `ZYXCANARINOM ${NIR}`,
    `{"id":"ZYXCANARINOM","nir":"${NIR}"`,
    JSON.stringify(['ZYXCANARINOM', NIR]),
  ];
}

/** An installation of its own: compiled program, manifest with diagnostics at their most verbose. */
function install(addin: InstalledAddin): void {
  cpSync(join(ROOT, 'dist'), join(addin.root, 'dist'), { recursive: true });
  for (const name of ['vitale', 'package.json']) cpSync(join(ROOT, name), join(addin.root, name));
  for (const name of ['build', 'node_modules']) symlinkSync(join(ROOT, name), join(addin.root, name));
  addin.set({ enabled: true, level: 'debug', until: null, by: 'support' });
}

const said = new Map<string, string>();
const tell = (where: string, text: string): void => void said.set(where, `${said.get(where) ?? ''}${text}\n`);
let addin: InstalledAddin;
let practice: PracticeProcesses;
const zip = (): string => join(addin.root, 'paquet.zip');

async function vitale(words: readonly string[], input = ''): Promise<Ended> {
  const ended = await practice.vitale(words, input);
  tell(`standard error of vitale ${words[0] ?? ''}`, ended.stderr);
  return ended;
}

function changeJson(file: string, change: (document: Loose) => void): void {
  const path = join(practice.home, file);
  const document = JSON.parse(readFileSync(path, 'utf8')) as Loose;
  change(document);
  writeFileSync(path, JSON.stringify(document));
}

/** Files, file names and bundle: what stays after everything ran. */
function gather(): ReadonlyMap<string, string> {
  const all = new Map(said);
  const put = (where: string, text: string): void => void all.set(where, text);
  const kept = readdirSync(practice.home, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    // The insurer and the host are not ours, and hold what they were given.
    .filter((file) => !file.includes(join(practice.home, 'assureur')) && !file.includes(join(practice.home, 'hote')));
  put('file names', kept.join('\n'));
  for (const file of kept.filter((each) => each.includes('journaux/')))
    put(`log ${file.split('/').at(-1) ?? ''}`, readFileSync(file, 'utf8'));
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(zip())))) put(`bundle ${name}`, Buffer.from(bytes).toString('utf8'));
  return all;
}

async function crash(how: string): Promise<void> {
  const script = `const { reportCrashes } = require(${JSON.stringify(join(addin.root, 'dist/composition/from-the-start.js'))});
    reportCrashes(() => process.argv[1]); setTimeout(() => { ${how} }, 1);`;
  const child = spawn(process.execPath, ['-e', script, practice.home], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.setEncoding('utf8').on('data', (text: string) => tell('crash', text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => tell('crash', text));
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(1);
  expect(readFileSync(join(practice.home, 'journaux/boite-noire.jsonl'), 'utf8')).toContain('program.crashed');
}

/** Requests that put canaries where a program could quote them; only what is answered as an error counts. */
async function attackWindow(url: string): Promise<void> {
  const opened = await fetch(url, { redirect: 'manual' });
  const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const { origin } = new URL(url);
  const ask = async (
    path: string,
    init: Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> } = {},
  ): Promise<Response> => {
    const answer = await fetch(origin + path, { ...init, headers: { cookie, origin, ...init.headers } });
    if (!answer.ok) tell(`error reply of ${path.split(/[?]/, 1)[0]?.slice(0, 24) ?? ''}`, await answer.clone().text());
    return answer;
  };
  const json = { 'content-type': 'application/json' };
  const bytes = { 'content-type': 'application/octet-stream' };
  await ask(`/api/ZYXCANARINOM/${NIR}`);
  await ask(`/api/preflight?praticien=${NIR}&nom=ZYXCANARINOM`);
  await ask('/api/card/insert', { method: 'POST', headers: json, body: JSON.stringify({ file: 'ZYXCANARINOM' }) });
  await ask('/api/card/insert', { method: 'POST', headers: json, body: `{"file":"ZYXCANARINOM ${NIR}` });
  await ask('/api/transmit', { method: 'POST', headers: json, body: JSON.stringify({ praticien: NIR, situation: 'ZYXCANARINOM' }) });
  await ask('/api/card/open', { method: 'POST', headers: json, body: JSON.stringify({ code: CODE }) });
  await ask('/api/card/open', { method: 'POST', headers: bytes, body: WRONG_CODE });
  await ask('/api/card/open', { method: 'POST', headers: bytes, body: `${CODE}${NIR}ZYXCANARINOM` });
  await ask('/api/card/open', { method: 'POST', headers: bytes, body: CODE });
  await ask('/api/lots/ZYXCANARINOM/release', { method: 'POST' });
  await ask(`/api/files/${NIR}/retry`, { method: 'POST' });
  await ask('/ouvrir/ZYXCANARINOM');
  await ask('/api/glance', { headers: { origin: 'http://zyxcanarinom.invalid', host: 'ZYXCANARINOM' } });
}

beforeAll(async () => {
  addin = new InstalledAddin();
  install(addin);
  const refused = { do: { play: 'smtp-refuse', step: 'rcpt', code: 550 }, when: { nth: 2 }, times: 1 } as const;
  practice = await PracticeProcesses.start(
    [
      refused,
      { do: { play: 'smtp-cut-after-dot' }, when: { nth: 3 }, times: 1 },
      { do: { play: 'negative-lot', code: 'L004' }, times: 1 },
      { do: { play: 'truncated' }, times: 1 },
      { do: { play: 'duplicated' }, times: 1 },
    ],
    addin.root,
  );
  for (const card of ['dupont', 'morel', 'kervella']) changeJson(`cartes/${card}.json`, (document) => (document['pin'] = CODE));
}, 60_000);

afterAll(async () => {
  await practice.stop();
  addin.remove();
});

it('says no canary anywhere, whatever is done', async () => {
  // Intake, good and bad; sealing with a wrong code, then the right one; mails refused and cut; returns good, bad and twice.
  expect((await vitale(['importer', '-'], [...bad(), ...good.slice(0, 12).map((each) => JSON.stringify(each))].join('\n'))).code).toBe(4);
  await vitale(['transmettre', '--code-porteur-stdin'], `${WRONG_CODE}\n`);
  await vitale(['transmettre', '--code-porteur-stdin'], `${CODE}ZYXCANARINOM\n`);
  const sent = await vitale(['transmettre', '--praticien', '999000011', '--code-porteur-stdin', '--json'], `${CODE}\n`);
  expect((JSON.parse(sent.stdout) as { files: { state: string }[] }).files.map(({ state }) => state)).toEqual(
    expect.arrayContaining(['HANDED_OVER']),
  );
  expect(practice.received().length).toBeGreaterThan(0);
  await vitale(['relever']);
  await vitale(['relever']);
  await vitale(['importer', 'ZYXCANARINOM.ndjson']);
  await vitale(['inspecter', 'ZYXCANARINOM.b2']);
  await vitale(['reprendre', NIR]);

  // Through the host and the window.
  const host = await practice.host((line) => {
    if (line['event'] === 'not-acknowledged') tell('error to the host', JSON.stringify(line['error']));
  });
  const file = join(practice.home, 'hote', 'factures.ndjson');
  writeFileSync(file, [...bad(), ...good.slice(12).map((each) => JSON.stringify(each))].join('\n'));
  const pushed = host.next((line) => line['event'] === 'pushed');
  host.send(`push ${file}`);
  expect(await pushed).toMatchObject({ acknowledged: good.length - 12 });
  const window = host.next((line) => line['event'] === 'window');
  host.send('invoke teletrans.ouvrir');
  const { url } = (await window)['data'] as { url: string };
  tell('address', url);
  await attackWindow(url);
  const again = host.next((line) => line['event'] === 'state' && line['state'] === 'active');
  host.send('kill-addin');
  await again;

  // A mail server with a password, not there; then a practice that cannot be read.
  changeJson('cabinet.json', (document) => {
    const network = document['network'] as { smtp: Loose; pop3: Loose };
    for (const server of [network.smtp, network.pop3]) Object.assign(server, { port: 9, user: 'cabinet', password: 'ZYXMOTDEPASSE' });
  });
  await vitale(['relever']);
  await vitale(['transmettre', '--praticien', '999000029', '--code-porteur-stdin'], `${CODE}\n`);

  // Crashes that quote what they hold.
  await crash(`throw new Error('ZYXCANARINOM ${NIR}')`);
  await crash(`void Promise.reject(new TypeError('ZYXCANARINOM ${NIR}'))`);
  await crash(`JSON.parse('{"nom":"ZYXCANARINOM", ${NIR}')`);
  await crash(`throw Object.assign(new Error('x'), { name: 'ZYXCANARINOM', code: '${NIR}', cause: new Error('ZYXCANARIPRENOM') })`);

  tell('health', (await vitale(['diagnostic', 'sante', '--json'])).stdout);
  expect((await vitale(['diagnostic', 'paquet', zip()])).code).toBe(0);
  const cabinet = readFileSync(join(practice.home, 'cabinet.json'), 'utf8');
  writeFileSync(join(practice.home, 'cabinet.json'), `${cabinet.slice(0, -30)} ZYXCANARINOM "${NIR}" {`);
  tell('health, broken', (await vitale(['diagnostic', 'sante', '--json'])).stdout);
  await vitale(['etat']);
  writeFileSync(join(practice.home, 'cabinet.json'), cabinet);

  const all = gather();
  const log = [...all]
    .filter(([where]) => where.startsWith('log vitale-'))
    .map(([, text]) => text)
    .join('');
  // The paths were really gone through, at the most verbose level.
  for (const event of [
    'store.journalled',
    'intake.refused',
    'card.refused',
    'card.opened',
    'sending.attempt',
    'window.answered',
    'window.request-refused',
    'host.activated',
    'returns.ended',
    'diagnostics.on',
  ])
    expect(log).toContain(`"event":"${event}"`);
  expect([...all.keys()]).toEqual(
    expect.arrayContaining(['bundle log.jsonl', 'bundle boite-noire.jsonl', 'crash', 'address', 'file names', 'error to the host']),
  );
  expect(all.get('bundle log.jsonl')?.split('\n').length).toBeGreaterThan(100);
  expect(leaks(all)).toEqual([]);
}, 180_000);

it('would find one: in the log, in the bundle, on standard error, in a file name, in an answer', () => {
  const all = new Map(gather());
  for (const where of all.keys()) {
    for (const canary of [...CANARIES, ` ${CODE} `, `"${WRONG_CODE}"`]) {
      const planted = new Map(all).set(where, `${all.get(where) ?? ''}${canary}`);
      expect({ where, canary, found: leaks(planted).length > 0 }).toEqual({ where, canary, found: true });
    }
  }
});

it('lets no line that somebody else wrote into the log into the bundle', async () => {
  const [name = ''] = readdirSync(join(practice.home, 'journaux')).filter((each) => each.startsWith('vitale-'));
  const log = join(practice.home, 'journaux', name);
  const at = '2026-11-20T18:00:00.000Z';
  appendFileSync(
    log,
    `ZYXCANARINOM\n${JSON.stringify({ at, level: 'info', event: 'card.x', step: 'ZYX CANARINOM', nom: 'ZYXCANARINOM', id: NIR, count: Number(NIR) })}\n`,
  );
  rmSync(zip());
  expect((await vitale(['diagnostic', 'paquet', zip()])).code).toBe(0);
  const all = [...gather()].filter(([where]) => where.startsWith('bundle '));
  expect(leaks(new Map(all))).toEqual([]);
});
