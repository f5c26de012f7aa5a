/** The reader of a computer that cannot read cards: everything else works, nothing can be sealed, and the reason is said. */
import { VitaleError } from '../domain/errors';
import type { CardReader, CardSession, ReaderStatus } from './port';

export class AbsentReader implements CardReader {
  /** @param errorCode why there is no reader: a code of the error catalogue. */
  constructor(private readonly errorCode: string) {}

  status(): Promise<ReaderStatus> {
    return Promise.resolve({ state: 'unavailable', errorCode: this.errorCode });
  }

  watch(): () => void {
    return () => undefined;
  }

  open(): Promise<CardSession> {
    return Promise.reject(new VitaleError(this.errorCode));
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}
