/** What the page asks about the settings, and what an attacker would: a password never comes out, and only the page's own changes are taken. */
import type { SettingsView } from '../../../../src/teletrans/settings/port';
import { CABINET, SettingsRig } from '../../../support/settings-rig';
import { openHarness, type Harness } from './harness';

let rig: SettingsRig;
let harness: Harness;
beforeEach(async () => {
  rig = new SettingsRig();
  harness = await openHarness({}, null, { settings: rig.desk });
  await harness.open();
});
afterEach(async () => {
  await harness.close();
  rig.close();
});

const view = async (): Promise<SettingsView> => JSON.parse((await harness.get('/api/settings')).text) as SettingsView;
const body = async (values: object, more: object = {}): Promise<object> => ({
  version: (await view()).version,
  change: { values, lists: {} },
  confirmed: [],
  ...more,
});

it('shows, saves, tries and takes back', async () => {
  expect((await view()).groups.length).toBeGreaterThan(5);
  const saved = await harness.post('/api/settings', await body({ '/region': '56' }));
  expect(JSON.parse(saved.text)).toMatchObject({ saved: true });
  expect(rig.text).toContain('"56"');
  const { version } = await view();
  const tried = await harness.post('/api/settings/connection', { version, change: { values: {}, lists: {} }, server: 'smtp' });
  expect(JSON.parse(tried.text)).toMatchObject({ ok: true, code: 'CFG-020' });
  expect(JSON.parse((await harness.post('/api/settings/back', { version, confirmed: [] })).text)).toMatchObject({ saved: true });
  expect(rig.text).toBe(CABINET);
});

it('tells every page that something changed', async () => {
  const other = await new Promise<string>((resolve) => {
    void harness.raw('GET', '/api/events', { cookie: harness.cookie, 'sec-fetch-site': 'same-origin' }).then(({ text }) => resolve(text));
    void (async () => {
      await harness.post('/api/settings', await body({ '/network/pop3/password': 'CANARI-evenement' }));
      setTimeout(() => void harness.window.close(), 300);
    })();
  });
  expect(other).toContain('event: changed');
  expect(other).not.toContain('CANARI');
});

it('says that the file changed, or that a transmission runs, with what to do', async () => {
  const old = await body({ '/region': '56' });
  rig.write(CABINET.replace('"35"', '"29"'));
  const refused = await harness.post('/api/settings', old);
  expect(refused.status).toBe(409);
  expect(JSON.parse(refused.text)).toMatchObject({ code: 'CFG-009' });
  rig.transmitting = true;
  expect(JSON.parse((await harness.post('/api/settings', await body({ '/region': '56' }))).text)).toMatchObject({ code: 'TRA-018' });
});

it('lets no password out: in no answer, header, log or journal, whatever goes wrong', async () => {
  rig.put('motdepasse.txt', 'CANARI-fichier');
  rig.write(
    CABINET.replace('"password": null', '"password": { "file": "motdepasse.txt" }').replace('"note"', '"autre": "CANARI-inconnu", "note"'),
  );
  const typed = { '/network/smtp/password': 'CANARI-tape', '/network/pop3/password': 'CANARI-tape2' };
  const answers = [await harness.get('/api/settings')];
  const ask = async (path: string, what: object): Promise<void> => void answers.push(await harness.post(path, what));
  await ask('/api/settings', await body({ ...typed, '/network/smtp/port': 'x' }));
  await ask('/api/settings', await body({ ...typed, '/mode': 'test' }));
  await ask('/api/settings', await body({ ...typed, '/inconnu': 'CANARI-place' }));
  await ask('/api/settings', { ...(await body(typed)), version: 'CANARI-version' });
  await ask('/api/settings/connection', { version: (await view()).version, change: { values: typed, lists: {} }, server: 'smtp' });
  rig.outcome = { code: 'CFG-028', details: {} };
  await ask('/api/settings/connection', { version: (await view()).version, change: { values: typed, lists: {} }, server: 'pop3' });
  await ask('/api/settings', await body(typed));
  await ask('/api/settings/back', { version: (await view()).version, confirmed: [] });
  rig.write('{"network":{"smtp":{"password":"CANARI-casse"');
  answers.push(await harness.get('/api/settings'));
  await ask('/api/settings', { version: '0'.repeat(64), change: { values: typed, lists: {} }, confirmed: [] });
  expect(answers.map(({ status }) => status)).toContain(200);
  for (const { text, headers } of answers) expect(text + JSON.stringify(headers)).not.toContain('CANARI');
  expect(JSON.stringify([rig.journal, rig.logged, harness.logger.lines])).not.toContain('CANARI');
});

