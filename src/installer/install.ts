/**
 * Puts a package into the folder a practice installs into, beside the versions that are there, and makes it the one that runs.
 *
 * Order: the package is compared with its sums → copied beside under a name nobody runs, flushed, compared again → renamed to its own name → the launchers → `module.json`, whole
 * at once. Whoever is stopped anywhere before that leaves the version that ran, after it the new one; the version before stays.
 */
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { isVitaleError, VitaleError } from '../teletrans/domain/errors';
import { temporaryName } from '../teletrans/store/files/durable-write';
import { hashFile } from '../teletrans/store/files/hashing';
import { asInstallError, Installation, liesIn, type InstallerParts } from './installation';
import { IN_PROGRESS, LAUNCHERS, LAYOUT } from './layout';
import { faultsOf, isWhole, readPackage, soundPackage, type OnFile, type Package } from './package';
import type { InstalledVersion, Pointer } from './pointer';
import { withEach } from './several';

export type InstallStep = 'checking' | 'copying' | 'rereading';

export interface InstallOptions {
  /** A person wants this version although the data are of a newer one. */
  readonly confirmed: boolean;
  readonly onStep?: (step: InstallStep, done: number, total: number) => void;
}

export interface Installed {
  readonly version: string;
  /** Of the package: `fingerprint` of {@link Package}. */
  readonly fingerprint: string;
  /** False when this very version already ran, whole: nothing was changed. */
  readonly changed: boolean;
  /** The version to which one can go back. */
  readonly previous: string | null;
  /** Settings of the version before that are not taken over. Relative paths. */
  readonly settings: readonly string[];
  /** Folders of older versions that could not be taken away. */
  readonly left: readonly string[];
}

/**
 * @param source absolute path of the package's folder. @param target absolute path of the folder to install into, made when missing.
 * Errors: INS-001 the package is damaged, INS-002 a program runs, INS-003 another installer, INS-007 newer data, INS-008 the folder is of no use, INS-009, INS-010, INS-011.
 * Whatever the error, the version that ran before runs as before.
 */
export async function install(source: string, target: string, parts: InstallerParts, options: InstallOptions): Promise<Installed> {
  const { confirmed, onStep = () => undefined } = options;
  if (!isAbsolute(target)) throw new VitaleError('INS-008', { detail: 'le chemin n’est pas complet' });
  if (liesIn(source, target))
    throw new VitaleError('INS-008', { detail: 'il contient cet installateur lui-même ; lancez celui d’un paquet, copié ailleurs' });
  if (liesIn(target, source)) throw new VitaleError('INS-008', { detail: 'il est dans le paquet' });
  if (liesIn(target, parts.data.home) || liesIn(parts.data.home, target))
    throw new VitaleError('INS-008', { detail: 'programme et données doivent être dans des dossiers séparés' });
  const made = await soundPackage(source, (done, total) => onStep('checking', done, total));
  await parts.disk.makeFolder(target).catch((error: unknown) => {
    throw asInstallError(error, { dossier: target });
  });
  return Installation.hold(target, parts, async (held) => {
    const before = await held.pointer();
    const schema = await held.mustBeClosed(before);
    if (schema !== null && schema > made.dataSchema && !confirmed) throw newerData(made.version, schema, made.dataSchema);
    await held.tidy();
    const folder = await wholeFolder(held, made, onStep);
    await putLaunchers(held, source);
    const pointer = pointerAfter(held, before, { version: made.version, folder });
    const changed = before?.current.folder !== folder;
    if (changed) await held.pointTo(pointer);
    const { current, previous } = pointer;
    return {
      version: made.version,
      fingerprint: made.fingerprint,
      changed,
      previous: previous?.version ?? null,
      settings: changed && before !== null ? await changedSettings(held.path(before.current.folder)) : [],
      left: await held.keepOnly([current.folder, ...(previous === null ? [] : [previous.folder])]),
    };
  });
}

export const newerData = (version: string, a: number, b: number): VitaleError => new VitaleError('INS-007', { version, a, b });

/** The folder of this version, copied where it is not there whole. @returns relative path. */
async function wholeFolder(held: Installation, made: Package, onStep: NonNullable<InstallOptions['onStep']>): Promise<string> {
  for (let rank = 1; ; rank++) {
    const folder = `${LAYOUT.versions}/${made.name}${rank === 1 ? '' : `-${String(rank)}`}`;
    if (!existsSync(held.path(folder))) return copyInto(held, made, folder, onStep);
    if (await isWhole(held.path(folder))) return folder;
    // Damaged since, and perhaps the one that runs: it stays until another is in its place.
  }
}

async function copyInto(held: Installation, made: Package, folder: string, onStep: NonNullable<InstallOptions['onStep']>): Promise<string> {
  const { disk } = held.parts;
  const staging = held.path(LAYOUT.versions, `${IN_PROGRESS}${made.name}`);
  try {
    await copyAll(made, staging, disk, (done, total) => onStep('copying', done, total));
    await soundPackage(staging, (done, total) => onStep('rereading', done, total)).catch((error: unknown) => {
      // The package was sound: it is this disk that does not give back what was written.
      throw isVitaleError(error, 'INS-001') ? new VitaleError('INS-006', { version: made.version, ...error.details }) : error;
    });
    await disk.rename(staging, held.path(folder));
    await disk.flushFolder(held.path(LAYOUT.versions));
    return folder;
  } catch (error) {
    await disk.remove(staging).catch(() => undefined);
    throw error;
  }
}

async function copyAll({ folder, files }: Package, to: string, disk: InstallerParts['disk'], onFile: OnFile): Promise<void> {
  const paths = [...files.map(({ path }) => path), LAYOUT.sums];
  const folders = new Set([to]);
  for (const path of paths) for (let at = dirname(join(to, path)); at !== to; at = dirname(at)) folders.add(at);
  // The outer ones first.
  for (const each of [...folders].sort((a, b) => a.length - b.length)) await disk.makeFolder(each);
  let done = 0;
  await withEach(paths, async (path) => {
    await disk.copy(join(folder, path), join(to, path));
    onFile((done += 1), paths.length);
  });
  for (const each of folders) await disk.flushFolder(each);
}

/** The launchers of the newest package start every version: they know nothing but the pointer. */
async function putLaunchers(held: Installation, source: string): Promise<void> {
  const { disk } = held.parts;
  for (const name of LAUNCHERS) {
    const [from, to] = [join(source, name), held.path(name)];
    if (existsSync(to) && (await hashFile(to)).sha256 === (await hashFile(from)).sha256) continue;
    const temporary = temporaryName(to);
    try {
      await disk.copy(from, temporary);
      await disk.rename(temporary, to);
    } catch (error) {
      await disk.remove(temporary).catch(() => undefined);
      throw error;
    }
  }
  await disk.flushFolder(held.target);
}

/** The same content put in place again (because it was damaged) keeps the version before; another one makes the one that ran the version before. */
function pointerAfter(held: Installation, before: Pointer | null, current: InstalledVersion): Pointer {
  const sameContent = ({ folder }: InstalledVersion): string => folder.replace(/(-[0-9a-f]{8})-\d+$/, '$1');
  if (before === null) return { current, previous: null };
  const candidate = sameContent(before.current) === sameContent(current) ? before.previous : before.current;
  return { current, previous: candidate !== null && existsSync(held.path(candidate.folder)) ? candidate : null };
}

async function changedSettings(folder: string): Promise<readonly string[]> {
  const found = await readPackage(folder).catch(() => null);
  return found === null ? [] : (await faultsOf(found)).changed;
}
