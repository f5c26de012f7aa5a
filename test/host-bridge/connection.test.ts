import type { Socket } from 'node:net';
import { BridgeError } from '../../src/host-bridge/bridge-error';
import { Connection, type ConnectionHandlers, type ConnectionOptions } from '../../src/host-bridge/connection';
import { HostInfoRequest, ProgressNotification } from '../../src/host-bridge/host-messages';
import { NativeLibrary } from '../../src/host-bridge/native-library';
import { buildNative } from '../native/build';
import { frame, frameReader, KIND, RawHost, TOKEN, welcome } from './support/wire';

type Seen = [kind: number, correlation: bigint, name: string, payload: string];

const library = NativeLibrary.load(buildNative().bridge);
let host: RawHost;
let socket: Socket;
let seen: Seen[];
let connection: Connection;

async function connect(handlers: Partial<ConnectionHandlers> = {}, options: ConnectionOptions = {}): Promise<void> {
  seen = [];
  const ready = new Promise<void>((resolve) => {
    void RawHost.start((made) => {
      socket = made;
      socket.once('data', () => {
        socket.on(
          'data',
          frameReader(0, (...fields) => seen.push(fields)),
        );
        socket.write(welcome());
        resolve();
      });
    }).then(async (started) => {
      host = started;
      const link = await library.connect({ endpoint: host.endpoint, token: TOKEN });
      connection = new Connection(
        link,
        { request: async () => ({}), describeError: (error) => ({ code: (error as BridgeError).code, message: 'told' }), ...handlers },
        options,
      );
    });
  });
  await ready;
  while ((connection as Connection | undefined) === undefined) {
    await pause(1);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('It did not happen');
    await pause(2);
  }
}
const request = (correlation: bigint, name: string, payload = '{}'): Buffer => frame({ kind: KIND.request, correlation, name, payload });

afterEach(async () => {
  await connection.close();
  connection = undefined as unknown as Connection;
  await host.stop();
});

