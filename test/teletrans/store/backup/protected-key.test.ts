/** A key that the system protects for one user of one computer: the backup carries it in the open, so that it can be put back anywhere, and there it is protected again. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { isVitaleError } from '../../../../src/teletrans/domain/errors';
import { checkBackup } from '../../../../src/teletrans/store/backup/checking';
import { DiskBackups } from '../../../../src/teletrans/store/backup/backup-folders';
import { REAL_DISK } from '../../../../src/teletrans/store/backup/disk';
import { restoreBackup } from '../../../../src/teletrans/store/backup/restoring';
import { FileKeySource } from '../../../../src/teletrans/store/keys/file-key';
import type { KeySource } from '../../../../src/teletrans/store/keys/key-source';
import { openStorage } from '../../../../src/teletrans/store/open';
import { fillOldPractice } from '../../../support/old-practice';
import { aFolder } from '../folder';
import { FakeProtection } from '../fake-protection';
import { CLOCK, IDS } from './rig';

let base: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ folder: base, remove } = await aFolder()));
afterEach(() => remove());
const at = (...names: string[]): string => path.join(base, ...names);

/** The same folder as this user of this computer sees it. */
const keyFor = (home: string, user: string): KeySource => new FileKeySource(path.join(home, 'cle.bin'), new FakeProtection(user));

async function messagesReadBy(home: string, user: string): Promise<number> {
  const { store, frozen } = await openStorage(home, keyFor(home, user));
  try {
    return await store.read(async ({ files }) => {
      const listed = (await files.list({ archived: false })).filter(({ sha256 }) => sha256 !== null);
      for (const { id } of listed) await frozen.read(id);
      return listed.length;
    });
  } finally {
    await store.close();
  }
}

async function backedUp(): Promise<string> {
  const keySource = keyFor(at('data'), 'Zoé');
  const storage = await openStorage(at('data'), keySource);
  await fillOldPractice(storage, { invoices: 12, invoicesPerLot: 3, lotsPerFile: 2, stateOf: () => 'ACKED' });
  const practiceOf = (): Promise<string> => Promise.resolve('ours');
  const backups = new DiskBackups({
    home: at('data'),
    store: storage.store,
    keySource,
    practiceOf,
    disk: REAL_DISK,
    clock: CLOCK,
    ids: IDS,
  });
  const made = await backups.make(at('backups'), { automatic: false, onPlace: () => Promise.resolve(), onStep: () => undefined });
  await storage.store.close();
  return made.place;
}

it('is backed up in the open and put back for another user of another computer, where it is protected again', async () => {
  const place = await backedUp();
  const key = await keyFor(at('data'), 'Zoé').key(false);
  expect(readFileSync(at('data', 'cle.bin')).includes(key)).toBe(false);
  expect(readFileSync(path.join(place, 'cle.bin')).includes(key)).toBe(true);
  await checkBackup(place);

  await restoreBackup(place, at('elsewhere'), { disk: REAL_DISK, clock: CLOCK, ids: IDS });
  expect(await messagesReadBy(at('elsewhere'), 'Élodie')).toBe(2);
  expect(readFileSync(at('elsewhere', 'cle.bin')).includes(key)).toBe(false);
  expect(await keyFor(at('elsewhere'), 'Élodie').shelter()).toBe('system');
});

it('that no longer opens is said to be so, and a backup brings the data back in its place', async () => {
  const place = await backedUp();
  const refused = await messagesReadBy(at('data'), 'Élodie').catch((error: unknown) => error);
  expect(isVitaleError(refused, 'STO-022')).toBe(true);
  await restoreBackup(place, at('data'), { disk: REAL_DISK, clock: CLOCK, ids: IDS });
  expect(await messagesReadBy(at('data'), 'Élodie')).toBe(2);
});
