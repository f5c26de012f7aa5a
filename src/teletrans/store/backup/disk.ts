/** What making and restoring a backup does to the disk, each effect durable when its promise resolves. In one place, so that tests stop it anywhere. */
import { createHash } from 'node:crypto';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { VitaleError } from '../../domain/errors';
import { flushFolder, writeDurably } from '../files/durable-write';
import { asStoreError, errnoOf } from '../files/errors';
import type { FileHash } from '../files/hashing';
import { isHeld, renamePatiently, whileHeld, type HeldOptions } from '../files/held';

/** Errors of every method: STO-001 disk full, STO-006 rights. Paths are absolute. */
export interface BackupDisk {
  /** Makes a folder, and those above it; false when it was there. */
  makeFolder(folder: string): Promise<boolean>;
  /** Copies a file, flushed to the disk, readable by its owner only. @returns null when `from` is not there. */
  copy(from: string, to: string): Promise<FileHash | null>;
  /** Writes a small file whole, or leaves what was there. */
  write(file: string, content: string | Buffer): Promise<void>;
  /** Gives a folder another name; `to` does not exist. Errors: SAV-008 too, on Windows, where a program keeps a file of the folder open. */
  rename(from: string, to: string): Promise<void>;
  /** Flushes a folder's entries, or a file's content. */
  flush(path: string, what: 'folder' | 'file'): Promise<void>;
  /** Removes a file or a folder with all it holds; what is not there is no error. */
  remove(path: string): Promise<void>;
}

const CHUNK = 1 << 20;

async function copyHandle(from: FileHandle, to: FileHandle): Promise<FileHash> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK);
  let bytes = 0;
  for (;;) {
    const { bytesRead } = await from.read(buffer, 0, CHUNK, null);
    if (bytesRead === 0) break;
    const part = buffer.subarray(0, bytesRead);
    hash.update(part);
    await to.writeFile(part);
    bytes += bytesRead;
  }
  await to.sync();
  return { bytes, sha256: hash.digest('hex') };
}

async function copy(from: string, to: string): Promise<FileHash | null> {
  const source = await open(from, 'r').catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  });
  if (source === null) return null;
  try {
    const target = await open(to, 'wx', 0o600);
    try {
      return await copyHandle(source, target);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function flushFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function said<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw asStoreError(error);
  }
}

/** Windows renames no folder in which a file is open, or in which a program was started. Errors: as {@link BackupDisk.rename}. */
export async function renameFolder(from: string, to: string, options: HeldOptions = {}): Promise<void> {
  const { isWindows = process.platform === 'win32' } = options;
  await said(
    renamePatiently(from, to, options).catch((error: unknown) => {
      throw isWindows && isHeld(error) ? new VitaleError('SAV-008') : error;
    }),
  );
}

export const REAL_DISK: BackupDisk = {
  makeFolder: async (folder) => (await said(mkdir(folder, { recursive: true, mode: 0o700 }))) !== undefined,
  copy: (from, to) => said(copy(from, to)),
  write: (file, content) => said(writeDurably(file, typeof content === 'string' ? Buffer.from(content, 'utf8') : content)),
  rename: (from, to) => renameFolder(from, to),
  flush: (path, what) => said(what === 'folder' ? flushFolder(path) : flushFile(path)),
  remove: (path) => said(whileHeld(() => rm(path, { recursive: true, force: true }))),
};
