/** A page survives a restart of the program; nobody else gains anything by it. */
import { createServer } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { windowMemory } from '../../../../src/composition/window-memory';
import { keptInMemory } from '../../../support/window-memory';
import { openHarness, type Harness } from './harness';

let open: Harness[] = [];
const start = async (parts: Parameters<typeof openHarness>[2]): Promise<Harness> => {
  const harness = await openHarness({}, null, parts);
  open.push(harness);
  return harness;
};
afterEach(async () => {
  for (const harness of open) await harness.close();
  open = [];
});

it('is on the same port and knows the session, and the one-time address that has served is still refused', async () => {
  const memory = keptInMemory();
  const before = await start({ memory });
  const url = before.window.newUrl();
  await before.open(url);
  await before.window.close();
  const after = await start({ memory });
  expect(after.port).toBe(before.port);
  after.cookie = before.cookie;
  expect((await after.get('/api/glance')).status).toBe(200);
  expect((await after.raw('GET', new URL(url).pathname)).status).toBe(403);
});

it('keeps no secret: what the memory holds opens nothing', async () => {
  const memory = keptInMemory();
  const before = await start({ memory });
  await before.open();
  const [, secret = ''] = before.cookie.split('=');
  const kept = JSON.stringify(memory.kept);
  expect(kept).not.toContain(secret);
  const [digest = ''] = memory.kept?.sessions[0] ?? [];
  expect((await before.raw('GET', '/', { cookie: `${before.cookie.split('=')[0]}=${digest}` })).status).toBe(401);
});

it.each([
  ['was gone for more than five minutes', 5 * 60_000 + 1],
  ['has a clock set back', -60_000],
])('knows nobody when the program %s', async (_what, gone) => {
  const memory = keptInMemory();
  const before = await start({ memory });
  await before.open();
  await before.window.close();
  const left = Date.parse(memory.kept!.at);
  const after = await start({ memory, machineNow: () => new Date(left + gone) });
  after.cookie = before.cookie;
  expect((await after.get('/')).status).toBe(401);
});

it('knows nobody on another port, and leaves the memory to the program that has its own', async () => {
  const memory = keptInMemory();
  const first = await start({ memory });
  await first.open();
  const { kept } = memory;
  const second = await start({ memory });
  expect(second.port).not.toBe(first.port);
  second.cookie = first.cookie.replace(String(first.port), String(second.port));
  expect((await second.get('/')).status).toBe(401);
  expect(memory.kept).toEqual(kept);
});

it('opens all the same when its port has been taken by a stranger', async () => {
  const memory = keptInMemory();
  const before = await start({ memory });
  await before.open();
  await before.window.close();
  const stranger = createServer();
  await new Promise<void>((resolve) => stranger.listen(before.port, '127.0.0.1', resolve));
  try {
    const after = await start({ memory });
    after.cookie = before.cookie;
    expect((await after.get('/')).status).toBe(401);
    expect((await after.open()).status).toBe(303);
  } finally {
    stranger.close();
  }
});

describe('its file', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'memory-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('is read by its user alone', () => {
    const memory = windowMemory(home);
    const kept = { port: 40_000, at: '2026-11-20T10:00:00.000Z', sessions: [['d', 5] as const] };
    memory.write(kept);
    expect(memory.read()).toEqual(kept);
    expect(statSync(join(home, 'fenetre.json')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(home, 'fenetre.json'), 'utf8')).toContain('40000');
    memory.write(null);
    expect(memory.read()).toBeNull();
  });

  it.each([
    '',
    '{',
    '[]',
    '{"port":80,"at":"x","sessions":[]}',
    '{"port":40000,"at":1,"sessions":[]}',
    '{"port":40000,"at":"x","sessions":[1]}',
  ])('says nothing when it holds %p', (text) => {
    writeFileSync(join(home, 'fenetre.json'), text);
    expect(windowMemory(home).read()).toBeNull();
  });

  it('that cannot be written stops nothing', () => {
    expect(() => windowMemory(join(home, 'nowhere')).write({ port: 40_000, at: 'x', sessions: [] })).not.toThrow();
  });
});
