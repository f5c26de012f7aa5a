import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { compileBridge } from './support/compiled';
import { HostFace, STATE, type HostFaceOptions } from './support/host-face';
import { BROKEN_FRAMES, frame, hello, KIND } from './support/wire';

const folder = mkdtempSync(path.join(os.tmpdir(), 'host-face-'));
const peer = path.join(compileBridge(), 'raw-peer.js');
const open: HostFace[] = [];

interface Script {
  chunks?: Buffer[];
  keepToken?: boolean;
  thenWaitMs?: number;
  pauseMs?: number;
  neverRead?: boolean;
  connections?: number;
}

function startPeer(script: Script, limits: HostFaceOptions['limits'] = {}): HostFace {
  const text = JSON.stringify({ ...script, chunks: (script.chunks ?? []).map((chunk) => chunk.toString('base64')) });
  const host = HostFace.open({ folder, arguments: [peer, text], limits: { start_timeout_ms: 5000, stop_timeout_ms: 1000, ...limits } });
  open.push(host);
  return host;
}

function startScript(script: string, limits: HostFaceOptions['limits'] = {}): HostFace {
  const host = HostFace.open({ folder, arguments: ['-e', script], limits: { start_timeout_ms: 2000, stop_timeout_ms: 500, ...limits } });
  open.push(host);
  return host;
}

afterEach(async () => {
  for (const host of open.splice(0)) await host.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the host face: handshake', () => {
  it('is ready when version and token are right, and leaves no socket behind', async () => {
    const script = `const s=JSON.parse(require('fs').readFileSync(0,'utf8'));require('fs').writeFileSync('where',s.endpoint);
      const c=require('net').connect(s.endpoint,()=>{const h=Buffer.from('${hello().toString('base64')}','base64');h.write(s.token,32,'hex');c.write(h)});c.resume()`;
    const host = startScript(script);
    expect(await host.waitReady()).toBe('LOGOSW_OK');
    expect(host.status()).toMatchObject({ state: STATE.ready, error: 0, exit_code: -1 });
    const where = readFileSync(path.join(folder, 'where'), 'utf8');
    expect(existsSync(where)).toBe(false);
    expect(existsSync(path.dirname(where))).toBe(false);
  });

  it('puts the socket into a folder that only this user can enter, and hands over nothing by argument or environment', async () => {
    const script = `const fs=require('fs');const s=JSON.parse(fs.readFileSync(0,'utf8'));const all=process.argv.join()+process.execArgv.join()+JSON.stringify(process.env);
      fs.writeFileSync('seen.json',JSON.stringify({folder:fs.statSync(require('path').dirname(s.endpoint)).mode&0o777,socket:fs.statSync(s.endpoint).mode&0o777,
      leaked:all.includes(s.token)||all.includes(s.endpoint),fds:fs.readdirSync('/proc/self/fd').length,token:s.token}))`;
    const host = startScript(script);
    await host.eventUntil((event) => event.code === STATE.failed);
    const seen = JSON.parse(readFileSync(path.join(folder, 'seen.json'), 'utf8')) as Record<string, unknown>;
    expect(seen).toMatchObject({ folder: 0o700, socket: 0o600, leaked: false });
    expect(seen['token']).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['a wrong token', hello({ token: 'ff'.repeat(32) }), true, 'LOGOSW_E_TOKEN'],
    ['a token of zeroes', hello({ token: '00'.repeat(32) }), true, 'LOGOSW_E_TOKEN'],
    ['another ABI version', hello({ abi: 2 }), false, 'LOGOSW_E_VERSION'],
    ['another header size', hello({ frameSize: 32 }), false, 'LOGOSW_E_VERSION'],
    ['other first bytes', hello({ magic: 'SSH-2.0-' }), false, 'LOGOSW_E_PROTOCOL'],
    ['half a greeting', hello().subarray(0, 20), false, 'LOGOSW_E_CLOSED'],
  ])('turns %s away', async (_name, bytes, keepToken, expected) => {
    const host = startPeer({ chunks: [bytes], keepToken });
    expect(await host.waitReady()).toBe(expected);
    expect(await host.eventUntil((event) => event.code === STATE.failed)).toMatchObject({ code: STATE.failed });
    expect(await host.nextEvent()).toBe('LOGOSW_E_CLOSED');
  });

  it('gives up on a process that never connects', async () => {
    const host = startScript('setTimeout(()=>{},60000)', { start_timeout_ms: 300, stop_timeout_ms: 100 });
    expect(await host.waitReady()).toBe('LOGOSW_E_TIMEOUT');
    expect((await host.eventUntil((event) => event.code === STATE.failed)) as object).toMatchObject({ code: STATE.failed });
    expect(host.status()).toMatchObject({ exit_signal: 15 });
  });

  it('gives up on a process that connects and says nothing', async () => {
    const host = startPeer({ chunks: [], thenWaitMs: 60_000 }, { start_timeout_ms: 400, stop_timeout_ms: 100 });
    expect(await host.waitReady()).toBe('LOGOSW_E_TIMEOUT');
  });

  it('notices at once that the process ended before it connected', async () => {
    const began = Date.now();
    const host = startScript('process.exit(7)', { start_timeout_ms: 20_000 });
    expect(await host.waitReady()).toBe('LOGOSW_E_CLOSED');
    expect(Date.now() - began).toBeLessThan(5000);
    await host.eventUntil((event) => event.code === STATE.failed);
    expect(host.status()).toMatchObject({ exit_code: 7, exit_signal: 0 });
  });

  it('says that a program cannot be started', () => {
    expect(() => HostFace.open({ folder, program: path.join(folder, 'missing'), arguments: [] })).toThrow('LOGOSW_E_START');
    expect(() => HostFace.open({ folder: path.join(folder, 'missing'), arguments: [] })).toThrow('LOGOSW_E_START');
    writeFileSync(path.join(folder, 'not-a-program'), 'x');
    expect(() => HostFace.open({ folder, program: path.join(folder, 'not-a-program'), arguments: [] })).toThrow('LOGOSW_E_START');
  });

  it('takes exactly one connection', async () => {
    const host = startPeer({
      chunks: [hello(), frame({ kind: KIND.notification, name: 'n', payload: '{}' })],
      connections: 3,
      thenWaitMs: 500,
    });
    expect(await host.waitReady()).toBe('LOGOSW_OK');
    let heard = 0;
    await host.eventUntil((event) => {
      if (event.kind === KIND.notification) heard++;
      return false;
    });
    expect(heard).toBe(1);
  });
});

