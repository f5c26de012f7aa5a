/** The key's file: one contract for every way a system keeps it, and a change of shape that no death may cost the key. */
import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { isVitaleError } from '../../../src/teletrans/domain/errors';
import { loadDpapi } from '../../../src/teletrans/store/keys/dpapi';
import { FileKeySource } from '../../../src/teletrans/store/keys/file-key';
import { REAL_KEY_DISK, type KeyDisk } from '../../../src/teletrans/store/keys/key-disk';
import { openKeyFile } from '../../../src/teletrans/store/keys/key-file';
import type { KeyProtection } from '../../../src/teletrans/store/keys/key-protection';
import { FakeProtection } from './fake-protection';
import { aFolder } from './folder';

class Death extends Error {}

/** A disk on which the effect of that rank (from 1) does not happen: the process dies there, and nothing works after; or it fails there, once. */
class FaultyDisk implements KeyDisk {
  effects = 0;
  private dead = false;

  constructor(
    private readonly at: number,
    private readonly fault: 'death' | 'full',
  ) {}

  private async effect<T>(work: () => Promise<T>): Promise<T> {
    if (this.dead) throw new Death();
    this.effects += 1;
    if (this.effects !== this.at) return work();
    if (this.fault === 'full') throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    this.dead = true;
    throw new Death();
  }

  read = (file: string): Promise<Buffer | null> => (this.dead ? Promise.reject(new Death()) : REAL_KEY_DISK.read(file));
  leftBeside = (file: string): Promise<readonly string[]> => (this.dead ? Promise.reject(new Death()) : REAL_KEY_DISK.leftBeside(file));
  /** Half of the file is on the disk by then. */
  write = (file: string, bytes: Buffer): Promise<void> =>
    this.effect(() => REAL_KEY_DISK.write(file, bytes)).catch(async (error: unknown) => {
      await writeFile(file, bytes.subarray(0, 9), { mode: 0o600 });
      throw error;
    });
  link = (from: string, to: string): Promise<void> => this.effect(() => REAL_KEY_DISK.link(from, to));
  rename = (from: string, to: string): Promise<void> => this.effect(() => REAL_KEY_DISK.rename(from, to));
  flushFolder = (folder: string): Promise<void> => this.effect(() => REAL_KEY_DISK.flushFolder(folder));
  remove = (file: string): Promise<void> => this.effect(() => REAL_KEY_DISK.remove(file));
}

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ folder, remove } = await aFolder()));
afterEach(() => remove());
const file = (): string => path.join(folder, 'cle.bin');
const failure = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => (isVitaleError(error) ? error.code : String(error)),
  );

