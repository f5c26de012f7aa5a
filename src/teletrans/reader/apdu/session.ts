import { createHash } from 'node:crypto';
import { VitaleError } from '../../domain/errors';
import type { PcscCard, PcscTransport, ReaderState } from '../pcsc/transport';
import type { CardHolder, CardSession, Situation } from '../port';
import type { CardCommands } from './card-commands';
import { CardChannel } from './channel';
import { checkCode, enterOnKeypad, mayPresent, presentCode, triesLeft } from './code-entry';
import { hashOnCard, readSituations, signOnCard, type CardIdentity } from './content';
import { asCardError } from './errors';
import { hashAllButLastBlock } from './sha256-state';
import { Turns } from './turns';

/** A card as it was opened: where it stands, and who it belongs to. */
export interface OpenedCard {
  readonly reader: string;
  readonly insertion: string;
  readonly cardId: string;
  readonly identity: CardIdentity;
  /** The code can be typed on the reader. */
  readonly keypad: boolean;
}

/**
 * A card in a PC/SC reader. Before the code it is talked to shared and shortly, so that other programs may use it; from the code to `close`, alone.
 * Calls are made one after the other.
 */
export class PcscCardSession implements CardSession {
  readonly cardId: string;
  readonly holder: CardHolder;
  /** The connection that holds the verified code. */
  private verified: PcscCard | null = null;
  private state: 'open' | 'card-gone' | 'closed' = 'open';
  /** Calls of this session. */
  private readonly calls = new Turns();
  private unlocking = false;

  constructor(
    private readonly transport: PcscTransport,
    /** Shared with everything else of this program that deals with cards. */
    private readonly turns: Turns,
    private readonly model: CardCommands,
    private readonly opened: OpenedCard,
    private readonly onClose: (session: PcscCardSession) => void,
  ) {
    this.cardId = opened.cardId;
    this.holder = opened.identity.holder;
  }

  triesLeft(): Promise<number> {
    return this.talk((channel) => triesLeft(channel));
  }

  /** A code is being presented: on a keypad this may last, and the card cannot be asked anything meanwhile. */
  get isUnlocking(): boolean {
    return this.unlocking;
  }

  /** To be called with what the readers say: a card that has gone, or that was put back, lets the reader go. */
  async seen(readers: readonly ReaderState[]): Promise<void> {
    const now = readers.find(({ name }) => name === this.opened.reader);
    if (this.state !== 'open' || now?.insertion === this.opened.insertion) return;
    this.state = 'card-gone';
    await this.release();
  }

  verify(code: Buffer, lastTryConfirmed: boolean): Promise<void> {
    return this.unlock(
      lastTryConfirmed,
      (card) => presentCode(card, this.model, code),
      () => checkCode(this.model, code),
    );
  }

  verifyOnKeypad(lastTryConfirmed: boolean): Promise<void> {
    return this.unlock(lastTryConfirmed, (card) => enterOnKeypad(card, this.model));
  }

  situations(): Promise<readonly Situation[]> {
    return this.whenVerified((channel) => readSituations(channel));
  }

  sign(content: Buffer): Promise<Buffer> {
    return this.whenVerified(async (channel) => {
      if (this.model.signature.hashing === 'host') return signOnCard(channel, createHash('sha256').update(content).digest());
      const { intermediate, lastBlock } = hashAllButLastBlock(content);
      await hashOnCard(channel, intermediate, lastBlock);
      return signOnCard(channel, Buffer.alloc(0));
    });
  }

  certificate(): Promise<string> {
    this.mustBeOpen();
    return Promise.resolve(this.opened.identity.certificate);
  }

  close(): Promise<void> {
    return this.calls.run(async () => {
      this.state = 'closed';
      await this.release();
      this.onClose(this);
    });
  }

  private unlock(lastTryConfirmed: boolean, present: (card: PcscCard) => Promise<void>, check?: () => void): Promise<void> {
    this.unlocking = true;
    return this.guarded(async () => {
      await this.release();
      const card = await this.turns.run(() => this.connect('exclusive'));
      try {
        const tries = await triesLeft(await this.channelOf(card));
        if (tries === 0) throw new VitaleError('CPS-005');
        check?.();
        mayPresent(tries, lastTryConfirmed);
        await present(card);
        this.verified = card;
      } finally {
        // A card whose code was refused is nobody's.
        if (this.verified !== card) await card.disconnect('reset');
      }
    }).finally(() => (this.unlocking = false));
  }

  private whenVerified<T>(work: (channel: CardChannel) => Promise<T>): Promise<T> {
    return this.guarded(async () => {
      if (this.verified === null) throw new Error('the card answers this only after its code');
      return work(new CardChannel(this.verified, this.model));
    });
  }

  private talk<T>(work: (channel: CardChannel) => Promise<T>): Promise<T> {
    return this.guarded(async () => {
      if (this.verified !== null) return work(new CardChannel(this.verified, this.model));
      return this.turns.run(async () => {
        const card = await this.connect('shared');
        try {
          return await work(await this.channelOf(card));
        } finally {
          await card.disconnect('leave');
        }
      });
    });
  }

  private async channelOf(card: PcscCard): Promise<CardChannel> {
    const channel = new CardChannel(card, this.model);
    await channel.open();
    return channel;
  }

  /** Errors: LEC-004 when another card stands in its place. */
  private async connect(mode: 'shared' | 'exclusive'): Promise<PcscCard> {
    const card = await this.transport.connect(this.opened.reader, mode);
    const now = (await this.transport.listReaders()).find(({ name }) => name === this.opened.reader);
    if (now?.insertion === this.opened.insertion) return card;
    await card.disconnect('leave');
    throw new VitaleError('LEC-004');
  }

  private async release(): Promise<void> {
    const card = this.verified;
    this.verified = null;
    await card?.disconnect('reset');
  }

  /** Errors of the transport become those of the port; a card that has gone does not come back while the session lasts. */
  private guarded<T>(work: () => Promise<T>): Promise<T> {
    return this.calls.run(async () => {
      this.mustBeOpen();
      try {
        return await work();
      } catch (error) {
        const known = asCardError(error);
        if (known instanceof VitaleError && ['LEC-002', 'LEC-003', 'LEC-004'].includes(known.code)) {
          this.state = 'card-gone';
          await this.release();
        }
        throw known;
      }
    });
  }

  private mustBeOpen(): void {
    if (this.state === 'closed') throw new VitaleError('CPS-027');
    if (this.state === 'card-gone') throw new VitaleError('LEC-004');
  }
}
