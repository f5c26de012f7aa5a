/** What a backup says of itself: `manifeste.json`, written last, so that a folder without it is no backup. */
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { VitaleError } from '../../domain/errors';
import { errnoOf, asStoreError } from '../files/errors';
import type { BackupManifest } from './port';

export const MANIFEST_FILE = 'manifeste.json';

/** Keyed hash of a text with the key of the data. */
export type KeyedHash = (text: string) => string;

const sealOf = (manifest: BackupManifest, keyedHash: KeyedHash): string => keyedHash(`sauvegarde ${JSON.stringify(manifest)}`);

export function manifestText(manifest: BackupManifest, keyedHash: KeyedHash): string {
  return `${JSON.stringify({ sauvegarde: manifest, sceau: sealOf(manifest, keyedHash) }, null, 1)}\n`;
}

/** A manifest as it was read: nothing of it is believed before {@link SealedManifest.isGenuine} has said yes. */
export interface SealedManifest {
  readonly manifest: BackupManifest;
  readonly isGenuine: (keyedHash: KeyedHash) => boolean;
}

/** Errors: SAV-004 no manifest, or none of ours; STO-006. */
export async function readManifest(folder: string): Promise<SealedManifest> {
  const { sauvegarde, sceau } = parse(await textOf(folder));
  if (!isManifest(sauvegarde) || typeof sceau !== 'string') throw new VitaleError('SAV-004');
  return { manifest: sauvegarde, isGenuine: (keyedHash) => sealOf(sauvegarde, keyedHash) === sceau };
}

async function textOf(folder: string): Promise<string> {
  try {
    return await readFile(path.join(folder, MANIFEST_FILE), 'utf8');
  } catch (error) {
    throw ['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '') ? new VitaleError('SAV-004') : asStoreError(error);
  }
}

function parse(text: string): { readonly sauvegarde?: unknown; readonly sceau?: unknown } {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === 'object' && found !== null ? found : {};
  } catch {
    return {};
  }
}

function isManifest(value: unknown): value is BackupManifest {
  if (typeof value !== 'object' || value === null) return false;
  const { format, id, practice, createdAt, automatic, journal, invoices, missing, files } = value as Record<string, unknown>;
  return (
    format === 1 &&
    [id, practice].every((text) => typeof text === 'string') &&
    typeof createdAt === 'string' &&
    !Number.isNaN(Date.parse(createdAt)) &&
    typeof automatic === 'boolean' &&
    isTip(journal) &&
    Number.isInteger(invoices) &&
    Array.isArray(missing) &&
    Array.isArray(files) &&
    files.every(isFile)
  );
}

function isTip(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { length, tip } = value as Record<string, unknown>;
  return Number.isInteger(length) && typeof tip === 'string';
}

function isFile(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { path: name, bytes, sha256 } = value as Record<string, unknown>;
  return typeof name === 'string' && isInside(name) && Number.isInteger(bytes) && typeof sha256 === 'string';
}

/** A file of the backup itself: a path that leads out of it is never followed. */
function isInside(name: string): boolean {
  const parts = name.split('/');
  return !/[\\:\0]/.test(name) && parts.every((part) => part !== '' && part !== '.' && part !== '..');
}
