import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFolder, readPractice, setVirtualCard, virtualCardFile } from '../../src/composition/practice-folder';
import { startClock } from '../../src/composition/system-clock';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'practice-folder-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const server = { host: '127.0.0.1', port: 2525, security: 'none' };
const cabinet = {
  mode: 'demo',
  region: '35',
  practitioners: [{ name: 'DUPONT CLAIRE', billingNumber: '999000011', rpps: '99900000011' }],
  reader: { kind: 'virtual', card: 'cartes/dupont.json' },
  network: { sender: 'cabinet@practice.test.invalid', smtp: server, pop3: { ...server, user: 'cabinet', password: 'cabinet' } },
};
const write = (content: unknown): void =>
  writeFileSync(join(home, 'cabinet.json'), typeof content === 'string' ? content : JSON.stringify(content));

describe('cabinet.json', () => {
  it('is read with what it leaves out filled in', () => {
    write(cabinet);
    expect(readPractice(home)).toMatchObject({
      goodFriday: false,
      profile: null,
      recipients: null,
      network: { smtp: { user: null, password: null, ca: null }, pop3: { user: 'cabinet', ca: null } },
    });
  });

  it('that is missing, cut or wrong is told by its place', () => {
    expect(() => readPractice(home)).toThrow('CFG-001');
    write('{"mode":');
    expect(() => readPractice(home)).toThrow('CFG-002');
    for (const [change, place] of [
      [{ mode: 'essai' }, '/mode'],
      [{ region: 'Bretagne' }, '/region'],
      [{ practitioners: [{ name: 'X', billingNumber: '12' }] }, '/practitioners/0/billingNumber'],
      [{ network: { ...cabinet.network, smtp: { ...server, port: 0 } } }, '/network/smtp/port'],
      [{ network: { ...cabinet.network, sender: 'nobody' } }, '/network/sender'],
      [{ reader: { kind: 'usb' } }, '/reader/kind'],
    ] as const) {
      write({ ...cabinet, ...change });
      let told: unknown;
      try {
        readPractice(home);
      } catch (error) {
        told = error;
      }
      expect(told).toMatchObject({ code: 'CFG-002', details: { detail: expect.stringContaining(place) as unknown } });
    }
  });

  it('changes its card only when another one is put in the virtual reader', () => {
    write({ ...cabinet, ours: 'kept' });
    expect(virtualCardFile(home)).toBe(join(home, 'cartes/dupont.json'));
    setVirtualCard(home, 'cartes/morel.json');
    expect(JSON.parse(readFileSync(join(home, 'cabinet.json'), 'utf8'))).toEqual({
      ...cabinet,
      ours: 'kept',
      reader: { kind: 'virtual', card: 'cartes/morel.json' },
    });
    expect(statSync(join(home, 'cabinet.json')).mode & 0o077).toBe(0);
    setVirtualCard(home, null);
    expect(virtualCardFile(home)).toBeNull();
  });
});

describe('the data folder', () => {
  it.each([
    ['linux', { VITALE_HOME: '/donnees' }, '/donnees'],
    ['linux', { XDG_DATA_HOME: '/x' }, '/x/LOGOSw/VITALE'],
    ['win32', { LOCALAPPDATA: '/appdata' }, '/appdata/LOGOSw/VITALE'],
  ] as const)('on %s with %j is %s', (platform, environment, folder) => {
    expect(dataFolder(environment, platform)).toBe(folder);
  });
});

describe('the clock', () => {
  it('starts where it is told, and runs', async () => {
    const clock = startClock('demo', { VITALE_MAINTENANT: '2026-11-20T18:40:00+01:00' });
    const first = clock.now().getTime();
    expect(Math.abs(first - Date.parse('2026-11-20T17:40:00Z'))).toBeLessThan(10_000);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(clock.now().getTime() - first).toBeGreaterThanOrEqual(25);
  });

  it('is the machine’s otherwise, and always for a real practice', () => {
    expect(Math.abs(startClock('test', {}).now().getTime() - Date.now())).toBeLessThan(10_000);
    expect(() => startClock('reel', { VITALE_MAINTENANT: '2026-11-20T18:40:00+01:00' })).toThrow('CFG-002');
  });

  it.each(['hier', '2026-11-20', '2026-11-20T18:40:00'])('refuses « %s »: no ISO date-time with offset', (wanted) => {
    expect(() => startClock('test', { VITALE_MAINTENANT: wanted })).toThrow('CFG-002');
  });
});
