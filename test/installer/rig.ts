/** Packages of a few files, a folder to install into, and a disk that fails or dies where a test says. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { REAL_INSTALL_DISK, type InstallDisk } from '../../src/installer/disk';
import type { InstallerParts, PracticeData } from '../../src/installer/installation';
import { LAUNCHERS } from '../../src/installer/layout';
import { isWhole } from '../../src/installer/package';
import { readPointer } from '../../src/installer/pointer';

/** Makes a package whose program says its version. @returns its folder */
export function aPackage(base: string, version: string, dataSchema = 1, extra: Readonly<Record<string, string>> = {}): string {
  const folder = join(base, `paquet ${version}`);
  const contents: Record<string, string> = {
    'package.json': JSON.stringify({ version, vitale: { dataSchema } }),
    'node.exe': 'node',
    ...Object.fromEntries(LAUNCHERS.map((name) => [name, `launcher of ${version}`])),
    'addin/manifest.json': '{"diagnostics":{"enabled":false}}',
    'addin/tables/routes.tsv': 'routes',
    'dist/main.js': `version ${version}`,
    ...extra,
  };
  for (const [path, text] of Object.entries(contents)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const sum = (text: string): string => createHash('sha256').update(text).digest('hex');
  const sums = Object.entries(contents).map(([path, text]) => `${sum(text)}  ${path}\n`);
  writeFileSync(join(folder, 'SHA256SUMS.txt'), sums.join(''));
  return folder;
}

export class FakeData implements PracticeData {
  open = false;
  held = 0;
  constructor(
    readonly home: string,
    public schemaNow: number | null = null,
  ) {}
  claim(): { release(): void } | null {
    if (this.open || this.held > 0) return null;
    this.held += 1;
    return { release: () => void (this.held -= 1) };
  }
  schema(): number | null {
    return this.schemaNow;
  }
}

export const partsOn = (data: PracticeData, disk: InstallDisk = REAL_INSTALL_DISK): InstallerParts => ({
  disk,
  data,
  isRunning: () => Promise.resolve(false),
});

/** The version that a host or a launcher starts, once every file of it was compared with its sum; null when nothing would start. */
export async function works(target: string): Promise<string | null> {
  const pointer = await readPointer(target);
  if (pointer === null) return null;
  const folder = join(target, pointer.current.folder);
  const launchers = LAUNCHERS.every(
    (name) => existsSync(join(target, name)) && readFileSync(join(target, name), 'utf8').startsWith('launcher of '),
  );
  const says = readFileSync(join(folder, 'dist/main.js'), 'utf8');
  if (!launchers || !(await isWhole(folder)) || says !== `version ${pointer.current.version}`) return `broken ${pointer.current.version}`;
  return pointer.current.version;
}

export class Death extends Error {}

/** The effect of that rank (from 1) is not done, or done by half; then the process is dead, or the disk is full until somebody makes room. */
export class FaultyInstallDisk implements InstallDisk {
  effects = 0;
  private dead = false;

  constructor(
    private readonly at: number,
    private readonly fault: 'death' | 'full',
  ) {}

  private async effect(work: () => Promise<void>, half: () => void = () => undefined, writes = true): Promise<void> {
    if (this.dead) throw new Death();
    this.effects += 1;
    if (this.effects < this.at) return work();
    if (this.fault === 'full') {
      if (!writes) return work();
      half();
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    }
    half();
    this.dead = true;
    throw new Death();
  }

  makeFolder = (folder: string): Promise<void> => this.effect(() => REAL_INSTALL_DISK.makeFolder(folder));
  copy = (from: string, to: string): Promise<void> =>
    this.effect(
      () => REAL_INSTALL_DISK.copy(from, to),
      () => writeFileSync(to, 'half of it'),
    );
  write = (file: string, text: string): Promise<void> => this.effect(() => REAL_INSTALL_DISK.write(file, text));
  rename = (from: string, to: string): Promise<void> => this.effect(() => REAL_INSTALL_DISK.rename(from, to), undefined, false);
  flushFolder = (folder: string): Promise<void> => this.effect(() => REAL_INSTALL_DISK.flushFolder(folder), undefined, false);
  remove = (path: string): Promise<void> => this.effect(() => REAL_INSTALL_DISK.remove(path), undefined, false);
}
