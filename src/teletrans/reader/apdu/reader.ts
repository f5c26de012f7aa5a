import { createHash } from 'node:crypto';
import { isVitaleError, VitaleError } from '../../domain/errors';
import { recogniseCard, type CardFamily } from '../card-models';
import { PcscError, type PcscCard, type PcscTransport, type ReaderState } from '../pcsc/transport';
import type { CardReader, ReaderStatus } from '../port';
import type { CardCommands } from './card-commands';
import { CardChannel, CardStatusError } from './channel';
import { keypadOf, triesLeft } from './code-entry';
import { readIdentity } from './content';
import { asCardError } from './errors';
import { PcscCardSession, type OpenedCard } from './session';
import { Turns } from './turns';
import { nameUnknownCard } from './unknown-card';

/** The card one would use among all readers, or the reason why there is none. */
type Choice =
  | { readonly kind: 'usable'; readonly reader: ReaderState; readonly model: CardCommands }
  | { readonly kind: 'refused'; readonly reader: ReaderState; readonly errorCode: string }
  | { readonly kind: 'empty'; readonly reader: ReaderState }
  | { readonly kind: 'none' };

const insertionOf = ({ name, insertion }: ReaderState): string => `${name}\n${insertion}`;

/** Another program may reset a shared card between two of our commands. */
const READINGS = 2;

/** The readers of the computer by PC/SC: a CPS may be in any of them, a Vitale card in another. */
export class PcscCardReader implements CardReader {
  private readonly sessions = new Set<PcscCardSession>();
  private readonly turns = new Turns();
  /** Tries left as last read, and of which card. */
  private lastTries: { readonly cardId: string; readonly left: number } | null = null;
  private known: { readonly key: string; readonly card: OpenedCard } | null = null;
  /** What an unknown card was found to be, by insertion. */
  private named: { readonly key: string; readonly errorCode: string } | null = null;

  /**
   * @param models by family; a family without table is an unknown card.
   * @param name of the only reader that is looked at; null for all.
   */
  constructor(
    private readonly transport: PcscTransport,
    private readonly models: ReadonlyMap<CardFamily, CardCommands>,
    private readonly name: string | null = null,
  ) {}

  async status(): Promise<ReaderStatus> {
    let choice: Choice;
    try {
      choice = await this.choose();
      if (choice.kind === 'none') return { state: 'no-reader' };
      if (choice.kind === 'empty') return { state: 'no-card', reader: choice.reader.name };
      if (choice.kind === 'refused') return { state: 'not-a-cps', reader: choice.reader.name, errorCode: choice.errorCode };
      const { cardId, keypad, identity, ...card } = await this.look(choice.reader, choice.model);
      const { holder, validUntil } = identity;
      const tries = await this.tries(cardId, card.reader, choice.model);
      return { state: 'card', reader: card.reader, cardId, holder, ...tries, keypad, validUntil };
    } catch (error) {
      const known =
        error instanceof CardStatusError && error.status !== 0 ? new VitaleError('CPS-016', {}, { cause: error }) : asCardError(error);
      if (isVitaleError(known) && known.code.startsWith('CPS-')) return this.refusal(known.code);
      if (isVitaleError(known, 'LEC-003')) return { state: 'no-reader' };
      // Taken out while it was read.
      if (isVitaleError(known, 'LEC-004')) return this.emptied();
      if (isVitaleError(known) && known.code.startsWith('LEC-')) return { state: 'unavailable', errorCode: known.code };
      throw known;
    }
  }

  watch(changed: () => void): () => void {
    return this.transport.watch(changed);
  }

  async open(): Promise<PcscCardSession> {
    try {
      const choice = await this.choose();
      if (choice.kind === 'none') throw new VitaleError('LEC-001');
      if (choice.kind === 'empty') throw new VitaleError('CPS-001');
      if (choice.kind === 'refused') throw new VitaleError(choice.errorCode);
      const card = await this.look(choice.reader, choice.model);
      const session = new PcscCardSession(this.transport, this.turns, choice.model, card, (closed) => this.sessions.delete(closed));
      this.sessions.add(session);
      return session;
    } catch (error) {
      const known = asCardError(error);
      throw isVitaleError(known, 'LEC-004') ? new VitaleError('CPS-001', {}, { cause: known }) : known;
    }
  }

