/** A package as it came, and the same as an installed version: a folder with the sum of each of its files. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VitaleError } from '../teletrans/domain/errors';
import { hashFile } from '../teletrans/store/files/hashing';
import { LAUNCHERS, LAYOUT } from './layout';
import { withEach } from './several';

export interface Package {
  /** Absolute path. */
  readonly folder: string;
  readonly version: string;
  /** The newest shape of the data this version reads; newer ones it refuses (STO-007). */
  readonly dataSchema: number;
  /** Name of the folder of this version: another content has another one. */
  readonly name: string;
  /** SHA-256 of the list of sums, hexadecimal: what a publisher can tell of a package. */
  readonly fingerprint: string;
  readonly files: readonly SummedFile[];
}

interface SummedFile {
  /** Relative, with `/`. */
  readonly path: string;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
}

/** Called after each file with how many are done. */
export type OnFile = (done: number, total: number) => void;

/** A path that stays in its folder, on Windows too. */
const isInside = (path: string): boolean => !/[:\\]/.test(path) && path.split('/').every((part) => !['', '.', '..'].includes(part));

const damaged = (n: number): VitaleError => new VitaleError('INS-001', { n });

function parseSums(text: string): readonly SummedFile[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const [, sha256, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (sha256 === undefined || path === undefined || !isInside(path)) throw damaged(1);
    return { sha256, path };
  });
}

/** What a folder says of itself; nothing of it is checked. Errors: INS-001 it is no package. */
export async function readPackage(folder: string): Promise<Package> {
  try {
    const sums = await readFile(join(folder, LAYOUT.sums), 'utf8');
    const own = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
      version?: unknown;
      vitale?: { dataSchema?: unknown };
    };
    const { version } = own;
    const dataSchema = own.vitale?.dataSchema;
    if (typeof version !== 'string' || !/^[0-9A-Za-z.+-]{1,64}$/.test(version) || !Number.isInteger(dataSchema)) throw damaged(1);
    const fingerprint = createHash('sha256').update(sums).digest('hex');
    const files = parseSums(sums);
    if (['package.json', ...LAUNCHERS].some((name) => !files.some(({ path }) => path === name))) throw damaged(1);
    return { folder, version, dataSchema: Number(dataSchema), name: `${version}-${fingerprint.slice(0, 8)}`, fingerprint, files };
  } catch (error) {
    throw error instanceof VitaleError ? error : damaged(1);
  }
}

/** Errors: INS-001 when anything is missing, cannot be read or is not what its sums say; those of {@link readPackage} too. */
export async function soundPackage(folder: string, onFile: OnFile): Promise<Package> {
  const found = await readPackage(folder);
  const { damaged: wrong, changed } = await faultsOf(found, onFile);
  if (wrong.length + changed.length > 0) throw damaged(wrong.length + changed.length);
  return found;
}

export interface Faults {
  /** Missing, not readable, or other bytes. */
  readonly damaged: readonly string[];
  /** Settings that are not those of the package. */
  readonly changed: readonly string[];
}

/**
 * What support or the practice may change in an installed version: the switch of the diagnostics in the manifest, and tables. It is no damage; it is told, for another
 * version does not take it over.
 */
const isSetting = (path: string): boolean => path === 'addin/manifest.json' || path.startsWith('addin/tables/');

/** Compares every file with its sum. */
export async function faultsOf({ folder, files }: Package, onFile: OnFile = () => undefined): Promise<Faults> {
  const [wrong, changed]: [string[], string[]] = [[], []];
  let done = 0;
  await withEach(files, async ({ path, sha256 }) => {
    const file = join(folder, path);
    const found = await hashFile(file).catch(() => null);
    if (found?.sha256 !== sha256) (isSetting(path) && (await isReadable(file)) ? changed : wrong).push(path);
    onFile((done += 1), files.length);
  });
  return { damaged: wrong.sort(), changed: changed.sort() };
}

async function isReadable(file: string): Promise<boolean> {
  try {
    const text = await readFile(file, 'utf8');
    if (file.endsWith('.json')) JSON.parse(text);
    return text !== '';
  } catch {
    return false;
  }
}

/** True when an installed version is there and whole, settings aside. */
export async function isWhole(folder: string): Promise<boolean> {
  const found = await readPackage(folder).catch(() => null);
  return found !== null && (await faultsOf(found)).damaged.length === 0;
}
