/** A backup of a data folder in use: whole, of one instant, and found out wherever it was spoilt. */
import { closeSync, cpSync, existsSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import * as path from 'node:path';
import { isVitaleError } from '../../../../src/teletrans/domain/errors';
import { checkBackup } from '../../../../src/teletrans/store/backup/checking';
import { listBackups } from '../../../../src/teletrans/store/backup/backup-folders';
import { openStorage } from '../../../../src/teletrans/store/open';
import { fillOldPractice, purgeOf } from '../../../support/old-practice';
import { aFolder } from '../folder';
import { anOldFolder, backUp, backupsOf, Death, FaultyDisk } from './rig';

let base: string;
let remove: () => Promise<void>;
const at = (...names: string[]): string => path.join(base, ...names);
const failure = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => (isVitaleError(error) ? error.code : String(error)),
  );

beforeEach(async () => {
  ({ folder: base, remove } = await aFolder());
  await anOldFolder(at('data'));
});
afterEach(() => remove());

/** Every document, message and archive that this folder's database speaks of can be read. */
async function everythingReads(home: string): Promise<{ readonly invoices: number; readonly messages: number; readonly archives: number }> {
  const storage = await openStorage(home);
  try {
    expect(await storage.store.integrityFaults()).toEqual([]);
    return await storage.store.read(async (session) => {
      const living = await session.invoices.list({ archived: false });
      for (const { id } of living) await session.invoices.body(id);
      const files = (await session.files.list({ archived: false })).filter(({ sha256 }) => sha256 !== null);
      for (const { id } of files) await storage.frozen.read(id);
      const archives = (await session.archives.list()).filter(({ state }) => state !== 'PLANNED');
      for (const { id, sha256 } of archives) expect(await storage.archives.fingerprint(id)).toBe(sha256);
      return { invoices: living.length, messages: files.length, archives: archives.length };
    });
  } finally {
    await storage.store.close();
  }
}

it('holds all the practice cannot do without, and neither locks nor log nor marks of another day', async () => {
  writeFileSync(at('data', 'reperes.json'), '{}');
  const { manifest, place } = await backUp(at('data'), at('backups'));
  expect(manifest).toMatchObject({ automatic: false, invoices: 24, missing: [] });
  expect((await checkBackup(place)).id).toBe(manifest.id);
  expect(readdirSync(place).sort()).toEqual(
    ['archives', 'cabinet.json', 'certs', 'cle.bin', 'manifeste.json', 'messages', 'restauration.json', 'vitale.db'].sort(),
  );
  cpSync(place, at('copy'), { recursive: true });
  expect(await everythingReads(at('copy'))).toEqual({ invoices: 12, messages: 2, archives: 1 });
});

// Windows has no such bits: there the access list of the backup's folder decides.
const onPosix = process.platform === 'win32' ? it.skip : it;
onPosix('lets nobody but its owner read the key', async () => {
  const { place } = await backUp(at('data'), at('backups'));
  expect(statSync(path.join(place, 'cle.bin')).mode & 0o077).toBe(0);
});