  async dispose(): Promise<void> {
    for (const session of [...this.sessions]) await session.close();
    await this.transport.dispose();
  }

  private async choose(): Promise<Choice> {
    const all = await this.transport.listReaders();
    for (const session of [...this.sessions]) await session.seen(all);
    const readers = all.filter(({ name }) => this.name === null || name === this.name);
    const choices = readers.map((reader): Choice => {
      if (reader.atr === null) return { kind: 'empty', reader };
      if (reader.atr.length === 0) return { kind: 'refused', reader, errorCode: 'CPS-002' };
      const recognised = recogniseCard(reader.atr);
      if (!recognised.usable) return { kind: 'refused', reader, errorCode: recognised.errorCode };
      const model = this.models.get(recognised.family);
      return model === undefined ? { kind: 'refused', reader, errorCode: 'CPS-020' } : { kind: 'usable', reader, model };
    });
    // A Vitale card in its own reader is no reason to refuse the CPS of the other; an empty reader says less than a refused card.
    const of = (kind: Choice['kind']): Choice | undefined => choices.find((choice) => choice.kind === kind);
    const choice = of('usable') ?? of('refused') ?? of('empty') ?? { kind: 'none' };
    return choice.kind === 'refused' && choice.errorCode === 'CPS-020'
      ? { ...choice, errorCode: await this.nameOf(choice.reader) }
      : choice;
  }

  /** What an unknown card is, asked once for each insertion. */
  private async nameOf(reader: ReaderState): Promise<string> {
    const key = insertionOf(reader);
    if (this.named?.key !== key) this.named = { key, errorCode: await this.turns.run(() => nameUnknownCard(this.transport, reader.name)) };
    return this.named.errorCode;
  }

  /** Reads the card, once for each insertion. */
  private async look(reader: ReaderState, model: CardCommands): Promise<OpenedCard> {
    const key = insertionOf(reader);
    if (this.known?.key === key) return this.known.card;
    const { identity, keypad } = await this.shared(reader.name, model, async (channel, connection) => ({
      identity: await readIdentity(channel),
      keypad: (await keypadOf(connection)) !== null,
    }));
    const cardId = createHash('sha256').update(`${key}\n${identity.fingerprint}`).digest('hex').slice(0, 16);
    const card = { reader: reader.name, insertion: reader.insertion, cardId, identity, keypad };
    this.known = { key, card };
    return card;
  }

  private async tries(
    cardId: string,
    reader: string,
    model: CardCommands,
  ): Promise<{ readonly triesLeft: number; readonly maxTries: number }> {
    const session = [...this.sessions].find((open) => open.cardId === cardId);
    if (session?.isUnlocking === true && this.lastTries?.cardId === cardId)
      return { triesLeft: this.lastTries.left, maxTries: model.maxTries };
    const left = session === undefined ? await this.shared(reader, model, triesLeft) : await session.triesLeft();
    this.lastTries = { cardId, left };
    return { triesLeft: left, maxTries: model.maxTries };
  }

  private shared<T>(reader: string, model: CardCommands, work: (channel: CardChannel, connection: PcscCard) => Promise<T>): Promise<T> {
    return this.turns.run(() => this.sharedNow(reader, model, work));
  }

  private async sharedNow<T>(
    reader: string,
    model: CardCommands,
    work: (channel: CardChannel, connection: PcscCard) => Promise<T>,
  ): Promise<T> {
    for (let reading = 1; ; reading += 1) {
      const card = await this.transport.connect(reader, 'shared');
      try {
        const channel = new CardChannel(card, model);
        await channel.open();
        return await work(channel, card);
      } catch (error) {
        if (error instanceof CardStatusError && error.status !== 0) throw new VitaleError('CPS-016', {}, { cause: error });
        if (reading === READINGS || !(error instanceof PcscError) || error.fault !== 'reset') throw error;
      } finally {
        await card.disconnect('leave');
      }
    }
  }

  private async refusal(errorCode: string): Promise<ReaderStatus> {
    const choice = await this.choose();
    return choice.kind === 'none' ? { state: 'no-reader' } : { state: 'not-a-cps', reader: choice.reader.name, errorCode };
  }

  private async emptied(): Promise<ReaderStatus> {
    const choice = await this.choose();
    return choice.kind === 'none' ? { state: 'no-reader' } : { state: 'no-card', reader: choice.reader.name };
  }
}
