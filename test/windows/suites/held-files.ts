/**
 * On the Windows Node alone: another program keeps a file open, sharing it with nobody, while the store replaces or removes it.
 * VITALE_HOLD_FILE: path of the program that does so.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { REAL_DISK } from '../../../src/teletrans/store/backup/disk';
import { writeDurably } from '../../../src/teletrans/store/files/durable-write';
import { renameHeldSync } from '../../../src/teletrans/store/files/held';
import { aFolder } from '../../teletrans/store/folder';

let folder: string;
let remove: () => Promise<void>;
const at = (...names: string[]): string => path.join(folder, ...names);
const held: ChildProcess[] = [];

beforeEach(async () => ({ folder, remove } = await aFolder()));
afterEach(async () => {
  for (const child of held.splice(0)) if (child.exitCode === null) await once(child, 'exit');
  await remove();
});

async function hold(file: string, ms: number): Promise<void> {
  const child = spawn(process.env['VITALE_HOLD_FILE'] ?? '', [file, String(ms)], { stdio: ['ignore', 'pipe', 'ignore'] });
  held.push(child);
  await once(child.stdout, 'data');
  // It is held indeed.
  expect(() => readFileSync(file)).toThrow();
}

it('replaces a file once it is let go, and leaves nothing beside it', async () => {
  writeFileSync(at('reperes.json'), 'old');
  await hold(at('reperes.json'), 300);
  await writeDurably(at('reperes.json'), Buffer.from('new'));
  expect(readFileSync(at('reperes.json'), 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual(['reperes.json']);
});

it('removes a folder once a file of it is let go', async () => {
  await REAL_DISK.makeFolder(at('backup', 'messages'));
  writeFileSync(at('backup', 'messages', 'a.msg'), 'message');
  await hold(at('backup', 'messages', 'a.msg'), 300);
  await REAL_DISK.remove(at('backup'));
  expect(readdirSync(folder)).toEqual([]);
});

it('writes the settings once they are let go', async () => {
  writeFileSync(at('cabinet.json'), 'old');
  writeFileSync(at('draft'), 'new');
  await hold(at('cabinet.json'), 200);
  renameHeldSync(at('draft'), at('cabinet.json'));
  expect(readFileSync(at('cabinet.json'), 'utf8')).toBe('new');
});

it('keeps the former file, whole, when it is never let go', async () => {
  writeFileSync(at('reperes.json'), 'old');
  await hold(at('reperes.json'), 5_000);
  await expect(writeDurably(at('reperes.json'), Buffer.from('new'))).rejects.toMatchObject({
    code: expect.stringMatching(/^(EPERM|EACCES|EBUSY)$/) as unknown,
  });
  expect(readdirSync(folder)).toEqual(['reperes.json']);
  await once(held[0]!, 'exit');
  expect(readFileSync(at('reperes.json'), 'utf8')).toBe('old');
  rmSync(at('reperes.json'));
});
