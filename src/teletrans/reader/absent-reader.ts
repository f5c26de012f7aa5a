/** The reader of a practice that has none this version can use: everything can be read, nothing can be sealed, and the reason is said. */
import { VitaleError } from '../domain/errors';
import type { CardReader, CardSession, ReaderStatus } from './port';

export class AbsentReader implements CardReader {
  /** @param code why there is no reader: a code of the error catalogue. */
  constructor(private readonly code: string) {}

  status(): Promise<ReaderStatus> {
    return Promise.resolve({ state: 'no-reader' });
  }

  open(): Promise<CardSession> {
    return Promise.reject(new VitaleError(this.code));
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}
