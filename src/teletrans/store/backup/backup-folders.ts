import { access, constants, readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { isVitaleError, VitaleError } from '../../domain/errors';
import { asStoreError, errnoOf } from '../files/errors';
import { isInside } from './contents';
import { BackupMaker, type MakerParts } from './making';
import { MANIFEST_FILE, readManifest } from './manifest';
import type { BackupFolders, BackupManifest, MadeBackup, MakeOptions } from './port';

/** Backups on the disk. */
export class DiskBackups implements BackupFolders {
  private readonly maker: BackupMaker;

  constructor(private readonly parts: MakerParts) {
    this.maker = new BackupMaker(parts);
  }

  make(folder: string, options: MakeOptions): Promise<MadeBackup> {
    return this.maker.make(folder, options);
  }

  list(folder: string): Promise<readonly MadeBackup[]> {
    return listBackups(folder);
  }

  async mustBeUsable(folder: string): Promise<void> {
    await namesIn(folder);
    if (await isInside(folder, this.parts.home)) throw new VitaleError('SAV-002');
    await access(folder, constants.W_OK).catch((error: unknown) => {
      throw asStoreError(error);
    });
  }

  async isWhole(place: string): Promise<boolean> {
    return (await manifestIn(place)) !== null;
  }

  /** The manifest first: a backup that is half removed must not say that it is whole. */
  async remove(place: string): Promise<void> {
    await this.parts.disk.remove(path.join(place, MANIFEST_FILE));
    await this.parts.disk.remove(place);
  }
}

async function manifestIn(place: string): Promise<BackupManifest | null> {
  try {
    return (await readManifest(place)).manifest;
  } catch (error) {
    if (isVitaleError(error, 'SAV-004')) return null;
    throw error;
  }
}

/** See {@link BackupFolders.list}; also where no practice can be opened. */
export async function listBackups(folder: string): Promise<readonly MadeBackup[]> {
  const found: MadeBackup[] = [];
  for (const name of await namesIn(folder)) {
    const place = path.join(folder, name);
    const manifest = await manifestIn(place);
    if (manifest !== null) found.push({ manifest, place });
  }
  return found.sort((a, b) => Date.parse(a.manifest.createdAt) - Date.parse(b.manifest.createdAt));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    throw ['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '') ? new VitaleError('SAV-003') : asStoreError(error);
  }
}
