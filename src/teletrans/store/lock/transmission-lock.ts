import { VitaleError } from '../../domain/errors';
import type { TransmissionLock } from '../port';
import { HolderNote } from './holder-note';
import { takeProcessLock } from './process-lock';

/** The transmission lock as a lock file of the data folder, with a note of who holds it. */
export class FileTransmissionLock implements TransmissionLock {
  private readonly note: HolderNote;

  /**
   * @param file absolute path of the lock's own file; its folder exists.
   * @param program this program, in words for the people of another one.
   */
  constructor(
    private readonly file: string,
    program: string,
  ) {
    this.note = new HolderNote(`${file}.qui`, program);
  }

  async hold<T>(work: () => Promise<T>): Promise<T> {
    const lock = takeProcessLock(this.file);
    if (lock === null) throw new VitaleError('TRA-018', { qui: await this.note.said() });
    try {
      await this.note.put();
      return await work();
    } finally {
      await this.note.remove();
      lock.release();
    }
  }
}