describe('the host face against a hostile add-in', () => {
  it.each(BROKEN_FRAMES)('closes cleanly on %s', async (_name, bytes) => {
    const host = startPeer({ chunks: [hello(), frame({ kind: KIND.notification, name: 'before', payload: '{}' }), bytes], pauseMs: 5 });
    expect(await host.eventUntil((event) => event.kind === KIND.notification)).toMatchObject({ name: 'before', payload: '{}' });
    expect(await host.eventUntil((event) => event.code === STATE.failed)).toMatchObject({ code: STATE.failed });
    expect(host.status()).toMatchObject({ state: STATE.failed, error: -5 });
    expect((await host.request('x', '{}')).result).toBe('LOGOSW_E_CLOSED');
  });

  it('ignores answers nobody asked for', async () => {
    const answers = [1n, 2n, 0xffffffffffffffffn].map((correlation) => frame({ kind: KIND.reply, correlation, payload: '{}' }));
    const host = startPeer({ chunks: [hello(), ...answers, frame({ kind: KIND.notification, name: 'after' })], thenWaitMs: 300 });
    expect(await host.eventUntil((event) => event.kind !== 16)).toMatchObject({ name: 'after' });
  });

  it('turns messages away when nobody fetches them, and still lets answers through', async () => {
    const flood = Buffer.concat(Array.from({ length: 300 }, () => frame({ kind: KIND.notification, name: 'noise', payload: '{}' })));
    const asked = frame({ kind: KIND.request, name: 'may I', correlation: 77n, payload: '{}' });
    const answer = frame({ kind: KIND.reply, correlation: 1n, payload: '{"late":true}' });
    const host = startPeer({ chunks: [hello(), flood, asked, answer], pauseMs: 200, thenWaitMs: 1000 }, { queue_messages: 16 });
    expect(await host.waitReady()).toBe('LOGOSW_OK');
    expect(await host.request('ask', '{}')).toMatchObject({ result: 'LOGOSW_OK', reply: { payload: '{"late":true}' } });
    expect(Number(host.status()['refused_messages'])).toBeGreaterThan(280);
  });

  it('says BUSY in bounded time to a host whose add-in reads nothing', async () => {
    const host = startPeer({ chunks: [hello()], neverRead: true, thenWaitMs: 5000 }, { queue_messages: 4, send_timeout_ms: 200 });
    await host.waitReady();
    const payload = JSON.stringify('x'.repeat(1_000_000));
    const results: string[] = [];
    const began = Date.now();
    for (let at = 0; at < 12; at++) results.push(await host.notify('big', payload));
    expect(results[0]).toBe('LOGOSW_OK');
    expect(results.at(-1)).toBe('LOGOSW_E_BUSY');
    expect(Date.now() - began).toBeLessThan(4000);
  });

  it('survives an add-in that ends while the host is writing', async () => {
    const host = startPeer({ chunks: [hello()], thenWaitMs: 50 });
    await host.waitReady();
    let result = 'LOGOSW_OK';
    for (let at = 0; at < 2000 && result === 'LOGOSW_OK'; at++) result = await host.notify('n', JSON.stringify('y'.repeat(20_000)));
    expect(['LOGOSW_E_CLOSED', 'LOGOSW_E_BUSY']).toContain(result);
  });
});