it.each(['/api/settings', '/api/settings/back', '/api/settings/connection'])('%s is shut to whoever is not the page', async (path) => {
  const what = await body({ '/region': '56' });
  const own = { cookie: harness.cookie, origin: harness.origin, 'content-type': 'application/json' };
  const send = async (headers: Record<string, string>, text = JSON.stringify(what)): Promise<number> =>
    (await harness.raw('POST', path, headers, text)).status;
  expect(await send({ origin: own.origin, 'content-type': own['content-type'] })).toBe(401);
  expect(await send({ cookie: own.cookie, 'content-type': own['content-type'] })).toBe(403);
  expect(await send({ ...own, origin: 'http://127.0.0.1:1' })).toBe(403);
  expect(await send({ ...own, origin: 'null' })).toBe(403);
  expect(await send({ ...own, host: 'attaquant.test:80' })).toBe(403);
  expect(await send({ ...own, 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await send({ ...own, 'content-type': 'text/plain' })).toBe(415);
  expect(await send(own, '{')).toBe(400);
  expect(await send(own, `{"version":"${'x'.repeat(70_000)}"}`)).toBe(413);
  expect(rig.text).toBe(CABINET);
});

it('is read by nobody without a session', async () => {
  expect((await harness.raw('GET', '/api/settings')).status).toBe(401);
  expect((await harness.get('/api/settings', { host: 'attaquant.test' })).status).toBe(403);
});

it.each([
  ['a place above', { '/../mode': 'x' }],
  ['a prototype', { '/__proto__/mode': 'x' }],
  ['an inherited name', { '/constructor': 'x' }],
  ['an object', { '/region': { a: 1 } }],
  ['an array', { '/region': ['56'] }],
  ['several lines', { '/network/smtp/password': 'a\r\nRSET' }],
  ['a null byte', { '/profile': 'a\u0000b' }],
  ['an endless text', { '/region': 'x'.repeat(1001) }],
  ['the file of a password', { '/network/smtp/password/file': '/etc/passwd' }],
])('takes no %s', async (_what, values) => {
  expect((await harness.post('/api/settings', await body(values))).status).toBe(400);
  expect(rig.text).toBe(CABINET);
});

it('takes nothing more than it asks for', async () => {
  const good = await body({ '/region': '56' });
  for (const bad of [
    { ...good, more: 1 },
    { ...good, change: { values: {} } },
    { ...good, confirmed: 'mode' },
    [],
    null,
    'x',
    { ...good, version: '../x' },
  ])
    expect((await harness.post('/api/settings', bad)).status).toBe(400);
  const lists = { '/practitioners': [{ from: -1, values: {} }] };
  expect((await harness.post('/api/settings', { ...good, change: { values: {}, lists } })).status).toBe(400);
  expect((await harness.get('/api/settings?x=1')).status).toBe(400);
  expect(rig.text).toBe(CABINET);
});

it('reads a hostile file as text', async () => {
  rig.write(CABINET.replace('DUPONT CLAIRE', '<script>alert(1)</script>').replace('"note"', '"__proto__": {"mode": "reel"}, "note"'));
  const { groups } = await view();
  expect(JSON.stringify(groups)).toContain('<script>');
  expect((await harness.get('/api/settings')).headers['content-type']).toContain('application/json');
  expect(groups[0]?.fields[0]?.value).toBe('demo');
});
