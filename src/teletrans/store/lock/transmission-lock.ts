import { VitaleError } from '../../domain/errors';
import type { TransmissionLock } from '../port';
import { takeProcessLock } from './process-lock';

/** The transmission lock as a lock file of the data folder. */
export class FileTransmissionLock implements TransmissionLock {
  /** @param file absolute path of the lock's own file; its folder exists. */
  constructor(private readonly file: string) {}

  async hold<T>(work: () => Promise<T>): Promise<T> {
    const lock = takeProcessLock(this.file);
    if (lock === null) throw new VitaleError('TRA-018');
    try {
      return await work();
    } finally {
      lock.release();
    }
  }
}
