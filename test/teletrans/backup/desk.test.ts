/** Automatic backups: when they are made, which ones stay, and what is remembered when they fail. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { randomUUID } from 'node:crypto';
import { BackupDesk } from '../../../src/teletrans/backup/desk';
import type { BackupSettings } from '../../../src/teletrans/backup/port';
import { isDue, outdated } from '../../../src/teletrans/backup/rotation';
import { isVitaleError, VitaleError } from '../../../src/teletrans/domain/errors';
import { listBackups, DiskBackups } from '../../../src/teletrans/store/backup/backup-folders';
import { REAL_DISK, type BackupDisk } from '../../../src/teletrans/store/backup/disk';
import type { BackupManifest, MadeBackup } from '../../../src/teletrans/store/backup/port';
import { systemKeySource } from '../../../src/teletrans/store/keys/system-key';
import { openStorage, type Storage } from '../../../src/teletrans/store/open';
import { aFolder } from '../store/folder';

const DAILY: BackupSettings = { folder: '/x', everyDays: 1, keep: 2 };

describe('the rules', () => {
  it.each([
    [null, true],
    ['2026-11-26T00:10:00+01:00', false],
    ['2026-11-25T23:50:00+01:00', true],
  ])('with the last backup at %s, due at eight the same morning: %s', (last, due) => {
    expect(isDue(DAILY, last, new Date('2026-11-26T08:00:00+01:00'))).toBe(due);
    expect(isDue({ ...DAILY, folder: null }, last, new Date('2026-11-26T08:00:00+01:00'))).toBe(false);
  });

  const made = (n: number, change: Partial<BackupManifest> = {}): MadeBackup => ({
    place: String(n),
    manifest: {
      format: 1,
      id: String(n),
      practice: 'ours',
      createdAt: `2026-11-0${String(n)}T08:00:00.000Z`,
      automatic: true,
      journal: { length: 0, tip: '' },
      invoices: 0,
      missing: [],
      files: [],
      ...change,
    },
  });
  const gone = (...all: MadeBackup[]): readonly string[] => outdated(all, 'ours', 2).map(({ place }) => place);

  it('keep the newest, what a person made, what is another practice’s, and the last whole one', () => {
    expect(gone(made(1), made(2), made(3), made(4))).toEqual(['1', '2']);
    expect(gone(made(1, { automatic: false }), made(2), made(3), made(4))).toEqual(['2']);
    expect(gone(made(1, { practice: 'theirs' }), made(2), made(3))).toEqual([]);
    expect(gone(made(1), made(2), made(3, { missing: ['x'] }), made(4, { missing: ['x'] }))).toEqual(['1']);
  });
});

describe('the desk', () => {
  let base: string;
  let remove: () => Promise<void>;
  let storage: Storage;
  let now: string;
  let settings: BackupSettings;
  let disk: BackupDisk;
  const at = (...names: string[]): string => path.join(base, ...names);
  const failure = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'no error',
      (error: unknown) => (isVitaleError(error) ? error.code : String(error)),
    );

  beforeEach(async () => {
    ({ folder: base, remove } = await aFolder());
    storage = await openStorage(at('data'));
    writeFileSync(at('data', 'cabinet.json'), '{}');
    mkdirSync(at('disk'));
    now = '2026-11-26T08:00:00.000Z';
    settings = { folder: at('disk'), everyDays: 1, keep: 2 };
    disk = REAL_DISK;
  });
  afterEach(async () => {
    await storage.store.close();
    await remove();
  });

  const clock = { now: () => new Date(now) };
  const desk = (): BackupDesk =>
    new BackupDesk({
      store: storage.store,
      folders: new DiskBackups({
        home: at('data'),
        store: storage.store,
        keySource: systemKeySource(at('data')),
        practiceOf: () => Promise.resolve('ours'),
        disk,
        clock,
        ids: { uuid: randomUUID },
      }),
      settings: () => settings,
      keepFolder: (folder) => void (settings = { ...settings, folder }),
      explain: ({ code }) => ({ code, message: code, action: '' }),
      clock,
    });

  it('makes one a day and keeps the number asked for', async () => {
    const ids: string[] = [];
    for (const day of [26, 27, 28, 29]) {
      now = `2026-11-${String(day)}T08:00:00.000Z`;
      ids.push((await desk().makeDue())?.id ?? 'none');
      expect(await desk().makeDue()).toBeNull();
    }
    expect((await listBackups(at('disk'))).map(({ manifest }) => manifest.id)).toEqual(ids.slice(2));
    expect(await desk().status()).toMatchObject({ last: { at: now, missing: 0 }, failure: null });
  });

  it('remembers why it failed, tries again, and forgets it then', async () => {
    rmSync(at('disk'), { recursive: true });
    expect(await failure(desk().makeDue())).toBe('SAV-003');
    // An unplugged disk is not replaced by a folder of its name.
    expect(readdirSync(base)).not.toContain('disk');
    expect((await desk().status()).failure).toMatchObject({ code: 'SAV-003', at: now });
    mkdirSync(at('disk'));
    disk = { ...REAL_DISK, copy: () => Promise.reject(new VitaleError('STO-001')) };
    expect(await failure(desk().makeDue())).toBe('STO-001');
    expect((await desk().status()).failure?.code).toBe('STO-001');
    disk = REAL_DISK;
    expect(await desk().makeDue()).not.toBeNull();
    expect((await desk().status()).failure).toBeNull();
  });

  it('removes what a program that died left of a backup, and only that', async () => {
    const stuck: BackupDisk = {
      ...REAL_DISK,
      copy: () => Promise.reject(new Error('dead')),
      remove: () => Promise.reject(new Error('dead')),
    };
    disk = stuck;
    await failure(desk().makeDue());
    const [left = ''] = readdirSync(at('disk'));
    mkdirSync(at('disk', 'photos'));
    disk = REAL_DISK;
    await desk().makeDue();
    expect(readdirSync(at('disk'))).not.toContain(left);
    expect(readdirSync(at('disk'))).toContain('photos');
    expect(await listBackups(at('disk'))).toHaveLength(1);
  });

  it.each([
    ['relative/folder', 'SAV-010'],
    ['not-there', 'SAV-003'],
    ['data', 'SAV-002'],
  ])('takes no folder that is no good: %s', async (name, code) => {
    expect(await failure(desk().choose(name.includes('/') ? name : at(name)))).toBe(code);
    expect(settings.folder).toBe(at('disk'));
  });

  it('makes one where a person says, and none where nothing is said', async () => {
    settings = { ...settings, folder: null };
    expect(await desk().makeDue()).toBeNull();
    expect(await failure(desk().make(null, () => undefined))).toBe('SAV-012');
    const made = await desk().make(at('stick'), () => undefined);
    expect(made).toMatchObject({ removed: 0, missing: 0 });
    expect(path.dirname(made.place)).toBe(at('stick'));
  });
});
