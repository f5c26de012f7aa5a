/** A change anywhere in the archives is found: of any bit, any length, any file. */
import { copyFileSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { faultsOf } from '../../../src/teletrans/archive/verification';
import { isVitaleError } from '../../../src/teletrans/domain/errors';
import { openStorage, type Storage } from '../../../src/teletrans/store/open';
import { fillOldPractice, purgeOf } from '../../support/old-practice';
import { aFolder } from '../store/folder';

let folder: string;
let remove: () => Promise<void>;
let storage: Storage;
const ids: string[] = [];
const fileOf = (id: string): string => join(folder, 'archives', `${id}.vta`);

/** Three archives, one after the other. */
beforeAll(async () => {
  ({ folder, remove } = await aFolder());
  storage = await openStorage(folder);
  for (const from of [1, 1001, 2001]) {
    await fillOldPractice(storage, { invoices: 30, from });
    ids.push((await purgeOf(storage).run()).archive ?? '');
  }
});
afterAll(async () => {
  await storage.store.close();
  await remove();
});

const faults = async (): Promise<readonly string[]> => {
  const archives = await storage.store.read((session) => session.archives.list());
  return (await faultsOf(storage.archives, archives, () => undefined)).map(({ code, details }) => `${code} ${String(details['id'])}`);
};

/** Reads an archive by its own means alone, without what the store knows of it. */
async function readsWhole(id: string): Promise<boolean> {
  try {
    for await (const part of storage.archives.read(id)) if (part.length === 0) return false;
    return true;
  } catch (error) {
    if (isVitaleError(error, 'ARC-020')) return false;
    throw error;
  }
}

it('finds nothing wrong with archives nobody has touched', async () => {
  expect(await faults()).toEqual([]);
});

it('finds a bit flipped anywhere, by the store’s fingerprint and by the archive’s own seals', async () => {
  const id = ids[1] ?? '';
  const file = fileOf(id);
  const whole = readFileSync(file);
  // Every bit of the header, then any bit of the rest.
  const position = fc.oneof(fc.integer({ min: 0, max: 400 * 8 - 1 }), fc.integer({ min: 0, max: whole.length * 8 - 1 }));
  try {
    await fc.assert(
      fc.asyncProperty(position, async (bit) => {
        const changed = Buffer.from(whole);
        changed.writeUInt8((changed[bit >> 3] ?? 0) ^ (1 << (bit & 7)), bit >> 3);
        writeFileSync(file, changed);
        expect(await readsWhole(id)).toBe(false);
        expect(await faults()).toEqual([`ARC-020 ${id}`]);
      }),
      { numRuns: 300 },
    );
  } finally {
    writeFileSync(file, whole);
  }
  expect(await faults()).toEqual([]);
}, 120_000);

it('finds an archive cut anywhere, made longer, or gone', async () => {
  const id = ids[0] ?? '';
  const file = fileOf(id);
  const kept = `${file}.kept`;
  copyFileSync(file, kept);
  const { size } = statSync(file);
  for (const length of [0, 1, 16, 17, 100, size - 17, size - 1, size + 1, size + 65_552]) {
    truncateSync(file, length);
    expect([length, await readsWhole(id), await faults()]).toEqual([length, false, [`ARC-020 ${id}`]]);
    copyFileSync(kept, file);
  }
  rmSync(file);
  expect(await faults()).toEqual([`ARC-020 ${id}`]);
  renameSync(kept, file);
  expect(await faults()).toEqual([]);
});

it('finds one archive put in the place of another, and one that is not known', async () => {
  const [first = '', second = ''] = ids;
  const kept = readFileSync(fileOf(second));
  copyFileSync(fileOf(first), fileOf(second));
  expect([await readsWhole(second), await faults()]).toEqual([false, [`ARC-020 ${second}`]]);
  writeFileSync(fileOf(second), kept);
  copyFileSync(fileOf(first), fileOf('2099-01-01-0001'));
  expect(await faults()).toEqual(['ARC-027 2099-01-01-0001']);
  rmSync(fileOf('2099-01-01-0001'));
});

it('finds a broken chain', async () => {
  const archives = await storage.store.read((session) => session.archives.list());
  const without = archives.filter(({ id }) => id !== ids[1]);
  const found = await faultsOf(storage.archives, without, () => undefined);
  expect(found.map(({ code, details }) => `${code} ${String(details['id'])}`)).toEqual([
    `ARC-024 ${ids[2] ?? ''}`,
    `ARC-027 ${ids[1] ?? ''}`,
  ]);
});
