/** What of a data folder goes into a backup. */
import { readdir, realpath } from 'node:fs/promises';
import * as path from 'node:path';
import { asStoreError, errnoOf } from '../files/errors';
import { isTemporaryName } from '../files/durable-write';
import { STORE_FILES } from '../names';
import type { StoreSession } from '../port';

/**
 * What a backup takes otherwise, or not at all: the database is copied by SQLite, messages and archives are those the database speaks of, the key is written in the
 * open, a lock means nothing elsewhere, the marks and the database of before an update would be another day's, and the log and the window's sessions are of this computer.
 */
const APART: ReadonlySet<string> = new Set([
  STORE_FILES.database,
  `${STORE_FILES.database}-wal`,
  `${STORE_FILES.database}-shm`,
  `${STORE_FILES.database}-journal`,
  STORE_FILES.key,
  STORE_FILES.frozen,
  STORE_FILES.archives,
  STORE_FILES.mark,
  STORE_FILES.restoration,
  STORE_FILES.log,
  STORE_FILES.beforeUpdate,
  'fenetre.json',
]);

/** Every other file of the folder: the practice's settings, its cards, certificates and tables. Relative paths with `/`. Errors: STO-006. */
export async function ownFiles(home: string): Promise<readonly string[]> {
  const entries = (await entriesOf(home, '')).filter((name) => !APART.has(name.split('/')[0] ?? ''));
  return entries.filter((name) => !isTemporaryName(name) && !/\.\d+\.tmp$|\.lock(-journal|\.qui)?$/.test(name));
}

async function entriesOf(home: string, under: string): Promise<string[]> {
  const found: string[] = [];
  const entries = await readdir(path.join(home, under), { withFileTypes: true }).catch((error: unknown) => {
    throw asStoreError(error);
  });
  for (const entry of entries) {
    const name = under === '' ? entry.name : `${under}/${entry.name}`;
    if (under === '' && APART.has(name)) continue;
    if (entry.isDirectory()) found.push(...(await entriesOf(home, name)));
    else if (entry.isFile()) found.push(name);
  }
  return found.sort();
}

/** The files of a folder of the data folder, not those being written; none when the folder is not there. Relative paths with `/`. */
export async function filesUnder(home: string, folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(path.join(home, folder));
    return names
      .filter((name) => !isTemporaryName(name))
      .sort()
      .map((name) => `${folder}/${name}`);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw asStoreError(error);
  }
}

export const messagePath = (fileId: string): string => `${STORE_FILES.frozen}/${fileId}.msg`;
export const archivePath = (id: string): string => `${STORE_FILES.archives}/${id}.vta`;

/** Rows read at a time. */
const PAGE = 200;

/** Every message and archive that the database of one instant speaks of. Relative paths. */
export async function spokenOf(session: StoreSession): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (let after: string | null = null; ;) {
    const files = await session.files.list({ archived: false, after, limit: PAGE });
    for (const { id, sha256, state } of files) if (sha256 !== null && state !== 'CANCELLED') found.add(messagePath(id));
    after = files.at(-1)?.id ?? null;
    if (files.length < PAGE) break;
  }
  for (const { id, state } of await session.archives.list()) if (state !== 'PLANNED') found.add(archivePath(id));
  return found;
}

/** True when `folder` lies in `home`, or is it: one fault would take both. Both are there. Errors: those of `node:fs`. */
export async function isInside(folder: string, home: string): Promise<boolean> {
  const [inner, outer] = await Promise.all([realpath(folder), realpath(home)]);
  return inner === outer || inner.startsWith(outer + path.sep);
}