it('is of one instant, whatever the program does meanwhile', async () => {
  const storage = await openStorage(at('data'));
  await fillOldPractice(storage, { invoices: 240, invoicesPerLot: 4, lotsPerFile: 3, from: 1001 });
  const backups = backupsOf(at('data'), storage);
  let taken = 0;
  let running = true;
  const goOn = async (): Promise<void> => {
    // A purge takes messages away and adds an archive; invoices and files come all the time.
    const purging = purgeOf(storage).run();
    for (let from = 5001; running; from += 4) {
      await fillOldPractice(storage, { invoices: 4, invoicesPerLot: 2, lotsPerFile: 2, from, stateOf: () => 'SENT' });
      taken += 4;
      // Faster than any practice, and no faster the faster the machine: what is copied and checked afterwards stays of a known size.
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await purging;
  };
  const working = goOn();
  const places: string[] = [];
  for (let turn = 0; turn < 4; turn++)
    places.push((await backups.make(at('backups'), { automatic: false, onPlace: () => Promise.resolve(), onStep: () => undefined })).place);
  running = false;
  await working;
  await storage.store.close();
  expect(taken).toBeGreaterThan(4);
  for (const place of places) {
    const { missing, invoices } = await checkBackup(place);
    expect(missing).toEqual([]);
    cpSync(place, at('copy'), { recursive: true });
    const read = await everythingReads(at('copy'));
    expect(read.messages).toBeGreaterThan(0);
    expect(invoices).toBeGreaterThanOrEqual(264);
    rmSync(at('copy'), { recursive: true });
  }
}, 300_000);

describe('what was spoilt is found', () => {
  let place: string;
  beforeEach(async () => void ({ place } = await backUp(at('data'), at('backups'))));

  it('in any file, at any place', async () => {
    const names = (await checkBackup(place)).files.map((file) => file.path);
    for (const name of [...names, 'manifeste.json']) {
      const file = path.join(place, name);
      const size = statSync(file).size;
      for (const share of name === 'vitale.db' ? [0, 0.5, 1] : [0.5]) {
        const offset = Math.min(size - 1, Math.floor(size * share));
        const before = readFileSync(file);
        const handle = openSync(file, 'r+');
        writeSync(handle, Buffer.of((before[offset] ?? 0) ^ 1), 0, 1, offset);
        closeSync(handle);
        expect([name, share, await failure(checkBackup(place))]).toEqual([name, share, expect.stringMatching(/^SAV-00[4567]$/)]);
        writeFileSync(file, before);
      }
    }
    expect(await failure(checkBackup(place))).toBe('no error');
  });

  it('in a number of the manifest itself', async () => {
    const file = path.join(place, 'manifeste.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"invoices": 24', '"invoices": 25'));
    expect(await failure(checkBackup(place))).toBe('SAV-005');
  });

  it.each([
    ['a message', 'messages', 'SAV-005'],
    ['an archive', 'archives', 'SAV-005'],
    ['the database', 'vitale.db', 'SAV-005'],
    ['the key', 'cle.bin', 'SAV-007'],
    ['the manifest', 'manifeste.json', 'SAV-004'],
  ])('where %s is missing', async (_what, name, code) => {
    rmSync(path.join(place, name), { recursive: true });
    expect(await failure(checkBackup(place))).toBe(code);
  });

  it('where the manifest leads out of the backup', async () => {
    const file = path.join(place, 'manifeste.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"path": "cabinet.json"', '"path": "../../data/cabinet.json"'));
    expect(await failure(checkBackup(place))).toBe('SAV-004');
  });
});

it('says what was already missing from the data', async () => {
  const [name = ''] = readdirSync(at('data', 'messages'));
  rmSync(at('data', 'messages', name));
  const { manifest, place } = await backUp(at('data'), at('backups'));
  expect(manifest.missing).toEqual([`messages/${name}`]);
  expect((await checkBackup(place)).missing).toHaveLength(1);
});

it('is not made inside the data folder', async () => {
  expect(await failure(backUp(at('data'), at('data', 'sauvegardes')))).toBe('SAV-002');
});

it('is made by one program at a time', async () => {
  const storage = await openStorage(at('data'));
  const backups = backupsOf(at('data'), storage);
  const options = { automatic: false, onPlace: () => Promise.resolve(), onStep: () => undefined };
  const [first, second] = await Promise.all([failure(backups.make(at('a'), options)), failure(backups.make(at('b'), options))]);
  expect([first, second].sort()).toEqual(['SAV-001', 'no error']);
  await storage.store.close();
});

/** Tries at every effect until one attempt meets no fault. */
async function atEveryEffect(
  fault: 'death' | 'full',
  check: (folder: string, rank: number, error: unknown) => Promise<void>,
): Promise<number> {
  const storage = await openStorage(at('data'));
  for (let rank = 1; ; rank++) {
    const disk = new FaultyDisk(rank, fault);
    const folder = at(`backups-${String(rank)}`);
    const error: unknown = await backupsOf(at('data'), storage, disk)
      .make(folder, { automatic: true, onPlace: () => Promise.resolve(), onStep: () => undefined })
      .then(
        () => null,
        (thrown: unknown) => thrown,
      );
    if (error === null) {
      await storage.store.close();
      expect(await listBackups(folder)).toHaveLength(1);
      return rank;
    }
    await check(folder, rank, error);
    rmSync(folder, { recursive: true, force: true });
  }
}

it('is whole or is no backup, wherever the process dies', async () => {
  const effects = await atEveryEffect('death', async (folder, rank, error) => {
    expect(error).toBeInstanceOf(Death);
    const found = existsSync(folder) ? await listBackups(folder) : [];
    for (const { place } of found) expect([rank, (await checkBackup(place)).missing]).toEqual([rank, []]);
  });
  expect(effects).toBeGreaterThan(20);
  expect(await everythingReads(at('data'))).toEqual({ invoices: 12, messages: 2, archives: 1 });
});

it('leaves nothing behind on a full disk, and says so', async () => {
  await atEveryEffect('full', async (folder, rank, error) => {
    expect([rank, isVitaleError(error) ? error.code : error]).toEqual([rank, 'STO-001']);
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  });
  expect(await everythingReads(at('data'))).toEqual({ invoices: 12, messages: 2, archives: 1 });
});
