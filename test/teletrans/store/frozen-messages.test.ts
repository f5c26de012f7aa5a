import { readdir, readFile, rename, utimes, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import fc from 'fast-check';
import { isVitaleError } from '../../../src/teletrans/domain/errors';
import { FrozenMessageFiles } from '../../../src/teletrans/store/files/frozen-messages';
import { deriveKeys } from '../../../src/teletrans/store/keys/derive';
import { aFolder } from './folder';

const KEYS = deriveKeys(Buffer.alloc(32, 7));
const codeOf = (error: unknown): string => (isVitaleError(error) ? error.code : String(error));

describe('frozen messages', () => {
  let folder: string;
  let remove: () => Promise<void>;
  let frozen: FrozenMessageFiles;
  beforeEach(async () => {
    ({ folder, remove } = await aFolder());
    frozen = await FrozenMessageFiles.open(path.join(folder, 'messages'), KEYS);
  });
  afterEach(() => remove());
  const fileOf = (id: string): string => path.join(folder, 'messages', `${id}.msg`);

  it('come back byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 4000 }), async (bytes) => {
        await frozen.write('one', Buffer.from(bytes));
        expect((await frozen.read('one')).equals(bytes)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('exist from their writing to their removal', async () => {
    expect(await frozen.exists('one')).toBe(false);
    await frozen.write('one', Buffer.from('a'));
    expect(await frozen.exists('one')).toBe(true);
    await frozen.remove('one');
    await frozen.remove('one');
    expect(await frozen.exists('one')).toBe(false);
    await expect(frozen.read('one').catch(codeOf)).resolves.toBe('STO-008');
  });

  it('are replaced as a whole, leaving no temporary file', async () => {
    await frozen.write('one', Buffer.from('first'));
    await frozen.write('one', Buffer.from('second'));
    expect((await frozen.read('one')).toString()).toBe('second');
    expect(await readdir(path.join(folder, 'messages'))).toEqual(['one.msg']);
  });

  it('are refused when any byte has changed', async () => {
    await frozen.write('one', Buffer.from('a message'));
    const sound = await readFile(fileOf('one'));
    for (let i = 0; i < sound.length; i++) {
      const changed = Buffer.from(sound);
      changed[i] = changed[i]! ^ 1;
      await writeFile(fileOf('one'), changed);
      expect({ i, code: await frozen.read('one').catch(codeOf) }).toEqual({ i, code: 'STO-008' });
    }
    await writeFile(fileOf('one'), sound.subarray(0, 20));
    expect(await frozen.read('one').catch(codeOf)).toBe('STO-008');
  });

  it('are refused under the name of another file, or with another key', async () => {
    await frozen.write('one', Buffer.from('a message'));
    await frozen.write('two', Buffer.from('another'));
    const stranger = await FrozenMessageFiles.open(path.join(folder, 'messages'), deriveKeys(Buffer.alloc(32, 8)));
    expect(await stranger.read('one').catch(codeOf)).toBe('STO-008');
    await rename(fileOf('one'), fileOf('two'));
    expect(await frozen.read('two').catch(codeOf)).toBe('STO-008');
  });

  it('never leave their folder', async () => {
    for (const id of ['../cle', 'a/b', 'a\\b', '', '.', 'x'.repeat(65), 'a\0b']) {
      await expect(frozen.write(id, Buffer.from('x'))).rejects.toThrow();
      await expect(frozen.read(id)).rejects.toThrow();
      await expect(frozen.exists(id)).rejects.toThrow();
      await expect(frozen.remove(id)).rejects.toThrow();
    }
    expect(await readdir(folder)).toEqual(['messages']);
  });

  it('lose the temporary files of a crash at the next opening, but not those being written', async () => {
    const old = path.join(folder, 'messages', 'one.msg.0123456789ab.tmp');
    const recent = path.join(folder, 'messages', 'two.msg.0123456789ab.tmp');
    await writeFile(old, 'half');
    await writeFile(recent, 'half');
    await utimes(old, new Date(0), new Date(0));
    await FrozenMessageFiles.open(path.join(folder, 'messages'), KEYS);
    expect(await readdir(path.join(folder, 'messages'))).toEqual(['two.msg.0123456789ab.tmp']);
  });
});
