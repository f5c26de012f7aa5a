/** Installing, updating, going back, removing: whatever stops it, the version that ran runs, or the new one; never none. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goBack } from '../../src/installer/going-back';
import { install, type Installed } from '../../src/installer/install';
import type { InstallDisk } from '../../src/installer/disk';
import { look } from '../../src/installer/looking';
import { readPointer } from '../../src/installer/pointer';
import { remove } from '../../src/installer/removing';
import { isVitaleError } from '../../src/teletrans/domain/errors';
import { takeProcessLock } from '../../src/teletrans/store/lock/process-lock';
import { aPackage, FakeData, FaultyInstallDisk, partsOn, works } from './rig';

let base: string;
let target: string;
let data: FakeData;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'vitale-installer-'));
  target = join(base, 'Programmes de Zoé', 'Télétransmission');
  data = new FakeData(join(base, 'données'));
  mkdirSync(data.home);
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const put = (source: string, disk?: InstallDisk, confirmed = false): Promise<Installed> =>
  install(source, target, partsOn(data, disk), { confirmed });
const back = (confirmed = false, disk?: InstallDisk): ReturnType<typeof goBack> => goBack(target, partsOn(data, disk), confirmed);
const failure = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => (isVitaleError(error) ? error.code : String(error)),
  );
const versions = (): readonly string[] =>
  readdirSync(join(target, 'versions'))
    .map((name) => name.replace(/-[0-9a-f]{8}/, ''))
    .sort();

describe('a version', () => {
  it('is installed in a folder with spaces and accents, and the host finds it by one file', async () => {
    const source = aPackage(base, '1.0.0');
    const done = await put(source);
    expect(done).toMatchObject({ version: '1.0.0', changed: true, previous: null, settings: [], left: [] });
    expect(await works(target)).toBe('1.0.0');
    const registered = JSON.parse(readFileSync(join(target, 'module.json'), 'utf8')) as Record<string, unknown>;
    const folder = String(registered['folder']);
    expect(registered).toMatchObject({
      format: 1,
      version: '1.0.0',
      addin: `${folder}/addin`,
      node: `${folder}/node.exe`,
      bridge: { x86: `${folder}/bridge/x86/logosw_addin.dll`, x64: `${folder}/bridge/x64/logosw_addin.dll` },
      previous: null,
    });
    expect(existsSync(join(target, folder, 'addin/manifest.json'))).toBe(true);
    expect(readdirSync(data.home)).toEqual([]);
  });

  it('is left alone when it is there already', async () => {
    const source = aPackage(base, '1.0.0');
    await put(source);
    expect(await put(source)).toMatchObject({ changed: false });
    expect(versions()).toEqual(['1.0.0']);
  });

  it('is updated beside the one before, which stays, and older ones go', async () => {
    for (const version of ['1.0.0', '1.1.0', '1.2.0']) await put(aPackage(base, version));
    expect(await works(target)).toBe('1.2.0');
    expect(versions()).toEqual(['1.1.0', '1.2.0']);
  });

  it('that was damaged is put in place again by its package, and the version before is not forgotten', async () => {
    await put(aPackage(base, '1.0.0'));
    const source = aPackage(base, '1.1.0');
    await put(source);
    const { current } = (await readPointer(target)) ?? {};
    truncateSync(join(target, current?.folder ?? '', 'node.exe'), 1);
    expect((await look(target, () => undefined)).damaged).toEqual(['node.exe']);
    expect(await put(source)).toMatchObject({ changed: true, previous: '1.0.0' });
    expect(await works(target)).toBe('1.1.0');
    expect(await back()).toMatchObject({ version: '1.0.0', from: '1.1.0' });
    expect(await works(target)).toBe('1.0.0');
  });

  it('whose settings were changed is whole, and an update tells which are not taken over', async () => {
    await put(aPackage(base, '1.0.0'));
    const { current } = (await readPointer(target)) ?? {};
    writeFileSync(join(target, current?.folder ?? '', 'addin/manifest.json'), '{"diagnostics":{"enabled":true}}');
    expect(await look(target, () => undefined)).toMatchObject({ damaged: [], changed: ['addin/manifest.json'] });
    expect((await put(aPackage(base, '1.1.0'))).settings).toEqual(['addin/manifest.json']);
    writeFileSync(join(target, current?.folder ?? '', 'addin/manifest.json'), '{"diagnos');
    expect((await look(target, () => undefined)).previous).toEqual({ version: '1.0.0', whole: false });
  });
});

describe('nothing is changed', () => {
  let next: string;
  beforeEach(async () => {
    await put(aPackage(base, '1.0.0', 1));
    next = aPackage(base, '1.1.0', 2);
  });
  afterEach(async () => {
    expect(await works(target)).toBe('1.0.0');
    expect(versions()).toEqual(['1.0.0']);
  });

  it.each<readonly [string, (file: string) => void]>([
    ['missing', rmSync],
    ['cut', (file) => truncateSync(file, 3)],
    ['other bytes', (file) => writeFileSync(file, 'version 1.0.9')],
  ])('by a package of which a file is %s', async (_what, spoil) => {
    spoil(join(next, 'dist/main.js'));
    expect(await failure(put(next))).toBe('INS-001');
  });

  it.each([
    ['leads out of the package', `${'0'.repeat(64)}  ../elsewhere\n`],
    ['leads out of it on Windows', `${'0'.repeat(64)}  ..\\elsewhere\n`],
    ['names a drive', `${'0'.repeat(64)}  C:/elsewhere\n`],
    ['is no list of sums', 'sums\n'],
  ])('by a package whose list %s', async (_what, line) => {
    writeFileSync(join(next, 'SHA256SUMS.txt'), `${readFileSync(join(next, 'SHA256SUMS.txt'), 'utf8')}${line}`);
    expect(await failure(put(next))).toBe('INS-001');
  });

  it('while a program has the data open, or one of the version that runs does, of whichever user', async () => {
    data.open = true;
    expect(await failure(put(next))).toBe('INS-002');
    expect(await failure(remove(target, partsOn(data)))).toBe('INS-002');
    data.open = false;
    const running = { ...partsOn(data), isRunning: () => Promise.resolve(true) };
    expect(await failure(install(next, target, running, { confirmed: false }))).toBe('INS-002');
  });

  it('by a second installer', async () => {
    const lock = takeProcessLock(join(target, 'installation.lock'));
    expect(await failure(put(next))).toBe('INS-003');
    lock?.release();
  });

  it('where there is no version before, or nothing at all', async () => {
    expect(await failure(back())).toBe('INS-005');
    expect(await failure(goBack(join(base, 'nowhere'), partsOn(data), false))).toMatch(/INS-0(04|10)/);
    expect(await failure(look(join(base, 'nowhere'), () => undefined))).toBe('INS-004');
  });

  it('of a folder that is of no use', async () => {
    for (const folder of ['relative', join(next, 'inside'), data.home, join(data.home, 'inside'), base])
      expect({ folder, code: await failure(install(next, folder, partsOn(data), { confirmed: false })) }).toEqual({
        folder,
        code: 'INS-008',
      });
  });

  it('by a package older than the data, unless a person wants it', async () => {
    data.schemaNow = 3;
    expect(await failure(put(next))).toBe('INS-007');
  });
});

describe('going back', () => {
  beforeEach(async () => {
    await put(aPackage(base, '1.0.0', 1));
    await put(aPackage(base, '1.1.0', 2));
  });

  it('changes to the version before, and forward again', async () => {
    data.schemaNow = 1;
    expect(await back()).toEqual({ version: '1.0.0', from: '1.1.0', dataTooNew: false });
    expect(await works(target)).toBe('1.0.0');
    await back();
    expect(await works(target)).toBe('1.1.0');
  });

  it('does not do so by itself when the version before cannot read the data, and says so when a person wants it', async () => {
    data.schemaNow = 2;
    expect(await failure(back())).toBe('INS-007');
    expect(await works(target)).toBe('1.1.0');
    expect(await back(true)).toMatchObject({ version: '1.0.0', dataTooNew: true });
    expect(await works(target)).toBe('1.0.0');
  });

  it('does not go back to a version that is damaged', async () => {
    const { previous } = (await readPointer(target)) ?? {};
    rmSync(join(target, previous?.folder ?? '', 'dist'), { recursive: true });
    expect(await failure(back())).toBe('INS-006');
    expect(await works(target)).toBe('1.1.0');
  });
});

describe.each(['death', 'full'] as const)('%s at any effect', (fault) => {
  it('of a first installation leaves nothing that runs by half, and it is done again', async () => {
    const source = aPackage(base, '1.0.0');
    for (let at = 1, faults = 0; faults === at - 1; at++) {
      const disk = new FaultyInstallDisk(at, fault);
      const failed = await failure(put(source, disk));
      if (failed !== 'no error') faults += 1;
      if (fault === 'full' && failed !== 'no error') expect(failed).toBe('INS-009');
      expect([null, '1.0.0']).toContain(await works(target));
      expect(await put(source)).toMatchObject({ version: '1.0.0' });
      expect(await works(target)).toBe('1.0.0');
      expect(readdirSync(target).sort()).toEqual(['installation.lock', 'installer.exe', 'module.json', 'versions', 'vitale.exe']);
      expect(versions()).toEqual(['1.0.0']);
      rmSync(target, { recursive: true });
      if (failed === 'no error') expect(at).toBeGreaterThan(15);
    }
  });

  it('of an update leaves the version that ran, or the new one, and it is done again', async () => {
    const [first, second, third] = ['1.0.0', '1.1.0', '1.2.0'].map((version) => aPackage(base, version)) as [string, string, string];
    for (let at = 1, faults = 0; faults === at - 1; at++) {
      await put(first);
      await put(second);
      const disk = new FaultyInstallDisk(at, fault);
      const failed = await failure(put(third, disk));
      if (disk.effects >= at) faults += 1;
      const running = await works(target);
      expect({ at, running, fine: ['1.1.0', '1.2.0'].includes(running ?? '') }).toEqual({ at, running, fine: true });
      // Where it says that it failed for want of room, the version before is the one that runs.
      if (failed === 'INS-009') expect(running).toBe('1.1.0');
      await put(third);
      expect(await works(target)).toBe('1.2.0');
      expect(versions()).toEqual(['1.1.0', '1.2.0']);
      await back();
      expect(await works(target)).toBe('1.1.0');
      rmSync(target, { recursive: true });
      if (failed === 'no error') expect(at).toBeGreaterThan(15);
    }
  });

  it('of going back leaves the one or the other', async () => {
    await put(aPackage(base, '1.0.0'));
    await put(aPackage(base, '1.1.0'));
    await failure(back(false, new FaultyInstallDisk(1, fault)));
    expect(await works(target)).toBe('1.1.0');
    await back();
    expect(await works(target)).toBe('1.0.0');
  });
});

describe('removing', () => {
  it('takes the program away and leaves the data, and what others put beside it', async () => {
    await put(aPackage(base, '1.0.0'));
    writeFileSync(join(data.home, 'vitale.db'), 'data');
    expect(await remove(target, partsOn(data))).toEqual({ left: [] });
    expect(existsSync(target)).toBe(false);
    expect(readdirSync(data.home)).toEqual(['vitale.db']);
    expect(await failure(remove(target, partsOn(data)))).toBe('INS-004');

    await put(aPackage(base, '1.1.0'));
    writeFileSync(join(target, 'notes.txt'), 'ours');
    await remove(target, partsOn(data));
    expect(readdirSync(target)).toEqual(['notes.txt']);
  });

  it('that was stopped anywhere leaves a version that runs, or nothing, and is done again', async () => {
    for (let at = 1, faults = 0; faults === at - 1; at++) {
      await put(aPackage(base, '1.0.0'));
      const disk = new FaultyInstallDisk(at, 'death');
      await failure(remove(target, partsOn(data, disk)));
      if (disk.effects >= at) faults += 1;
      expect([null, '1.0.0']).toContain(await works(target));
      expect(await failure(remove(target, partsOn(data)))).toMatch(/no error|INS-004/);
      expect(existsSync(join(target, 'versions')) || existsSync(join(target, 'module.json'))).toBe(false);
    }
  });
});
