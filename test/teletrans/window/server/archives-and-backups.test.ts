/** What the page asks about the archives, the backups and the calendar. */
import type { PurgeNotice } from '../../../../src/teletrans/archive/port';
import type { BackupStatus } from '../../../../src/teletrans/backup/port';
import { VitaleError } from '../../../../src/teletrans/domain/errors';
import { NO_ARCHIVES } from '../../../support/no-archives';
import { openHarness, type Harness } from './harness';

let harness: Harness;
const open = async (change: Parameters<typeof openHarness>[2]): Promise<void> => {
  harness = await openHarness({}, null, change);
  await harness.open();
};
afterEach(() => harness.close());

it('announces a purge, puts it off, and makes it when the person asks', async () => {
  const asked: string[] = [];
  const notice: PurgeNotice = { invoices: 12, days: 100, runsFrom: '2026-11-27' };
  await open({
    archives: {
      ...NO_ARCHIVES.archives,
      announce: () => Promise.resolve(notice),
      postpone: () => Promise.resolve(void asked.push('postpone')),
      purge: () => {
        asked.push('purge');
        return Promise.resolve({ archived: 12, kept: [], archive: '2026-11-26-0001' });
      },
    },
  });
  expect(JSON.parse((await harness.post('/api/archives/announce', undefined)).text)).toEqual(notice);
  expect((await harness.post('/api/archives/postpone', undefined)).status).toBe(204);
  expect(JSON.parse((await harness.post('/api/archives/purge', undefined)).text)).toMatchObject({ archived: 12 });
  expect(asked).toEqual(['postpone', 'purge']);
});

it('takes no name of a patient in an address', async () => {
  await open({});
  expect((await harness.get('/api/archives/search?text=MARTIN')).status).toBeGreaterThanOrEqual(400);
  expect((await harness.post('/api/archives/search', { text: 'MARTIN' })).status).toBe(200);
  expect((await harness.post('/api/archives/search?text=MARTIN', { text: 'MARTIN' })).status).toBe(400);
});

it('tells how backups stand, chooses their folder, makes one', async () => {
  let folder: string | null = null;
  const status = (): BackupStatus => ({ settings: { folder, everyDays: 1, keep: 14 }, last: null, failure: null });
  await open({
    backups: {
      ...NO_ARCHIVES.backups,
      status: () => Promise.resolve(status()),
      choose: (chosen) => Promise.resolve(void (folder = chosen)),
      make: (wanted) =>
        folder === null
          ? Promise.reject(new VitaleError('SAV-012'))
          : Promise.resolve({
              id: 'x',
              place: `${folder}/x`,
              at: '2026-11-26T08:00:00.000Z',
              invoices: 3,
              missing: wanted === null ? 0 : 1,
              removed: 0,
            }),
    },
  });
  expect(JSON.parse((await harness.post('/api/backups', undefined)).text)).toMatchObject({ code: 'SAV-012' });
  expect(JSON.parse((await harness.post('/api/backups/folder', { folder: '/disque' })).text)).toEqual(status());
  expect(folder).toBe('/disque');
  expect(JSON.parse((await harness.post('/api/backups', undefined)).text)).toMatchObject({ invoices: 3, missing: 0 });
  expect(JSON.parse((await harness.get('/api/backups')).text)).toEqual(status());
  for (const body of [{}, { folder: '' }, { folder: 3 }, { folder: null, more: 1 }])
    expect((await harness.post('/api/backups/folder', body)).status).toBe(400);
  await harness.post('/api/backups/folder', { folder: null });
  expect(folder).toBeNull();
});

it('asks whether the commune keeps Good Friday, and takes a plain answer', async () => {
  const answers: boolean[] = [];
  await open({ goodFriday: { asked: () => answers.length === 0, answer: (said) => void answers.push(said) } });
  expect(JSON.parse((await harness.get('/api/calendar/good-friday')).text)).toEqual({ asked: true });
  expect((await harness.post('/api/calendar/good-friday', { goodFriday: 'oui' })).status).toBe(400);
  expect((await harness.post('/api/calendar/good-friday', { goodFriday: true })).status).toBe(204);
  expect(JSON.parse((await harness.get('/api/calendar/good-friday')).text)).toEqual({ asked: false });
  expect(answers).toEqual([true]);
});
