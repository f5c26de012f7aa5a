import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import { isVitaleError, VitaleError } from '../domain/errors';
import { EncryptedArchiveFiles } from './archives/archive-files';
import { REAL_DISK } from './backup/disk';
import { asStoreError } from './files/errors';
import { FrozenMessageFiles } from './files/frozen-messages';
import { deriveKeys, type DerivedKeys } from './keys/derive';
import type { KeySource } from './keys/key-source';
import { systemKeySource } from './keys/system-key';
import { FileTransmissionLock } from './lock/transmission-lock';
import type { ArchiveFiles, FrozenMessages, TransmissionLock } from './port';
import { joinUsers } from './lock/usage-lock';
import { STORE_FILES } from './names';
import { MIGRATIONS } from './sqlite/migrations';
import { EarlierSchema, type KeyLoader } from './sqlite/open';
import { SqliteStore } from './sqlite/store';
import { pruneCopies } from './update/copies';
import { passOnCopyAlarm } from './update/copy-alarm';
import { REAL_EFFECTS, type UpdateEffects } from './update/effects';
import { updateData, waitForUpdate } from './update/updating';

export { STORE_FILES };

/** Everything the store module offers on one data folder. */
export interface Storage {
  readonly store: SqliteStore;
  readonly frozen: FrozenMessages;
  readonly archives: ArchiveFiles;
  readonly lock: TransmissionLock;
}

/**
 * Opens the store of a data folder, made when missing; data of an earlier program are copied and updated first, and another program that does so is waited for.
 * @param folder absolute path of the data folder.
 * @param keySource where the data key is; a file of the folder, as this system protects it, when left out.
 * @param program this program, in words: what another one says of it while it transmits.
 * Errors: STO-001 disk full, STO-002 locked, STO-003 damaged, STO-006 rights, STO-007 newer schema, STO-012 wrong or missing key, STO-022 protected elsewhere, SAV-009
 * while a backup is put in the folder's place; STO-030, STO-031, STO-032 the data cannot be updated, and are as they were.
 */
export async function openStorage(
  folder: string,
  keySource: KeySource = systemKeySource(folder),
  program = 'un autre programme',
  effects: UpdateEffects = REAL_EFFECTS,
): Promise<Storage> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw asStoreError(error);
  });
  const loadKeys: KeyLoader = async (fresh) => derivedFrom(await keySource.key(fresh));
  try {
    return await openPresent(folder, loadKeys, program);
  } catch (error) {
    if (error instanceof EarlierSchema) await updateData(folder, loadKeys, effects);
    // Who updates the data has them alone, as who restores them.
    else if (!isVitaleError(error, 'SAV-009') || !(await waitForUpdate(folder))) throw error;
  }
  return openPresent(folder, loadKeys, program).catch((error: unknown) => {
    // Gone back meanwhile by another program: the next opening begins again.
    throw error instanceof EarlierSchema ? new VitaleError('STO-032') : error;
  });
}

async function openPresent(folder: string, loadKeys: KeyLoader, program: string): Promise<Storage> {
  const user = await joinUsers(path.join(folder, STORE_FILES.users));
  try {
    const { store, keys } = await SqliteStore.open(path.join(folder, STORE_FILES.database), loadKeys);
    try {
      await store.atOpening((connection) => passOnCopyAlarm(folder, connection));
      const frozen = await FrozenMessageFiles.open(path.join(folder, STORE_FILES.frozen), keys);
      const archives = await EncryptedArchiveFiles.open(path.join(folder, STORE_FILES.archives), keys);
      await pruneCopies(folder, MIGRATIONS.length, REAL_DISK).catch(() => undefined);
      store.onClose(() => user.release());
      return { store, frozen, archives, lock: new FileTransmissionLock(path.join(folder, STORE_FILES.lock), program) };
    } catch (error) {
      await store.close();
      throw error;
    }
  } catch (error) {
    user.release();
    throw error;
  }
}

/** Nothing but the derived keys stays in memory. */
function derivedFrom(key: Buffer): DerivedKeys {
  try {
    return deriveKeys(key);
  } finally {
    key.fill(0);
  }
}
