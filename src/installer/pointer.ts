/** `module.json`: which version runs, for the host and for our launchers; and which one ran before. One file, replaced whole: that is the change of version. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VitaleError } from '../teletrans/domain/errors';
import { LAYOUT } from './layout';

export interface InstalledVersion {
  readonly version: string;
  /** Relative to the installation's folder, with `/`: `versions/<name>`. */
  readonly folder: string;
}

export interface Pointer {
  readonly current: InstalledVersion;
  /** Null when none is kept. */
  readonly previous: InstalledVersion | null;
}

const FORMAT = 1;

/** The paths a host needs stand in it as they are, so that it has nothing to put together. */
export function pointerText({ current: { version, folder }, previous }: Pointer): string {
  const bridge = { x86: `${folder}/bridge/x86/logosw_addin.dll`, x64: `${folder}/bridge/x64/logosw_addin.dll` };
  const document = { format: FORMAT, version, folder, addin: `${folder}/addin`, node: `${folder}/node.exe`, bridge, previous };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function versionIn(value: unknown): InstalledVersion | null {
  if (typeof value !== 'object' || value === null) return null;
  const { version, folder } = value as { version?: unknown; folder?: unknown };
  if (typeof version !== 'string' || typeof folder !== 'string' || !/^versions\/[0-9A-Za-z][0-9A-Za-z.+-]*$/.test(folder)) return null;
  return { version, folder };
}

/** @returns null when nothing is installed there. Errors: INS-011 it is not readable, or a newer installer wrote it. */
export async function readPointer(target: string): Promise<Pointer | null> {
  let text: string;
  try {
    text = await readFile(join(target, LAYOUT.pointer), 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
  const document = parsed(text);
  const current = versionIn(document);
  if (document?.format !== FORMAT || current === null) throw new VitaleError('INS-011', { dossier: target });
  return { current, previous: versionIn(document.previous) };
}

function parsed(text: string): { readonly format?: unknown; readonly previous?: unknown } | null {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === 'object' && found !== null ? found : null;
  } catch {
    return null;
  }
}
