/** What the key's file asks of the disk, each effect durable when its promise resolves. In one place, so that tests stop it anywhere. */
import { constants } from 'node:fs';
import { link, open, readdir, rm, type FileHandle } from 'node:fs/promises';
import * as path from 'node:path';
import { VitaleError } from '../../domain/errors';
import { flushFolder, isTemporaryName } from '../files/durable-write';
import { errnoOf } from '../files/errors';
import { renamePatiently, whileHeld } from '../files/held';

/** Errors: those of `node:fs`, and STO-006 when others may read the file. Paths are absolute. */
export interface KeyDisk {
  /** @returns null when the file is not there. */
  read(file: string): Promise<Buffer | null>;
  /** Writes and flushes a new file that only its owner reads. */
  write(file: string, bytes: Buffer): Promise<void>;
  /** A second name for a file; refused (EEXIST) where that name is taken. */
  link(from: string, to: string): Promise<void>;
  /** In the place of what is there. */
  rename(from: string, to: string): Promise<void>;
  flushFolder(folder: string): Promise<void>;
  remove(file: string): Promise<void>;
  /** What programs that died left beside a file, under temporary names of it. */
  leftBeside(file: string): Promise<readonly string[]>;
}

async function openToRead(file: string): Promise<FileHandle | null> {
  try {
    // Windows keeps a file from being opened while another program puts one in its place.
    return await whileHeld(() => open(file, constants.O_RDONLY), { patienceMs: 1_000 });
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}

async function read(file: string): Promise<Buffer | null> {
  const handle = await openToRead(file);
  if (handle === null) return null;
  try {
    const { mode } = await handle.stat();
    // Windows has no such bits: there the folder's access list protects the file.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) throw new VitaleError('STO-006');
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

async function write(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function leftBeside(file: string): Promise<readonly string[]> {
  const folder = path.dirname(file);
  const names = (await readdir(folder)).filter((name) => name.startsWith(`${path.basename(file)}.`) && isTemporaryName(name));
  return names.map((name) => path.join(folder, name));
}

export const REAL_KEY_DISK: KeyDisk = {
  read,
  write,
  link,
  rename: renamePatiently,
  flushFolder,
  remove: (file) => whileHeld(() => rm(file, { force: true })),
  leftBeside,
};
