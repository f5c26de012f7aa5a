import type { Socket } from 'node:net';
import { isBridgeError } from '../../src/host-bridge/bridge-error';
import { NativeLibrary, type Message, type NativeConnection } from '../../src/host-bridge/native-library';
import { buildNative } from '../native/build';
import { BROKEN_FRAMES, frame, frameReader, hello, KIND, RawHost, TOKEN, welcome } from './support/wire';

const library = NativeLibrary.load(buildNative().bridge);
let host: RawHost | undefined;
let connection: NativeConnection | undefined;

/** A host that answers the greeting and then does as told. */
async function connectTo(play: (socket: Socket) => void, answer = welcome()): Promise<NativeConnection> {
  host = await RawHost.start((socket) => {
    socket.once('data', () => {
      socket.write(answer);
      play(socket);
    });
  });
  connection = await library.connect({ endpoint: host.endpoint, token: TOKEN, timeoutMs: 1000 });
  return connection;
}

async function fails(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'nothing',
    (error: unknown) => (isBridgeError(error) ? [error.code, error.details['result']] : error),
  );
}

afterEach(async () => {
  await connection?.disconnect(0);
  connection?.release();
  connection = undefined;
  await host?.stop();
  host = undefined;
});

describe('the add-in face: handshake', () => {
  it('greets with exactly the bytes of the documented format', async () => {
    const greeting = new Promise<Buffer>((resolve) => {
      void RawHost.start((socket) => {
        socket.once('data', (chunk) => {
          resolve(chunk);
          socket.write(welcome());
        });
      }).then(async (started) => {
        host = started;
        connection = await library.connect({ endpoint: started.endpoint, token: TOKEN });
      });
    });
    expect(await greeting).toEqual(hello());
    while (connection === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(connection.maxMessageBytes).toBe(4194304);
  });

  it.each([
    ['that refuses the token', welcome({ status: -7 }), 'LOGOSW_E_TOKEN'],
    ['of another version', welcome({ status: -6 }), 'LOGOSW_E_VERSION'],
    ['that says it is of another version', welcome({ abi: 9 }), 'LOGOSW_E_VERSION'],
    ['with an unknown status', welcome({ status: 5 }), 'LOGOSW_E_PROTOCOL'],
    ['that raises the limit', welcome({ maxMessage: 8388608 }), 'LOGOSW_E_PROTOCOL'],
    ['with no room for a message', welcome({ maxMessage: 10 }), 'LOGOSW_E_PROTOCOL'],
    ['that is something else', Buffer.from('HTTP/1.1 400 Bad Request'), 'LOGOSW_E_PROTOCOL'],
    ['that sends half an answer', welcome().subarray(0, 10), 'LOGOSW_E_CLOSED'],
    ['that hangs up', Buffer.alloc(0), 'LOGOSW_E_CLOSED'],
  ])('refuses a host %s', async (_name, answer, expected) => {
    expect(await fails(connectTo((socket) => socket.end(), answer))).toEqual(['connect', expected]);
  });

  it('gives up at its time on a host that says nothing', async () => {
    host = await RawHost.start(() => undefined);
    const began = Date.now();
    expect(await fails(library.connect({ endpoint: host.endpoint, token: TOKEN, timeoutMs: 200 }))).toEqual([
      'connect',
      'LOGOSW_E_TIMEOUT',
    ]);
    expect(Date.now() - began).toBeLessThan(1500);
  });

  it('refuses a token that is none, and an address where nobody is', async () => {
    expect(await fails(library.connect({ endpoint: '/nowhere/at/all', token: TOKEN }))).toEqual(['connect', 'LOGOSW_E_IO']);
    for (const token of ['', 'ab', 'g'.repeat(64), 'a'.repeat(65)]) {
      expect(await fails(library.connect({ endpoint: '/nowhere', token }))).toEqual(['connect', 'LOGOSW_E_ARGUMENT']);
    }
  });
});

describe('the add-in face: messages', () => {
  it.each(BROKEN_FRAMES)('hands over what came before %s, then ends with a protocol error', async (_name, bytes) => {
    const good = frame({ kind: KIND.request, correlation: 5n, name: 'good', payload: '{"é":1}' });
    const link = await connectTo((socket) => socket.end(Buffer.concat([good, bytes])));
    expect(await link.receive(2000)).toEqual({ kind: 'request', correlation: 5n, code: 0, name: 'good', payload: '{"é":1}' });
    expect(await fails(link.receive(2000))).toEqual(['closed', -5]);
    expect(link.lastError()).toBe('LOGOSW_E_PROTOCOL');
    expect(() => link.tryReceive()).toThrow('ended');
  });

  it('waits for a message without stopping the event loop', async () => {
    const link = await connectTo((socket) => void setTimeout(() => socket.write(frame({ kind: KIND.notification, name: 'late' })), 400));
    let ticks = 0;
    const timer = setInterval(() => ticks++, 10);
    expect(await link.receive(5000)).toMatchObject({ name: 'late' });
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(20);
  });

  it('answers null when nothing came in the time given', async () => {
    const link = await connectTo(() => undefined);
    expect(await link.receive(50)).toBeNull();
    expect(link.tryReceive()).toBeNull();
  });

  it('reads messages of any size up to the limit, also byte by byte', async () => {
    const payload = JSON.stringify('ç'.repeat(500_000));
    const link = await connectTo((socket) => {
      const slow = frame({ kind: KIND.reply, correlation: 0xfffffffffffffffen, payload: '{}' });
      void (async () => {
        for (const byte of slow) {
          socket.write(Buffer.from([byte]));
          await new Promise((resolve) => setImmediate(resolve));
        }
        socket.write(frame({ kind: KIND.notification, name: 'big', payload }));
      })();
    });
    expect(await link.receive(5000)).toMatchObject({ correlation: 0xfffffffffffffffen, payload: '{}' });
    const big = await link.receive(5000);
    expect(big?.payload === payload).toBe(true);
  });

  it('sends what the format says, in the order of the calls', async () => {
    const seen: unknown[] = [];
    const link = await connectTo((socket) =>
      socket.on(
        'data',
        frameReader(0, (...fields) => seen.push(fields)),
      ),
    );
    const messages: Message[] = [
      { kind: 'request', correlation: 1n, code: 0, name: 'ask', payload: '{"a":"€"}' },
      { kind: 'notification', correlation: 0n, code: 0, name: 'tell', payload: '' },
      { kind: 'cancel', correlation: 1n, code: 0, name: '', payload: '' },
    ];
    for (const message of messages) expect(link.trySend(message)).toBe(true);
    await link.send({ kind: 'error', correlation: 9n, code: -1, name: '', payload: '{}' }, 1000);
    while (seen.length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(seen).toEqual([
      [KIND.request, 1n, 'ask', '{"a":"€"}'],
      [KIND.notification, 0n, 'tell', ''],
      [KIND.cancel, 1n, '', ''],
      [KIND.error, 9n, '', '{}'],
    ]);
  });

  it('holds back a sender whose host reads nothing: no room, then BUSY at its time, and nothing is half sent', async () => {
    let received = 0;
    let reader: Socket | undefined;
    const link = await connectTo((socket) => {
      reader = socket;
      socket.pause();
    });
    const payload = JSON.stringify('x'.repeat(1_000_000));
    const big: Message = { kind: 'notification', correlation: 0n, code: 0, name: 'big', payload };
    let sent = 0;
    while (link.trySend(big)) sent++;
    expect(sent).toBeLessThan(12);
    expect(await fails(link.send(big, 150))).toEqual(['busy', -8]);
    reader!.on(
      'data',
      frameReader(0, (_kind, _correlation, _name, text) => {
        if (text === payload) received++;
      }),
    );
    reader!.resume();
    await link.send(big, 5000);
    while (received < sent + 1) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(received).toBe(sent + 1);
  });

  it('refuses a message larger than agreed', async () => {
    const link = await connectTo(() => undefined, welcome({ maxMessage: 2048 }));
    expect(link.maxMessageBytes).toBe(2048);
    const message: Message = { kind: 'notification', correlation: 0n, code: 0, name: 'n', payload: 'x'.repeat(2048) };
    expect(() => link.trySend(message)).toThrow(expect.objectContaining({ code: 'too-large' }) as Error);
  });

  it('tells a sender and a receiver that the host is gone', async () => {
    const link = await connectTo((socket) => socket.destroy());
    expect(await fails(link.receive(2000))).toEqual(['closed', -4]);
    const message: Message = { kind: 'notification', correlation: 0n, code: 0, name: 'n', payload: '{}' };
    expect(() => link.trySend(message)).toThrow(expect.objectContaining({ code: 'closed' }) as Error);
  });
});
