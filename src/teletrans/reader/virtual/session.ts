import { createHash, timingSafeEqual } from 'node:crypto';
import { VitaleError } from '../../domain/errors';
import type { CardHolder, CardSession, Situation } from '../port';
import { MAX_TRIES, writeCardFile, type CardFile, type CardSituation } from './card-file';
import { completeKey, signHash } from './signature-key';
import type { CardSlot } from './slot';

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

/** A virtual card that is being talked to. */
export class VirtualCardSession implements CardSession {
  private verified = false;
  private state: 'open' | 'card-gone' | 'closed' = 'open';

  /** @param cardId of the card as it was opened: another one in the slot means that this one was taken out. */
  constructor(
    private readonly slot: CardSlot,
    private readonly now: () => Date,
    readonly cardId: string,
    readonly holder: CardHolder,
    private readonly onClose: (session: CardSession) => void,
  ) {}

  triesLeft(): Promise<number> {
    return this.withCard((card) => Promise.resolve(card.content.triesLeft));
  }

  verify(code: Buffer, lastTryConfirmed: boolean): Promise<void> {
    return this.withCard(async (card, file) => {
      const tries = card.content.triesLeft;
      if (tries === 0) throw new VitaleError('CPS-005');
      if (code.length !== card.pin.length || !code.every(isDigit)) throw new VitaleError('CPS-023');
      if (tries === 1 && !lastTryConfirmed) throw new VitaleError('CPS-004');
      const right = timingSafeEqual(code, card.pin);
      // As a card does: the counter is kept before the answer is given.
      card.content.triesLeft = right ? MAX_TRIES : tries - 1;
      if (card.content.triesLeft !== tries) await writeCardFile(file, card);
      this.verified = right;
      if (right) return;
      throw card.content.triesLeft === 0 ? new VitaleError('CPS-005') : new VitaleError('CPS-003', { n: card.content.triesLeft });
    });
  }

  situations(): Promise<readonly Situation[]> {
    return this.withCard((card) => {
      this.mustBeVerified();
      return Promise.resolve(card.content.situations.map(situationOf));
    });
  }

  verifyOnKeypad(): Promise<void> {
    return Promise.reject(new VitaleError('LEC-012'));
  }

  sign(content: Buffer): Promise<Buffer> {
    return this.withCard(async (card, file) => {
      this.mustBeVerified();
      await this.complete(card, file);
      return signHash(card.content.key ?? '', createHash('sha256').update(content).digest());
    });
  }

  certificate(): Promise<string> {
    return this.withCard(async (card, file) => {
      await this.complete(card, file);
      return card.content.certificate ?? '';
    });
  }

  close(): Promise<void> {
    this.end('closed');
    this.onClose(this);
    return Promise.resolve();
  }

  private end(state: 'card-gone' | 'closed'): void {
    this.verified = false;
    this.state = state;
  }

  private async complete(card: CardFile, file: string): Promise<void> {
    if (await completeKey(card.content, this.now())) await writeCardFile(file, card);
  }

  private mustBeVerified(): void {
    if (!this.verified) throw new Error('the card answers this only after its code');
  }

  /** Runs `work` on the card, alone among the programs that use it. Errors: LEC-004 when it was taken out or changed since it was opened. */
  private async withCard<T>(work: (card: CardFile, file: string) => Promise<T>): Promise<T> {
    if (this.state === 'closed') throw new VitaleError('CPS-027');
    if (this.state === 'card-gone') throw new VitaleError('LEC-004');
    return this.slot.exclusively(this.cardId, async (found) => {
      if (found === null) {
        this.end('card-gone');
        throw new VitaleError('LEC-004');
      }
      return work(found.card, found.file);
    });
  }
}

function situationOf(situation: CardSituation): Situation {
  const { number, billingNumber, specialty, signsInvoice, signsLot, valid, structure = '', convention = '', tariffZone = '' } = situation;
  return { number, billingNumber, structure, convention, specialty, tariffZone, signsInvoice, signsLot, valid };
}
