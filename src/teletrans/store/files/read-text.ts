import { readFile } from 'node:fs/promises';
import { asStoreError, errnoOf } from './errors';

/** The text of a file; null when there is none. Errors: STO-006. */
export async function textIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw asStoreError(error);
  }
}