describe('the host face: requests', () => {
  it('answers a request with LOGOSW_E_TIMEOUT at its time, tells the add-in, and throws a late answer away', async () => {
    const late = frame({ kind: KIND.reply, correlation: 1n, payload: '{"late":1}' });
    const good = frame({ kind: KIND.reply, correlation: 2n, payload: '{"good":2}' });
    const host = startPeer({ chunks: [hello(), Buffer.alloc(0), late, good], pauseMs: 800, thenWaitMs: 500 });
    await host.waitReady();
    const began = Date.now();
    expect((await host.request('slow', '{}', 100)).result).toBe('LOGOSW_E_TIMEOUT');
    expect(Date.now() - began).toBeLessThan(800);
    expect(await host.request('quick', '{}')).toMatchObject({ result: 'LOGOSW_OK', reply: { payload: '{"good":2}' } });
  });

  it('hands over an error answer with its code and payload', async () => {
    const error = frame({ kind: KIND.error, correlation: 1n, code: -1, payload: '{"code":"X"}' });
    const host = startPeer({ chunks: [hello(), Buffer.alloc(0), error], pauseMs: 200, thenWaitMs: 200 });
    await host.waitReady();
    expect(await host.request('ask', '{}')).toMatchObject({ result: 'LOGOSW_E_REMOTE', reply: { code: -1, payload: '{"code":"X"}' } });
  });

  it('answers every started request exactly once, also when it is cancelled or the add-in is killed', async () => {
    const host = startPeer({ chunks: [hello()], thenWaitMs: 60_000 });
    await host.waitReady();
    const first = host.startRequest('a', '{}');
    const second = host.startRequest('b', '{}');
    expect(host.cancel(first.correlation)).toBe('LOGOSW_OK');
    expect(host.cancel(first.correlation)).toBe('LOGOSW_E_ARGUMENT');
    host.kill();
    const answers: unknown[] = [];
    for (let event = await host.nextEvent(); typeof event !== 'string'; event = await host.nextEvent()) {
      if (event.kind === KIND.error) answers.push([event.correlation, event.code]);
    }
    expect(answers).toEqual([
      [first.correlation, -15],
      [second.correlation, -4],
    ]);
    expect(host.status()).toMatchObject({ state: STATE.failed, exit_signal: 9, exit_code: -1 });
  });

  it('refuses what is too large or not UTF-8 text before it leaves, and agrees on the smaller limit', async () => {
    const host = startPeer({ chunks: [hello({ maxMessage: 2048 })], thenWaitMs: 1000 });
    const early = host.startRequest('early', JSON.stringify('z'.repeat(4000)));
    expect(early.result).toBe('LOGOSW_OK');
    await host.waitReady();
    expect(await host.eventUntil((event) => event.kind === KIND.error)).toMatchObject({ correlation: early.correlation, code: -9 });
    expect((await host.request('ask', JSON.stringify('z'.repeat(2100)))).result).toBe('LOGOSW_E_TOO_LARGE');
    expect((await host.request('', '{}')).result).toBe('LOGOSW_E_ARGUMENT');
  });

  it('wakes a waiting host on demand', async () => {
    const host = startPeer({ chunks: [hello()], thenWaitMs: 2000 });
    await host.eventUntil((event) => event.code === STATE.ready);
    const waiting = host.nextEvent(10_000);
    host.wake();
    expect(await waiting).toBe('LOGOSW_E_WOKEN');
  });

  it('ends a process that does not want to end, in bounded time', async () => {
    const script = `process.on('SIGTERM',()=>{});setInterval(()=>{},1000);require('fs').writeFileSync('up','')`;
    rmSync(path.join(folder, 'up'), { force: true });
    const host = startScript(script, { start_timeout_ms: 20_000, stop_timeout_ms: 200 });
    while (!existsSync(path.join(folder, 'up'))) await new Promise((resolve) => setTimeout(resolve, 20));
    const began = Date.now();
    open.splice(open.indexOf(host), 1);
    expect(await host.close()).toMatchObject({ state: STATE.stopped, exit_signal: 9 });
    expect(Date.now() - began).toBeLessThan(4000);
  });
});
