/** Reads a backup whole again: every file against its hash, every message with the key, the database by SQLite. Changes nothing in it. */
import { readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { isVitaleError, VitaleError } from '../../domain/errors';
import { asStoreError, errnoOf } from '../files/errors';
import { hashFile } from '../files/hashing';
import { openFrozen } from '../files/frozen-messages';
import { deriveKeys, type DerivedKeys } from '../keys/derive';
import { parseKeyFile } from '../keys/key-file';
import { STORE_FILES } from '../names';
import { Access } from '../sqlite/access';
import { Connection } from '../sqlite/connection';
import { checkedVersion, opensWith } from '../sqlite/open';
import { SqliteJournal } from '../sqlite/small-tables';
import { isSound } from '../sqlite/soundness';
import { messagePath } from './contents';
import { readManifest } from './manifest';
import type { BackedUpFile, BackupManifest } from './port';

/** Called after each file with how many are done. */
export type OnFile = (done: number, total: number) => void;

/**
 * Checks a backup, as a person asks for it and before it is restored.
 * Errors: SAV-004 no whole backup, SAV-005 files missing or changed, SAV-006 the database is damaged or another one, SAV-007 the key, STO-006, STO-007.
 */
export async function checkBackup(folder: string, onFile: OnFile = () => undefined): Promise<BackupManifest> {
  const { manifest, isGenuine } = await readManifest(folder);
  await checkContent(folder, manifest, onFile);
  if (!isGenuine((await keysIn(folder)).keyedHash)) throw new VitaleError('SAV-005', { n: 1 });
  return manifest;
}

/** The same without the seal: of a backup whose manifest is not yet written. */
export async function checkContent(folder: string, manifest: BackupManifest, onFile: OnFile): Promise<void> {
  const keys = await keysIn(folder);
  let wrong = 0;
  let done = 0;
  for (const file of manifest.files) {
    if (!(await isAsWritten(folder, file)) || !(await opens(folder, file, keys))) wrong += 1;
    onFile((done += 1), manifest.files.length);
  }
  if (wrong > 0) throw new VitaleError('SAV-005', { n: wrong });
  await checkDatabase(path.join(folder, STORE_FILES.database), manifest, keys);
}

/** The key lies in the backup in the open; a medium without access rights is no obstacle to reading it. */
async function keysIn(folder: string): Promise<DerivedKeys> {
  try {
    return deriveKeys(parseKeyFile(await readFile(path.join(folder, STORE_FILES.key))));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || isVitaleError(error, 'STO-012') || isVitaleError(error, 'STO-022')) throw new VitaleError('SAV-007');
    throw asStoreError(error);
  }
}

async function isAsWritten(folder: string, { path: name, bytes, sha256 }: BackedUpFile): Promise<boolean> {
  const file = path.join(folder, name);
  try {
    return (await stat(file)).size === bytes && (await hashFile(file)).sha256 === sha256;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR', 'EIO'].includes(errnoOf(error) ?? '')) return false;
    throw asStoreError(error);
  }
}

/** A frozen message opens with the key of the backup and is what was frozen; of other files nothing is asked here. */
async function opens(folder: string, { path: name }: BackedUpFile, keys: DerivedKeys): Promise<boolean> {
  const id = path.posix.basename(name, '.msg');
  if (name !== messagePath(id)) return true;
  try {
    openFrozen(keys, id, await readFile(path.join(folder, name)));
    return true;
  } catch (error) {
    if (isVitaleError(error, 'STO-008')) return false;
    throw error;
  }
}

/** The copy is no write-ahead database: opening it to read writes nothing beside it. */
async function checkDatabase(file: string, { journal }: BackupManifest, keys: DerivedKeys): Promise<void> {
  let connection: Connection | null = null;
  try {
    connection = Connection.open(file);
    checkedVersion(connection);
    if (!opensWith(connection, keys)) throw new VitaleError('SAV-007');
    if (!(await isSound(connection))) throw new VitaleError('SAV-006');
    const found = await new SqliteJournal(new Access(connection, false)).tip();
    if (found.length !== journal.length || found.tip !== journal.tip) throw new VitaleError('SAV-006');
  } catch (error) {
    throw isVitaleError(error, 'STO-003') ? new VitaleError('SAV-006') : error;
  } finally {
    connection?.close();
  }
}
