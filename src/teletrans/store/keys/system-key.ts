import * as path from 'node:path';
import { STORE_FILES } from '../names';
import { loadDpapi } from './dpapi';
import { FileKeySource } from './file-key';
import type { KeySource } from './key-source';

/** The key of a data folder as this system keeps it: protected by DPAPI on Windows, in a file of its user elsewhere. @param folder absolute path. */
export function systemKeySource(folder: string): KeySource {
  return new FileKeySource(path.join(folder, STORE_FILES.key), process.platform === 'win32' ? loadDpapi() : null);
}
