import { VitaleError } from '../../domain/errors';
import type { PcscCard } from '../pcsc/transport';
import type { CardCommands } from './card-commands';
import { parseTlv } from './tlv';

/** What a card answered: its data and its status word. */
export interface Answer {
  readonly data: Buffer;
  readonly status: number;
}

const OK = 0x9000;
const NOT_FOUND = 0x6a82;
const CHANNEL_LOST = 0x6881;
const SECURITY_STATUS = 0x6982;
const END_OF_FILE: readonly number[] = [0x6282, 0x6b00];
/** Longer files are not read: no file of a CPS is. */
const MOST_BYTES = 32_768;

export const bytesOf = (hex: string): Buffer => Buffer.from(hex, 'hex');

/** A status word nobody expected at this point: the card refuses what its model should accept. */
export class CardStatusError extends Error {
  constructor(readonly status: number) {
    super(`the card answered ${status.toString(16)}`);
    this.name = 'CardStatusError';
  }
}

/** Commands to one model of card over one connection. Errors: PcscError of the transport. */
export class CardChannel {
  constructor(
    private readonly card: PcscCard,
    readonly model: CardCommands,
  ) {}

  /** Opens the application of the card. Errors: CPS-016 when it has none. */
  async open(): Promise<void> {
    for (const command of this.model.open) {
      const { status } = await this.send(bytesOf(command));
      if (status !== OK) throw new VitaleError('CPS-016');
    }
  }

  /** Sends one command and fetches the rest of a long answer. A reading with a wrong length is asked again with the right one. */
  async send(command: Buffer): Promise<Answer> {
    let answer = await this.exchange(command);
    if (answer.status >> 8 === 0x6c)
      answer = await this.exchange(Buffer.concat([command.subarray(0, -1), Buffer.from([answer.status & 0xff])]));
    const parts = [answer.data];
    while (answer.status >> 8 === 0x61 && parts.length < MOST_BYTES / 256) {
      answer = await this.exchange(Buffer.concat([bytesOf(this.model.cla), bytesOf('C00000'), Buffer.from([answer.status & 0xff])]));
      parts.push(answer.data);
    }
    return { data: Buffer.concat(parts), status: answer.status };
  }

  /** The same where nothing but success is expected. Errors: {@link CardStatusError}. */
  async mustSend(command: Buffer): Promise<Buffer> {
    const { data, status } = await this.send(command);
    if (status !== OK) throw new CardStatusError(status);
    return data;
  }

  /** @returns the content of a file, null when the card has none. Errors: {@link CardStatusError}, 6982 before the code. */
  async read(path: string): Promise<Buffer | null> {
    const status = await this.select(path);
    if (status === NOT_FOUND) return null;
    if (status !== OK) throw new CardStatusError(status);
    let content = Buffer.alloc(0);
    for (;;) {
      const le = this.model.mostRead & 0xff;
      const answer = await this.send(
        Buffer.concat([bytesOf(`${this.model.cla}B0`), Buffer.from([content.length >> 8, content.length & 0xff, le])]),
      );
      if (answer.status !== OK && !END_OF_FILE.includes(answer.status)) throw new CardStatusError(answer.status);
      content = Buffer.concat([content, answer.data]);
      // Where a card fills its files, the object in front says where the content ends.
      if (answer.status !== OK || answer.data.length < this.model.mostRead || content.length >= MOST_BYTES) return content;
    }
  }

  /** The objects of a file; null when it is absent, empty or not made of objects. */
  async readObjects(path: string): Promise<ReturnType<typeof parseTlv>> {
    const content = await this.read(path);
    const objects = content === null ? null : parseTlv(content);
    return objects === null || objects.length === 0 ? null : objects;
  }

  /** Selects a file by its path (`0001/D110`, empty: the root). @returns the status word. */
  async select(path: string): Promise<number> {
    const names = path === '' ? [] : path.split('/');
    if (this.model.selection === 'path') return this.selectByPath(names);
    // The last name alone succeeds when its folder is current already.
    const direct = await this.selectChild(names.at(-1) ?? '');
    if (direct !== NOT_FOUND && direct !== CHANNEL_LOST) return direct;
    await this.open();
    let status = OK;
    for (const name of names) {
      status = await this.selectChild(name);
      if (status !== OK) break;
    }
    return status;
  }

  private async selectByPath(names: readonly string[]): Promise<number> {
    const whole = bytesOf(['3F00', ...names].join(''));
    const { status } = await this.send(Buffer.concat([bytesOf(`${this.model.cla}A4090C`), Buffer.from([whole.length]), whole]));
    return status;
  }

  private async selectChild(name: string): Promise<number> {
    const { status } = await this.send(bytesOf(`${this.model.cla}A4000C02${name}`));
    return status;
  }

  private async exchange(command: Buffer): Promise<Answer> {
    const answer = await this.card.transmit(command);
    if (answer.length < 2) throw new CardStatusError(0);
    return { data: answer.subarray(0, -2), status: answer.readUInt16BE(answer.length - 2) };
  }
}

/** True for the answer of a protected file or key before the code. */
export const needsCode = (error: unknown): boolean => error instanceof CardStatusError && error.status === SECURITY_STATUS;