function keepsItsKey(protection: () => KeyProtection | null): void {
  const source = (): FileKeySource => new FileKeySource(file(), protection());

  it('makes a key only where it may, and gives the same one ever after', async () => {
    expect(await failure(source().key(false))).toBe('STO-012');
    const key = await source().key(true);
    expect(key).toHaveLength(32);
    for (const create of [true, false]) expect((await source().key(create)).equals(key)).toBe(true);
    expect(await readdir(folder)).toEqual(['cle.bin']);
  });

  it('makes another key for another folder', async () => {
    const other = new FileKeySource(path.join(folder, 'other.bin'), protection());
    expect((await source().key(true)).equals(await other.key(true))).toBe(false);
  });

  it('gives one key to all that begin together', async () => {
    const keys = await Promise.all(Array.from({ length: 6 }, () => source().key(true)));
    const last = await source().key(false);
    expect(keys.map((key) => key.equals(last))).toEqual(keys.map(() => true));
  });

  it('gives a key that its user may empty', async () => {
    const key = await source().key(true);
    const copy = Buffer.from(key);
    key.fill(0);
    expect((await source().key(false)).equals(copy)).toBe(true);
  });

  it('takes the key of a backup, which is in the open', async () => {
    const key = randomBytes(32);
    await writeFile(file(), openKeyFile(key), { mode: 0o600 });
    for (let turn = 0; turn < 2; turn++) expect((await source().key(false)).equals(key)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['something else', 'not a key at all, but of some length'],
    ['a key that is cut', 'VITALE-CLE-1\n0123456789'],
  ])('takes %s for no key, and makes none in its place', async (_what, content) => {
    await writeFile(file(), content, { mode: 0o600 });
    expect(await failure(source().key(true))).toBe('STO-012');
    expect(await readFile(file(), 'latin1')).toBe(content);
  });
}

function protectsItsKey(protection: () => KeyProtection): void {
  const source = (): FileKeySource => new FileKeySource(file(), protection());
  const holdsOpenly = async (key: Buffer): Promise<boolean> => (await readFile(file())).includes(key);

  it('never has a new key in the open', async () => {
    const key = await source().key(true);
    expect(await holdsOpenly(key)).toBe(false);
    expect(await source().shelter()).toBe('system');
  });

  it('protects a key that lay in the open at its next reading, and leaves no second copy', async () => {
    const key = randomBytes(32);
    await writeFile(file(), openKeyFile(key), { mode: 0o600 });
    // What a program left that died while it made the key: a second name of the same file.
    await writeFile(`${file()}.0123456789ab.tmp`, openKeyFile(key), { mode: 0o600 });
    expect(await source().shelter()).toBe('open');
    expect((await source().key(false)).equals(key)).toBe(true);
    expect(await holdsOpenly(key)).toBe(false);
    expect(await readdir(folder)).toEqual(['cle.bin']);
    expect(await source().shelter()).toBe('system');
  });

  it('says what is the matter when the key does not open here, and leaves it as it is', async () => {
    await source().key(true);
    const content = await readFile(file());
    content[content.length - 1] = (content.at(-1) ?? 0) ^ 1;
    await writeFile(file(), content, { mode: 0o600 });
    expect(await failure(source().key(true))).toBe('STO-022');
    expect((await readFile(file())).equals(content)).toBe(true);
    // And so on a system that protects no keys, to which the folder was carried.
    expect(await failure(new FileKeySource(file()).key(true))).toBe('STO-022');
  });
}

describe('in a file', () => keepsItsKey(() => null));
describe('protected by the system', () => {
  keepsItsKey(() => new FakeProtection('Zoé'));
  protectsItsKey(() => new FakeProtection('Zoé'));
});
(process.platform === 'win32' ? describe : describe.skip)('protected by DPAPI', () => {
  keepsItsKey(loadDpapi);
  protectsItsKey(loadDpapi);
});

describe('when the key is protected', () => {
  const zoe = new FakeProtection('Zoé');
  let key: Buffer;
  beforeEach(() => void (key = randomBytes(32)));
  const lyingOpen = (): Promise<void> => writeFile(file(), openKeyFile(key), { mode: 0o600 });

  it('is not given to another user', async () => {
    await new FileKeySource(file(), zoe).key(true);
    expect(await failure(new FileKeySource(file(), new FakeProtection('Élodie')).key(true))).toBe('STO-022');
    expect(await failure(new FileKeySource(file(), zoe).key(false))).toBe('no error');
  });

  it.each(['death', 'full'] as const)('%s at any effect of it leaves the same key to be read', async (fault) => {
    let faults = 0;
    for (let at = 1; faults === at - 1; at++) {
      await lyingOpen();
      const disk = new FaultyDisk(at, fault);
      const got = await new FileKeySource(file(), zoe, disk).key(false).catch((error: unknown) => error);
      // The key was read before it is protected: nobody is kept from the data.
      expect({ at, key: Buffer.isBuffer(got) && got.equals(key) }).toEqual({ at, key: true });
      if (disk.effects >= at) faults += 1;
      expect((await new FileKeySource(file(), zoe).key(false)).equals(key)).toBe(true);
      expect((await readFile(file())).includes(key)).toBe(false);
      expect(await readdir(folder)).toEqual(['cle.bin']);
      await remove();
      ({ folder, remove } = await aFolder());
    }
    expect(faults).toBeGreaterThanOrEqual(3);
  });

  it.each([null, zoe])('death at any effect of making one leaves none, or the one that is given ever after (%#)', async (protection) => {
    let faults = 0;
    for (let at = 1; faults === at - 1; at++) {
      const disk = new FaultyDisk(at, 'death');
      const first = await new FileKeySource(file(), protection, disk).key(true).catch((error: unknown) => error);
      if (disk.effects >= at) faults += 1;
      const next = await new FileKeySource(file(), protection).key(true);
      if (Buffer.isBuffer(first)) expect(first.equals(next)).toBe(true);
      expect((await new FileKeySource(file(), protection).key(false)).equals(next)).toBe(true);
      await remove();
      ({ folder, remove } = await aFolder());
    }
    expect(faults).toBeGreaterThanOrEqual(4);
  });

  it.each<readonly [string, KeyProtection]>([
    ['refuses', { protect: () => { throw new Error('no'); }, unprotect: (sealed) => Buffer.from(sealed) }], // prettier-ignore
    ['gives something else back', { protect: () => Buffer.from('sealed'), unprotect: () => randomBytes(32) }],
    ['does not open what it sealed', { protect: () => Buffer.from('sealed'), unprotect: () => { throw new Error('no'); } }], // prettier-ignore
  ])('leaves it in the open, and says so, where the system %s', async (_what, broken) => {
    await lyingOpen();
    const source = new FileKeySource(file(), broken);
    expect((await source.key(false)).equals(key)).toBe(true);
    expect(await source.shelter()).toBe('open');
    expect((await readFile(file())).equals(openKeyFile(key))).toBe(true);
    expect(await readdir(folder)).toEqual(['cle.bin']);
    const other = new FileKeySource(path.join(folder, 'new.bin'), broken);
    const made = await other.key(true);
    expect((await other.key(false)).equals(made)).toBe(true);
  });
});
