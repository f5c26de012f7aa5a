/** A backup put in the place of a data folder: the old folder or the new one, whole, wherever it is interrupted; and the one that was there is never lost. */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { isVitaleError } from '../../../../src/teletrans/domain/errors';
import { REAL_DISK, type BackupDisk } from '../../../../src/teletrans/store/backup/disk';
import { finishRestoring, restoreBackup } from '../../../../src/teletrans/store/backup/restoring';
import { openStorage } from '../../../../src/teletrans/store/open';
import { startProgram } from '../programs/start';
import { aFolder } from '../folder';
import { anOldFolder, backUp, CLOCK, Death, FaultyDisk, IDS } from './rig';

let base: string;
let remove: () => Promise<void>;
let backup: string;
const at = (...names: string[]): string => path.join(base, ...names);
const HOME = (): string => at('data');
const failure = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => (isVitaleError(error) ? error.code : String(error)),
  );
const restore = (disk: BackupDisk = REAL_DISK): ReturnType<typeof restoreBackup> =>
  restoreBackup(backup, HOME(), { disk, clock: CLOCK, ids: IDS });

/** What lies in a folder, but for locks, what SQLite puts beside an open database, and the files that differ by design. */
function contentOf(folder: string): string {
  const hash = createHash('sha256');
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.lock|\.db-(wal|shm)$|restauration\.json|manifeste\.json/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  for (const name of names) hash.update(`${path.relative(folder, name)}\n`).update(readFileSync(name));
  return hash.digest('hex');
}
const asides = (): readonly string[] => readdirSync(base).filter((name) => name.startsWith('data.avant-restauration-'));

beforeEach(async () => {
  ({ folder: base, remove } = await aFolder());
  await anOldFolder(HOME());
  ({ place: backup } = await backUp(HOME(), at('backups')));
  // The day after.
  writeFileSync(at('data', 'cabinet.json'), '{"mode":"test","later":true}');
});
afterEach(() => remove());

it('puts the backup in place and keeps the folder that was there', async () => {
  const before = contentOf(HOME());
  const { aside, manifest } = await restore();
  expect(contentOf(HOME())).toBe(contentOf(backup));
  expect(contentOf(aside ?? '')).toBe(before);
  expect(manifest.invoices).toBe(24);
  expect(readdirSync(base).sort()).toEqual(['backups', 'data', path.basename(aside ?? ''), 'data.restauration.lock'].sort());
  const { store } = await openStorage(HOME());
  expect(await store.read((session) => session.invoices.count())).toBe(24);
  await store.close();
});

it('restores where nothing is, and again over itself', async () => {
  rmSync(HOME(), { recursive: true });
  expect((await restore()).aside).toBeNull();
  const second = await restore();
  const third = await restore();
  expect(existsSync(second.aside ?? '')).toBe(true);
  expect(third.aside).not.toBe(second.aside);
});

it.each([
  ['a file', 'messages'],
  ['the key', 'cle.bin'],
  ['the manifest', 'manifeste.json'],
])('changes nothing when %s of the backup is missing', async (_what, name) => {
  rmSync(path.join(backup, name), { recursive: true });
  const before = contentOf(HOME());
  expect(await failure(restore())).toMatch(/^SAV-00[457]$/);
  expect(contentOf(HOME())).toBe(before);
  expect(asides()).toEqual([]);
});

it('is refused while a program has the data open, and opening is refused while it goes on', async () => {
  const storage = await openStorage(HOME());
  expect(await failure(restore())).toBe('SAV-008');
  await storage.store.close();
  let opening = '';
  const disk: BackupDisk = {
    ...REAL_DISK,
    write: async (file, text) => {
      if (text.includes('"ready":true')) opening = await failure(openStorage(HOME()));
      await REAL_DISK.write(file, text);
    },
  };
  await restore(disk);
  expect(opening).toBe('SAV-009');
});

it('leaves the old folder or the new one, whole, wherever the process dies', async () => {
  const [old, fresh] = [contentOf(HOME()), contentOf(backup)];
  let runs = 0;
  const seen = new Set<string>();
  for (let rank = 1; ; rank++) {
    const died = await restore(new FaultyDisk(rank, 'death')).then(
      () => false,
      (error: unknown) => {
        if (!(error instanceof Death)) throw error;
        return true;
      },
    );
    if (!died) break;
    runs += 1;
    await finishRestoring(HOME(), REAL_DISK);
    const content = contentOf(HOME());
    seen.add(content);
    expect([rank, content === old || content === fresh]).toEqual([rank, true]);
    // The old one is there, in its place or beside it.
    const places = [HOME(), ...asides().map((name) => at(name))].map(contentOf);
    expect([rank, places.includes(old)]).toEqual([rank, true]);
    expect(readdirSync(base).filter((name) => /restauration-\d|\.json/.test(name) && !name.includes('avant'))).toEqual([]);
    if (content === fresh) {
      rmSync(HOME(), { recursive: true });
      await REAL_DISK.rename(at(asides()[0] ?? ''), HOME());
    }
  }
  expect(runs).toBeGreaterThan(20);
  expect(seen).toEqual(new Set([old, fresh]));
});

it('keeps the old folder when the disk is full, and leaves nothing beside it', async () => {
  const before = contentOf(HOME());
  for (let rank = 1; ; rank++) {
    const said = await failure(restore(new FaultyDisk(rank, 'full')));
    if (said === 'no error') break;
    expect([rank, said]).toEqual([rank, 'STO-001']);
    if (asides().length === 1) {
      // Full after the folder was set aside: the new one is in place all the same.
      expect(contentOf(HOME())).toBe(contentOf(backup));
      expect(contentOf(at(asides()[0] ?? ''))).toBe(before);
      break;
    }
    expect(contentOf(HOME())).toBe(before);
    expect(readdirSync(base).sort()).toEqual(['backups', 'data', 'data.restauration.lock']);
  }
});

it('is finished by the next opening after SIGKILL', async () => {
  const [old, fresh] = [contentOf(HOME()), contentOf(backup)];
  for (const line of ['checked', 'copying 1', 'copying 8', 'renamed 1', 'renamed 2']) {
    const program = startProgram('../backup/programs/restaurer.ts', backup, HOME());
    const seen = await program.line((printed) => printed === line).catch(() => 'ended before');
    await program.kill();
    expect([line, seen]).toEqual([line, line]);
    await finishRestoring(HOME(), REAL_DISK);
    const content = contentOf(HOME());
    expect([line, content === old || content === fresh]).toEqual([line, true]);
    if (content === fresh) {
      rmSync(HOME(), { recursive: true });
      await REAL_DISK.rename(at(asides()[0] ?? ''), HOME());
    }
  }
}, 60_000);

it('never takes a note of another for its own', async () => {
  mkdirSync(at('elsewhere'));
  appendFileSync(at('data.restauration.json'), JSON.stringify({ staging: '../elsewhere', aside: null, ready: false }));
  expect(await failure(finishRestoring(HOME(), REAL_DISK))).toBe('SAV-009');
  expect(existsSync(at('elsewhere'))).toBe(true);
});
