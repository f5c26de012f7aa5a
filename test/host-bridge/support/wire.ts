/** The wire format written down a second time, from docs/HOST-ABI.md, so that tests can play an honest or a hostile other side byte by byte. */
import { createServer, type Server, type Socket } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const TOKEN = '0123456789abcdef'.repeat(4);

export function hello(fields: { token?: string; abi?: number; maxMessage?: number; magic?: string; frameSize?: number } = {}): Buffer {
  const out = Buffer.alloc(64);
  out.write(fields.magic ?? 'LOGOSWH1', 0, 'latin1');
  out.writeUInt32LE(64, 8);
  out.writeUInt32LE(fields.abi ?? 1, 12);
  out.writeUInt32LE(fields.frameSize ?? 24, 16);
  out.writeUInt32LE(fields.maxMessage ?? 4194304, 20);
  out.write(fields.token ?? TOKEN, 32, 'hex');
  return out;
}

export function welcome(fields: { magic?: string; abi?: number; maxMessage?: number; status?: number } = {}): Buffer {
  const out = Buffer.alloc(24);
  out.write(fields.magic ?? 'LOGOSWW1', 0, 'latin1');
  out.writeUInt32LE(24, 8);
  out.writeUInt32LE(fields.abi ?? 1, 12);
  out.writeUInt32LE(fields.maxMessage ?? 4194304, 16);
  out.writeInt32LE(fields.status ?? 0, 20);
  return out;
}

export interface FrameFields {
  kind: number;
  correlation?: bigint;
  name?: string | Buffer;
  payload?: string | Buffer;
  code?: number;
  mark?: number;
  reserved?: number;
  payloadSize?: number;
  nameSize?: number;
}

export function frame(fields: FrameFields): Buffer {
  const name = Buffer.from(fields.name ?? '');
  const payload = Buffer.from(fields.payload ?? '');
  const head = Buffer.alloc(24);
  head.writeUInt8(fields.mark ?? 0xa5, 0);
  head.writeUInt8(fields.kind, 1);
  head.writeUInt16LE(fields.nameSize ?? name.length, 2);
  head.writeUInt32LE(fields.payloadSize ?? payload.length, 4);
  head.writeBigUInt64LE(fields.correlation ?? 0n, 8);
  head.writeInt32LE(fields.code ?? 0, 16);
  head.writeUInt32LE(fields.reserved ?? 0, 20);
  return Buffer.concat([head, name, payload]);
}

export const KIND = { request: 1, reply: 2, error: 3, notification: 4, cancel: 5 } as const;

/** Frames that break the protocol, each in its own way. */
export const BROKEN_FRAMES: readonly (readonly [string, Buffer])[] = [
  ['a wrong mark', frame({ kind: KIND.notification, name: 'n', mark: 0x00 })],
  ['an unknown kind', frame({ kind: 9, correlation: 1n })],
  ['kind 0', frame({ kind: 0 })],
  ['a local kind', frame({ kind: 16 })],
  ['a request without a name', frame({ kind: KIND.request, correlation: 1n })],
  ['a request without correlation', frame({ kind: KIND.request, name: 'n' })],
  ['a notification with correlation', frame({ kind: KIND.notification, name: 'n', correlation: 3n })],
  ['a reply with a name', frame({ kind: KIND.reply, correlation: 1n, name: 'n' })],
  ['a reply with a code', frame({ kind: KIND.reply, correlation: 1n, code: -3 })],
  ['a name of 201 bytes', frame({ kind: KIND.notification, name: 'x'.repeat(201) })],
  ['a name that is not UTF-8', frame({ kind: KIND.notification, name: Buffer.from([0xc3, 0x28]) })],
  ['a name with a zero', frame({ kind: KIND.notification, name: Buffer.from([65, 0, 66]) })],
  ['a payload that is not UTF-8', frame({ kind: KIND.notification, name: 'n', payload: Buffer.from([0x7b, 0xff, 0x7d]) })],
  ['a payload with an encoded surrogate', frame({ kind: KIND.notification, name: 'n', payload: Buffer.from([0xed, 0xa0, 0x80]) })],
  ['an overlong encoding', frame({ kind: KIND.notification, name: 'n', payload: Buffer.from([0xc0, 0xaf]) })],
  ['a size above the limit', frame({ kind: KIND.notification, name: 'n', payloadSize: 4194305 })],
  ['the largest size there is', frame({ kind: KIND.notification, name: 'n', payloadSize: 0xffffffff })],
  ['reserved bytes', frame({ kind: KIND.notification, name: 'n', reserved: 1 })],
  ['the end in the middle of a header', frame({ kind: KIND.notification, name: 'n' }).subarray(0, 10)],
  ['the end in the middle of a payload', frame({ kind: KIND.notification, name: 'n', payload: '{"a":1}' }).subarray(0, 28)],
  ['plain text', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
];

/** A host made of raw bytes: a Unix socket on which the add-in face connects. */
export class RawHost {
  readonly endpoint: string;
  readonly #folder = mkdtempSync(path.join(os.tmpdir(), 'raw-host-'));
  readonly #server: Server;
  readonly #sockets: Socket[] = [];

  private constructor(onConnection: (socket: Socket) => void) {
    this.endpoint = path.join(this.#folder, 's');
    this.#server = createServer((socket) => {
      this.#sockets.push(socket);
      socket.on('error', () => undefined);
      onConnection(socket);
    });
  }

  static async start(onConnection: (socket: Socket) => void): Promise<RawHost> {
    const host = new RawHost(onConnection);
    await new Promise<void>((resolve) => host.#server.listen(host.endpoint, resolve));
    return host;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Splits what came into frames, after `skip` bytes of handshake. */
export function frameReader(
  skip: number,
  onFrame: (kind: number, correlation: bigint, name: string, payload: string) => void,
): (chunk: Buffer) => void {
  let held = Buffer.alloc(0);
  let left = skip;
  return (chunk) => {
    held = Buffer.concat([held, chunk]);
    const skipped = Math.min(left, held.length);
    held = held.subarray(skipped);
    left -= skipped;
    while (left === 0 && held.length >= 24) {
      const nameSize = held.readUInt16LE(2);
      const end = 24 + nameSize + held.readUInt32LE(4);
      if (held.length < end) return;
      onFrame(
        held.readUInt8(1),
        held.readBigUInt64LE(8),
        held.toString('utf8', 24, 24 + nameSize),
        held.toString('utf8', 24 + nameSize, end),
      );
      held = held.subarray(end);
    }
  };
}