describe('a connection to the host', () => {
  it('answers requests with the correlation they came with, in the order the answers are ready', async () => {
    await connect({
      request: async (name, params) => {
        if (name === 'slow') await pause(60);
        return { name, params };
      },
    });
    socket.write(Buffer.concat([request(1n, 'slow', '{"n":1}'), request(2n, 'quick', '{"n":2}')]));
    await until(() => seen.length === 2);
    expect(seen).toEqual([
      [KIND.reply, 2n, '', '{"name":"quick","params":{"n":2}}'],
      [KIND.reply, 1n, '', '{"name":"slow","params":{"n":1}}'],
    ]);
  });

  it('turns a failing handler and a payload that is no JSON into error answers', async () => {
    await connect({
      request: async (name) => {
        throw new BridgeError('no-handler', name);
      },
    });
    socket.write(Buffer.concat([request(1n, 'x'), request(2n, 'x', '{"a":')]));
    await until(() => seen.length === 2);
    expect(seen.map(([kind, correlation, , payload]) => [kind, correlation, payload]).sort((a, b) => Number(a[1]) - Number(b[1]))).toEqual([
      [KIND.error, 1n, '{"code":"no-handler","message":"told"}'],
      [KIND.error, 2n, '{"code":"bad-payload","message":"told"}'],
    ]);
  });

  it('aborts the signal of a request the host cancels, and of every one when the host goes', async () => {
    const aborted: string[] = [];
    await connect({
      request: (name, _params, signal) =>
        new Promise((resolve) =>
          signal.addEventListener('abort', () => {
            aborted.push(`${name} ${(signal.reason as BridgeError).code}`);
            resolve({});
          }),
        ),
    });
    socket.write(Buffer.concat([request(1n, 'first'), request(2n, 'second'), frame({ kind: KIND.cancel, correlation: 1n })]));
    await until(() => aborted.length === 1);
    socket.destroy();
    expect(await connection.ended).toBe('LOGOSW_E_CLOSED');
    expect(aborted).toEqual(['first cancelled', 'second closed']);
  });

  it('matches answers to its own requests, whatever their order; errors arrive with the code of the other side', async () => {
    await connect();
    const first = connection.request(HostInfoRequest, {});
    const second = connection.request(HostInfoRequest, {});
    const third = connection.request(HostInfoRequest, {});
    const outcomes = Promise.allSettled([first, second, third]);
    await until(() => seen.length === 3);
    socket.write(frame({ kind: KIND.reply, correlation: 2n, payload: '{"name":"two"}' }));
    socket.write(frame({ kind: KIND.reply, correlation: 99n, payload: '{"name":"nobody"}' }));
    socket.write(frame({ kind: KIND.error, correlation: 1n, code: -1, payload: '{"code":"X-1","message":"non"}' }));
    socket.write(frame({ kind: KIND.reply, correlation: 3n, payload: 'not json' }));
    expect(await outcomes).toMatchObject([
      { status: 'rejected', reason: { code: 'remote', message: 'non', details: { result: -1, code: 'X-1' } } },
      { status: 'fulfilled', value: { name: 'two' } },
      { status: 'rejected', reason: { code: 'bad-payload' } },
    ]);
  });

  it('gives up a request at its time or on demand, and tells the host', async () => {
    await connect();
    await expect(connection.request(HostInfoRequest, {}, { timeoutMs: 40 })).rejects.toMatchObject({ code: 'timeout' });
    const controller = new AbortController();
    const waiting = connection.request(HostInfoRequest, {}, { signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    await until(() => seen.length === 4);
    expect(seen.map(([kind, correlation]) => [kind, correlation])).toEqual([
      [KIND.request, 1n],
      [KIND.cancel, 1n],
      [KIND.request, 2n],
      [KIND.cancel, 2n],
    ]);
  });

  it('rejects what is still waited for when the host goes', async () => {
    await connect();
    const waiting = connection.request(HostInfoRequest, {});
    await until(() => seen.length === 1);
    socket.destroy();
    await expect(waiting).rejects.toMatchObject({ code: 'closed' });
    await expect(connection.notify(ProgressNotification, { id: 'p', phase: 'end' })).rejects.toMatchObject({ code: 'closed' });
  });

  it('says why it ended when the host breaks the protocol', async () => {
    await connect();
    socket.write('nonsense nonsense nonsense nonsense');
    expect(await connection.ended).toBe('LOGOSW_E_PROTOCOL');
  });

  it('answers busy above its limit of requests at one time', async () => {
    await connect({ request: () => pause(100) }, { maxConcurrentRequests: 2 });
    socket.write(Buffer.concat([request(1n, 'a'), request(2n, 'b'), request(3n, 'c')]));
    await until(() => seen.length === 3);
    expect(seen.map(([kind, correlation]) => [kind, correlation])).toEqual([
      [KIND.error, 3n],
      [KIND.reply, 1n],
      [KIND.reply, 2n],
    ]);
    expect(seen[0]![3]).toContain('busy');
  });

  it('keeps the order of messages while the host holds it back', async () => {
    await connect();
    socket.pause();
    const text = 'x'.repeat(400_000);
    const sent = Promise.all(
      Array.from({ length: 40 }, (_, done) => connection.notify(ProgressNotification, { id: 'p', phase: 'report', done, message: text })),
    );
    await pause(50);
    socket.resume();
    await sent;
    await until(() => seen.length === 40);
    expect(seen.map(([, , , payload]) => (JSON.parse(payload) as { done: number }).done)).toEqual(
      Array.from({ length: 40 }, (_, at) => at),
    );
  });

  it('lets timers and sockets have their turn under a flood of messages', async () => {
    await connect();
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const flood = Buffer.concat(Array.from({ length: 20_000 }, (_, at) => request(BigInt(at + 1), 'x', '{"some":"payload"}')));
    socket.write(flood);
    await until(() => seen.length === 20_000);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(10);
  });

  it('sends what is queued before it closes, and frees everything twice over without harm', async () => {
    await connect();
    const notes = Array.from({ length: 50 }, (_, done) => connection.notify(ProgressNotification, { id: 'p', phase: 'report', done }));
    await Promise.all([...notes, connection.close(), connection.close()]);
    await until(() => seen.length === 50);
    expect(await connection.ended).toBe('LOGOSW_E_CLOSED');
  });
});
