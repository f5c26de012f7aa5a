import { createHash } from 'node:crypto';
import { isVitaleError, VitaleError } from '../../domain/errors';
import { recogniseCard, type CardFamily } from '../card-models';
import { PcscError, type PcscTransport, type ReaderState } from '../pcsc/transport';
import type { CardReader, ReaderStatus } from '../port';
import type { CardCommands } from './card-commands';
import { CardChannel, CardStatusError } from './channel';
import { triesLeft } from './code-entry';
import { readIdentity, type CardIdentity } from './content';
import { asCardError } from './errors';
import { PcscCardSession, type OpenedCard } from './session';

/** The card one would use among all readers, or the reason why there is none. */
type Choice =
  | { readonly kind: 'usable'; readonly reader: ReaderState; readonly model: CardCommands }
  | { readonly kind: 'refused'; readonly reader: ReaderState; readonly errorCode: string }
  | { readonly kind: 'empty'; readonly reader: ReaderState }
  | { readonly kind: 'none' };

/** Another program may reset a shared card between two of our commands. */
const READINGS = 2;

/** The readers of the computer by PC/SC: a CPS may be in any of them, a Vitale card in another. */
export class PcscCardReader implements CardReader {
  private readonly sessions = new Set<PcscCardSession>();
  private known: { readonly key: string; readonly card: OpenedCard } | null = null;

  /** @param models by family; a family without table is an unknown card. */
  constructor(
    private readonly transport: PcscTransport,
    private readonly models: ReadonlyMap<CardFamily, CardCommands>,
  ) {}

  async status(): Promise<ReaderStatus> {
    let choice: Choice;
    try {
      choice = await this.choose();
      if (choice.kind === 'none') return { state: 'no-reader' };
      if (choice.kind === 'empty') return { state: 'no-card', reader: choice.reader.name };
      if (choice.kind === 'refused') return { state: 'not-a-cps', reader: choice.reader.name, errorCode: choice.errorCode };
      const card = await this.look(choice.reader, choice.model);
      const { name } = choice.reader;
      return { state: 'card', reader: name, cardId: card.cardId, holder: card.identity.holder, ...(await this.tries(card, choice.model)) };
    } catch (error) {
      const known =
        error instanceof CardStatusError && error.status !== 0 ? new VitaleError('CPS-016', {}, { cause: error }) : asCardError(error);
      if (isVitaleError(known) && known.code.startsWith('CPS-')) return this.refusal(known.code);
      if (isVitaleError(known, 'LEC-003')) return { state: 'no-reader' };
      // Taken out while it was read.
      if (isVitaleError(known, 'LEC-004')) return this.emptied();
      throw known;
    }
  }

  async open(): Promise<PcscCardSession> {
    try {
      const choice = await this.choose();
      if (choice.kind === 'none') throw new VitaleError('LEC-001');
      if (choice.kind === 'empty') throw new VitaleError('CPS-001');
      if (choice.kind === 'refused') throw new VitaleError(choice.errorCode);
      const card = await this.look(choice.reader, choice.model);
      const session = new PcscCardSession(this.transport, choice.model, card, (closed) => this.sessions.delete(closed));
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
    const readers = await this.transport.listReaders();
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
    return of('usable') ?? of('refused') ?? of('empty') ?? { kind: 'none' };
  }

  /** Reads the card, once for each insertion. */
  private async look(reader: ReaderState, model: CardCommands): Promise<OpenedCard> {
    const key = `${reader.name}\n${reader.insertion}`;
    if (this.known?.key === key) return this.known.card;
    const identity: CardIdentity = await this.shared(reader.name, model, (channel) => readIdentity(channel));
    const cardId = createHash('sha256').update(`${key}\n${identity.fingerprint}`).digest('hex').slice(0, 16);
    const card = { reader: reader.name, insertion: reader.insertion, cardId, identity };
    this.known = { key, card };
    return card;
  }

  private async tries(card: OpenedCard, model: CardCommands): Promise<{ readonly triesLeft: number; readonly maxTries: number }> {
    const session = [...this.sessions].find(({ cardId }) => cardId === card.cardId);
    const left = session === undefined ? await this.shared(card.reader, model, triesLeft) : await session.triesLeft();
    return { triesLeft: left, maxTries: model.maxTries };
  }

  private async shared<T>(reader: string, model: CardCommands, work: (channel: CardChannel) => Promise<T>): Promise<T> {
    for (let reading = 1; ; reading += 1) {
      const card = await this.transport.connect(reader, 'shared');
      try {
        const channel = new CardChannel(card, model);
        await channel.open();
        return await work(channel);
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
