/** What a virus scanner holds open for an instant is tried again, on Windows alone and not for ever. */
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { isVitaleError } from '../../../src/teletrans/domain/errors';
import { renameFolder } from '../../../src/teletrans/store/backup/disk';
import { renameHeldSync, whileHeld } from '../../../src/teletrans/store/files/held';
import { aFolder } from './folder';

/** Fails `times` times as Windows does, then succeeds. */
function heldFor(times: number, code: string): { readonly work: () => Promise<string>; readonly tries: () => number } {
  let tries = 0;
  const work = (): Promise<string> => {
    tries += 1;
    return tries > times ? Promise.resolve('done') : Promise.reject(Object.assign(new Error('held'), { code }));
  };
  return { work, tries: () => tries };
}

it.each(['EACCES', 'EPERM', 'EBUSY', 'ENOTEMPTY'])('goes on once the file is let go (%s)', async (code) => {
  const { work, tries } = heldFor(4, code);
  expect(await whileHeld(work, { isWindows: true })).toBe('done');
  expect(tries()).toBe(5);
});

it('tells the error once patience is over', async () => {
  const { work } = heldFor(Infinity, 'EPERM');
  await expect(whileHeld(work, { isWindows: true, patienceMs: 30 })).rejects.toMatchObject({ code: 'EPERM' });
});

it.each([
  ['another error', 'ENOSPC', true],
  ['elsewhere, where it means missing rights', 'EPERM', false],
])('does not wait for %s', async (_what, code, isWindows) => {
  const { work, tries } = heldFor(1, code);
  await expect(whileHeld(work, { isWindows })).rejects.toMatchObject({ code });
  expect(tries()).toBe(1);
});

it('says that a program has the folder open where it cannot be renamed', async () => {
  const { folder, remove } = await aFolder();
  const [from, to] = [path.join(folder, 'a'), path.join(folder, 'b')];
  for (const each of [from, to]) await mkdir(each);
  // What is in the way has a file in it: refused as a folder in use is.
  await writeFile(path.join(to, 'file'), '');
  const error: unknown = await renameFolder(from, to, { isWindows: true, patienceMs: 20 }).catch((thrown: unknown) => thrown);
  expect(isVitaleError(error, 'SAV-008')).toBe(true);
  expect((await stat(from)).isDirectory()).toBe(true);
  await remove();
});

it('writes the settings at once where nobody holds them', async () => {
  const { folder, remove } = await aFolder();
  const [from, to] = [path.join(folder, 'a'), path.join(folder, 'b')];
  await writeFile(from, 'new');
  await writeFile(to, 'old');
  renameHeldSync(from, to, true);
  expect(await readFile(to, 'utf8')).toBe('new');
  await remove();
});
