/** What an installation does to the disk, each effect durable when its promise resolves. In one place, so that tests stop it anywhere. */
import { copyFile, mkdir, open, rm } from 'node:fs/promises';
import { flushFolder, writeDurably } from '../teletrans/store/files/durable-write';
import { renamePatiently, whileHeld } from '../teletrans/store/files/held';

/** Errors: those of `node:fs`. Paths are absolute. */
export interface InstallDisk {
  /** Makes a folder, and those above it. */
  makeFolder(folder: string): Promise<void>;
  /** Copies a file to a name that is free, flushed. */
  copy(from: string, to: string): Promise<void>;
  /** Writes a small file whole, or leaves what was there. */
  write(file: string, text: string): Promise<void>;
  /** Gives a file or folder another name; a file takes the place of one that is there. */
  rename(from: string, to: string): Promise<void>;
  flushFolder(folder: string): Promise<void>;
  /** Removes a file or a folder with all it holds; what is not there is no error. */
  remove(path: string): Promise<void>;
}

async function copy(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  const handle = await open(to, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export const REAL_INSTALL_DISK: InstallDisk = {
  makeFolder: async (folder) => {
    await mkdir(folder, { recursive: true });
  },
  copy,
  write: (file, text) => writeDurably(file, Buffer.from(text, 'utf8')),
  rename: renamePatiently,
  flushFolder,
  remove: (path) => whileHeld(() => rm(path, { recursive: true, force: true })),
};
