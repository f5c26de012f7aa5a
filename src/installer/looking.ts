/** What is installed in a folder, and whether it is whole. Changes nothing. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { VitaleError } from '../teletrans/domain/errors';
import { LAUNCHERS } from './layout';
import { faultsOf, isWhole, readPackage, type OnFile } from './package';
import { readPointer } from './pointer';

export interface Looked {
  readonly version: string;
  readonly fingerprint: string;
  readonly files: number;
  readonly damaged: readonly string[];
  readonly changed: readonly string[];
  readonly previous: { readonly version: string; readonly whole: boolean } | null;
}

/** @param target absolute path. Errors: INS-004 nothing is installed, INS-006 the version that runs is no longer there, INS-011. */
export async function look(target: string, onFile: OnFile): Promise<Looked> {
  const pointer = await readPointer(target);
  if (pointer === null) throw new VitaleError('INS-004', { dossier: target });
  const { current, previous } = pointer;
  const found = await readPackage(join(target, current.folder)).catch(() => null);
  if (found === null) throw new VitaleError('INS-006', { version: current.version, n: 1 });
  const { damaged, changed } = await faultsOf(found, onFile);
  return {
    version: current.version,
    fingerprint: found.fingerprint,
    files: found.files.length,
    damaged: [...damaged, ...LAUNCHERS.filter((name) => !existsSync(join(target, name)))],
    changed,
    previous: previous === null ? null : { version: previous.version, whole: await isWhole(join(target, previous.folder)) },
  };
}
