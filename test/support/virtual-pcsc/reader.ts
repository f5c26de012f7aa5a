/** The far side of the driver in native/virtual-reader: a slot with a card in it or not, and a keypad, over TCP on loopback. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { VirtualCard } from './card';
import { KEYPAD, readStructure, typed, type KeypadRequest, type Typing } from './keypad';

const NOTHING = Buffer.alloc(0);

export class VirtualPcscReader {
  card: VirtualCard | null = null;
  /** Every command the card was given, the digits of codes left out. */
  readonly commands: string[] = [];
  /** What the keypad was asked. */
  readonly keypadRequests: KeypadRequest[] = [];
  private readonly typings: Typing[] = [];
  private readonly server: Server;
  private readonly links = new Set<Socket>();
  private pullAfter: number | null = null;
  private delayMs = 0;
  private port = 0;

  constructor(readonly kind: 'plain' | 'pinpad') {
    this.server = createServer((socket) => this.serve(socket));
  }

  /** Device name for the configuration of pcscd. */
  get device(): string {
    return `${this.kind}:${String(this.port)}`;
  }

  /** Listens on loopback; again on the same port after {@link unplug}. */
  async plug(): Promise<void> {
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  async unplug(): Promise<void> {
    for (const link of this.links) link.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  insert(card: VirtualCard): void {
    card.reset();
    this.card = card;
  }

  remove(): void {
    this.card?.reset();
    this.card = null;
  }

  /** The card is pulled out instead of answering the nth command from now (1: the next one). */
  pullAtCommand(nth: number | null): void {
    this.pullAfter = nth;
  }

  /** Each command takes this long. */
  slowDown(ms: number): void {
    this.delayMs = ms;
  }

  /** What the person will do on the keypad at the next entries. */
  willType(...typings: Typing[]): void {
    this.typings.push(...typings);
  }

  private serve(socket: Socket): void {
    socket.setNoDelay(true);
    this.links.add(socket);
    socket.on('close', () => this.links.delete(socket)).on('error', () => socket.destroy());
    let waiting = NOTHING;
    let turn = Promise.resolve();
    socket.on('data', (chunk: Buffer) => {
      waiting = Buffer.concat([waiting, chunk]);
      while (waiting.length >= 3 && waiting.length >= 3 + waiting.readUInt16BE(1)) {
        const end = 3 + waiting.readUInt16BE(1);
        const [type, payload] = [String.fromCharCode(waiting[0] ?? 0), waiting.subarray(3, end)];
        waiting = waiting.subarray(end);
        turn = turn.then(async () => {
          const reply = await this.reply(type, payload);
          const frame = Buffer.alloc(2 + reply.length);
          frame.writeUInt16BE(reply.length);
          reply.copy(frame, 2);
          if (!socket.destroyed) socket.write(frame);
        });
      }
    });
  }

  private async reply(type: string, payload: Buffer): Promise<Buffer> {
    switch (type) {
      case 'P':
        return Buffer.from([this.card === null ? 0 : 1]);
      case 'U':
        this.card?.reset();
        return this.card?.atr ?? NOTHING;
      case 'D':
        this.card?.reset();
        return NOTHING;
      case 'T':
        if (this.delayMs > 0) await sleep(this.delayMs);
        return this.toCard(payload);
      case 'V':
        return this.enter(payload);
      default:
        return NOTHING;
    }
  }

  private toCard(command: Buffer): Buffer {
    const isCode = command[1] === 0x20 && command.length > 5;
    this.commands.push(command.subarray(0, isCode ? 5 : command.length).toString('hex'));
    if (this.pullAfter !== null) {
      this.pullAfter -= 1;
      if (this.pullAfter === 0) {
        this.pullAfter = null;
        this.remove();
      }
    }
    return this.card?.answer(command) ?? NOTHING;
  }

  private async enter(structure: Buffer): Promise<Buffer> {
    const request = readStructure(structure);
    if (request === null) return KEYPAD.badStructure;
    this.keypadRequests.push(request);
    const typing: Typing = this.typings.shift() ?? { end: 'timeout' };
    if (typing.afterMs !== undefined) await sleep(typing.afterMs);
    await typing.when;
    const result = typed(request, typing);
    return 'status' in result ? (this.card === null ? NOTHING : result.status) : this.toCard(result.command);
  }
}
