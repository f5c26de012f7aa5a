import { unzipSync } from 'fflate';
import { zipBundle } from '../../../../src/teletrans/diagnostics/bundle/bundle';
import { VitaleError } from '../../../../src/teletrans/domain/errors';
import { openHarness, type Harness } from './harness';

let harness: Harness;
beforeEach(async () => {
  harness = await openHarness();
  await harness.open();
});
afterEach(() => harness.close());

const json = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

it('says whether diagnostics are on, until when, who switched them on, and whether the manifest can be used', async () => {
  expect(json((await harness.get('/api/diagnostics')).text)).toMatchObject({ state: 'off', until: null, faulty: false });
  const until = '2026-11-21T16:42:00.000Z';
  harness.diagnostics.set({ state: 'on', until, by: 'support', levels: { level: 'debug', areas: { card: 'warn' } } }, true);
  expect(json((await harness.get('/api/diagnostics')).text)).toEqual({
    state: 'on',
    until,
    by: 'support',
    level: 'debug',
    areas: { card: 'warn' },
    faulty: true,
  });
});

it('runs the health checks when asked to, and says why when they cannot be run', async () => {
  expect(json((await harness.post('/api/diagnostics/health')).text)).toMatchObject({
    status: 'warning',
    checks: [{ id: 'disk' }, { id: 'card' }],
  });
  harness.diagnostics.failure = new VitaleError('LOT-014', { table: 'health.json' });
  expect((await harness.post('/api/diagnostics/health')).status).toBe(409);
});

it('gives as a file the very bundle it has shown, and the last one only', async () => {
  const first = json((await harness.post('/api/diagnostics/bundle')).text) as { id: string; fileName: string };
  const file = await harness.get(`/api/diagnostics/bundle/${first.id}`);
  expect(file.status).toBe(200);
  expect(file.headers).toMatchObject({
    'content-type': 'application/zip',
    'content-disposition': `attachment; filename="${first.fileName}"`,
  });
  await harness.post('/api/diagnostics/bundle');
  const gone = await harness.get(`/api/diagnostics/bundle/${first.id}`);
  expect(gone.status).toBe(409);
  expect(json(gone.text)).toMatchObject({ code: 'DIA-122' });
});

it('makes a zip file that opens again', async () => {
  const bundle = await harness.diagnostics.bundle();
  const entries = unzipSync(zipBundle(bundle));
  expect(Object.keys(entries)).toEqual(bundle.entries.map(({ name }) => name));
  expect(Buffer.from(entries['LISEZMOI.txt'] ?? []).toString('utf8')).toBe(bundle.entries[0]?.text);
});

it('gives nothing without a session, and takes no health check from another page', async () => {
  expect((await harness.raw('GET', '/api/diagnostics')).status).toBe(401);
  expect((await harness.post('/api/diagnostics/health', undefined, { origin: 'http://evil.example' })).status).toBe(403);
});
