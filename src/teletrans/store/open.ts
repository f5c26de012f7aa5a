import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import { EncryptedArchiveFiles } from './archives/archive-files';
import { asStoreError } from './files/errors';
import { FrozenMessageFiles } from './files/frozen-messages';
import { deriveKeys, type DerivedKeys } from './keys/derive';
import type { KeySource } from './keys/key-source';
import { systemKeySource } from './keys/system-key';
import { FileTransmissionLock } from './lock/transmission-lock';
import type { ArchiveFiles, FrozenMessages, TransmissionLock } from './port';
import { joinUsers } from './lock/usage-lock';
import { STORE_FILES } from './names';
import { SqliteStore } from './sqlite/store';

export { STORE_FILES };

/** Everything the store module offers on one data folder. */
export interface Storage {
  readonly store: SqliteStore;
  readonly frozen: FrozenMessages;
  readonly archives: ArchiveFiles;
  readonly lock: TransmissionLock;
}

/**
 * Opens the store of a data folder, made when missing.
 * @param folder absolute path of the data folder.
 * @param keySource where the data key is; a file of the folder, as this system protects it, when left out.
 * @param program this program, in words: what another one says of it while it transmits.
 * Errors: STO-001 disk full, STO-002 locked, STO-003 damaged, STO-006 rights, STO-007 newer schema, STO-012 wrong or missing key, STO-022 protected elsewhere,
 * SAV-009 while a backup is put in the folder's place.
 */
export async function openStorage(
  folder: string,
  keySource: KeySource = systemKeySource(folder),
  program = 'un autre programme',
): Promise<Storage> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw asStoreError(error);
  });
  const user = await joinUsers(path.join(folder, STORE_FILES.users));
  try {
    const { store, keys } = await SqliteStore.open(path.join(folder, STORE_FILES.database), async (fresh) =>
      derivedFrom(await keySource.key(fresh)),
    );
    try {
      const frozen = await FrozenMessageFiles.open(path.join(folder, STORE_FILES.frozen), keys);
      const archives = await EncryptedArchiveFiles.open(path.join(folder, STORE_FILES.archives), keys);
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
