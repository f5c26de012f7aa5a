import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { VitaleError } from '../../../src/teletrans/domain/errors';
import { FileTransmissionLock } from '../../../src/teletrans/store/lock/transmission-lock';
import { aFolder } from './folder';

describe('the transmission lock', () => {
  let folder: string;
  let remove: () => Promise<void>;
  beforeEach(async () => ({ folder, remove } = await aFolder()));
  afterEach(() => remove());
  const aLock = (): FileTransmissionLock => new FileTransmissionLock(path.join(folder, 'transmission.lock'), 'le programme d’essai');

  it('refuses a second holder of the same program at once, and lets it in afterwards', async () => {
    const one = aLock();
    const other = aLock();
    let refusals = 0;
    await one.hold(async () => {
      for (const lock of [one, other]) {
        const began = performance.now();
        const error = await lock.hold(() => Promise.resolve()).catch((thrown: unknown) => thrown);
        expect(error).toEqual(new VitaleError('TRA-018', { qui: 'ce programme lui-même' }));
        expect(performance.now() - began).toBeLessThan(2000);
        refusals += 1;
      }
    });
    expect(refusals).toBe(2);
    expect(await other.hold(() => Promise.resolve(7))).toBe(7);
  });

  it('is free again after a work that failed, whose error is passed on', async () => {
    const failure = new Error('the work failed');
    await expect(aLock().hold(() => Promise.reject(failure))).rejects.toBe(failure);
    expect(await aLock().hold(() => Promise.resolve('free'))).toBe('free');
  });

  it('writes nothing', async () => {
    await aLock().hold(() => Promise.resolve());
    expect(await readFile(path.join(folder, 'transmission.lock'))).toHaveLength(0);
  });
});
