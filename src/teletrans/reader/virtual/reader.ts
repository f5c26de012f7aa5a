import { X509Certificate } from 'node:crypto';
import { isVitaleError, VitaleError } from '../../domain/errors';
import type { CardReader, CardSession, ReaderStatus } from '../port';
import { MAX_TRIES } from './card-file';
import { VirtualCardSession } from './session';
import type { CardSlot } from './slot';

/** Name shown for the virtual reader. */
export const VIRTUAL_READER = 'Lecteur virtuel';

/** Errors: CPS-016 when it is no certificate. */
function endOf(pem: string): string {
  try {
    return new Date(new X509Certificate(pem).validTo).toISOString();
  } catch {
    throw new VitaleError('CPS-016');
  }
}

/** A reader whose card is a file. */
export class VirtualReader implements CardReader {
  private readonly sessions = new Set<CardSession>();

  constructor(
    private readonly slot: CardSlot,
    private readonly now: () => Date,
  ) {}

  async status(): Promise<ReaderStatus> {
    try {
      return await this.slot.look((found): ReaderStatus => {
        if (found === null) return { state: 'no-card', reader: VIRTUAL_READER };
        const { holder, triesLeft, certificate } = found.card.content;
        return {
          state: 'card',
          reader: VIRTUAL_READER,
          cardId: found.cardId,
          holder: { ...holder },
          triesLeft,
          maxTries: MAX_TRIES,
          keypad: false,
          validUntil: certificate === undefined ? null : endOf(certificate),
        };
      });
    } catch (error) {
      if (isVitaleError(error) && error.code.startsWith('CPS-'))
        return { state: 'not-a-cps', reader: VIRTUAL_READER, errorCode: error.code };
      throw error;
    }
  }

  watch(changed: () => void): () => void {
    return this.slot.watch(changed);
  }

  open(): Promise<CardSession> {
    return this.slot.look((found) => {
      if (found === null) throw new VitaleError('CPS-001');
      const session = new VirtualCardSession(this.slot, this.now, found.cardId, { ...found.card.content.holder }, (closed) =>
        this.sessions.delete(closed),
      );
      this.sessions.add(session);
      return session;
    });
  }

  async dispose(): Promise<void> {
    for (const session of [...this.sessions]) await session.close();
  }
}
