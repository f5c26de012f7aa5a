import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { Activation, type AddinContext } from '../../src/host-bridge/activation';
import { BridgeError } from '../../src/host-bridge/bridge-error';
import { CommandRegistry } from '../../src/host-bridge/commands';
import { DisposableStore, toDisposable } from '../../src/host-bridge/disposable';
import { satisfiesEngine } from '../../src/host-bridge/engine';
import { HealthRegistry } from '../../src/host-bridge/health';
import { HookRegistry, hookType } from '../../src/host-bridge/hooks';
import { HostApi } from '../../src/host-bridge/host-api';
import { validateManifest } from '../../src/host-bridge/manifest';
import { describeErrorByCode } from '../../src/host-bridge/run-addin';
import { parseStartLine, readStartLine } from '../../src/host-bridge/start-line';
import { SAMPLE_MANIFEST, SAMPLE_STRINGS, SCHEMA } from './support/addin-folder';
import { TOKEN } from './support/wire';

const manifest = validateManifest(SAMPLE_MANIFEST, SAMPLE_STRINGS, JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);
const source = { current: manifest, onChange: () => ({ dispose: () => undefined }) };
const withCode = (code: string): unknown => expect.objectContaining({ code });
const signal = new AbortController().signal;

describe('disposables', () => {
  it('are given back last come first, each once, also when one throws', () => {
    const order: string[] = [];
    const store = new DisposableStore();
    const once = toDisposable(() => order.push('first'));
    store.add(once);
    store.add({
      dispose: () => {
        throw new Error('stuck');
      },
    });
    store.add(toDisposable(() => order.push('last')));
    expect(() => store.dispose()).toThrow(AggregateError);
    once.dispose();
    expect(order).toEqual(['last', 'first']);
    store.add(toDisposable(() => order.push('too late')));
    expect(order).toEqual(['last', 'first', 'too late']);
    expect(store.size).toBe(0);
  });
});

describe('the command registry', () => {
  const changes: unknown[] = [];
  const commands = new CommandRegistry(source, (state) => changes.push(state));

  it('carries out contributed commands only, each with one handler', async () => {
    const registration = commands.register('sample.count', async (parameters) => ({ got: parameters }));
    expect(() => commands.register('sample.count', async () => null)).toThrow(withCode('already-registered') as Error);
    expect(() => commands.register('other', async () => null)).toThrow(withCode('not-contributed') as Error);
    await expect(commands.invoke('sample.count', { a: 1 }, signal)).resolves.toEqual({ got: { a: 1 } });
    await expect(commands.invoke('sample.act', {}, signal)).rejects.toMatchObject({ code: 'no-handler' });
    registration.dispose();
    await expect(commands.invoke('sample.count', {}, signal)).rejects.toMatchObject({ code: 'no-handler' });
  });

  it('tells of enablement once per change, and refuses a disabled command with the reason', async () => {
    commands.setEnabled('sample.act', true);
    commands.setEnabled('sample.act', false, 'Carte absente');
    commands.setEnabled('sample.act', false, 'Carte absente');
    expect(commands.isEnabled('sample.act')).toBe(false);
    await expect(commands.invoke('sample.act', {}, signal)).rejects.toMatchObject({ code: 'disabled', message: 'Carte absente' });
    commands.setEnabled('sample.act', true);
    expect(changes).toEqual([
      { command: 'sample.act', visible: true, enabled: false, reason: 'Carte absente' },
      { command: 'sample.act', visible: true, enabled: true },
    ]);
  });
});

describe('when and enablement', () => {
  const told: unknown[] = [];
  const live = {
    current: {
      ...manifest,
      contributes: {
        ...manifest.contributes,
        commands: [
          { command: 'sample.count', title: 'Compter', when: "mode == 'demo'" },
          { command: 'sample.act', title: 'Agir', enablement: 'waiting > 0 && !busy', disabledReason: 'Rien à faire' },
        ],
      },
    },
  };
  const commands = new CommandRegistry(live, (state) => told.push(state));
  commands.register('sample.act', async () => 'done');

  it('count only once the add-in is active, and the host is told of changes alone', async () => {
    commands.setContext({ mode: 'demo' });
    expect(told).toEqual([]);
    commands.refresh(true);
    expect(told.splice(0)).toEqual([{ command: 'sample.act', visible: true, enabled: false, reason: 'Rien à faire' }]);
    await expect(commands.invoke('sample.act', {}, signal)).rejects.toMatchObject({ code: 'disabled', message: 'Rien à faire' });
    commands.setContext({ waiting: 2, busy: false });
    commands.setContext({ waiting: 3 });
    expect(told.splice(0)).toEqual([{ command: 'sample.act', visible: true, enabled: true }]);
    await expect(commands.invoke('sample.act', {}, signal)).resolves.toBe('done');
    commands.setContext({ mode: 'reel' });
    expect(told.splice(0)).toEqual([{ command: 'sample.count', visible: false, enabled: true }]);
  });

  it('do not overrule what the add-in itself disabled', () => {
    commands.setEnabled('sample.act', false, 'Carte absente');
    commands.setContext({ waiting: 5 });
    expect(told.splice(0)).toEqual([{ command: 'sample.act', visible: true, enabled: false, reason: 'Carte absente' }]);
  });
});

describe('the health registry', () => {
  it('carries out contributed checks only', async () => {
    const checks = [{ check: 'disk', title: 'Disque' }];
    const health = new HealthRegistry({ current: { ...manifest, contributes: { ...manifest.contributes, healthChecks: checks } } });
    await expect(health.run('disk', signal)).rejects.toMatchObject({ code: 'no-handler' });
    health.register('disk', async () => ({ status: 'ok', message: 'Place suffisante' }));
    await expect(health.run('disk', signal)).resolves.toEqual({ status: 'ok', message: 'Place suffisante' });
    await expect(health.run('other', signal)).rejects.toMatchObject({ code: 'not-contributed' });
    expect(() => health.register('disk', async () => ({ status: 'ok', message: '' }))).toThrow(withCode('already-registered') as Error);
  });
});

describe('the hook registry', () => {
  it('acknowledges only after the handler has resolved, and never when it rejects', async () => {
    const hooks = new HookRegistry(source);
    let open: (value: string) => void = () => undefined;
    let acknowledged = false;
    hooks.register(hookType<unknown, string>('invoice.stored'), () => new Promise((resolve) => (open = resolve)));
    const call = hooks.call('invoice.stored', {}, { key: '1', signal }).then((answer) => {
      acknowledged = true;
      return answer;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(acknowledged).toBe(false);
    open('stored');
    expect(await call).toEqual({ acknowledged: true, result: 'stored' });
    hooks.register(hookType('day.closing'), async () => {
      throw new BridgeError('busy', 'later');
    });
    await expect(hooks.call('day.closing', {}, { key: null, signal })).rejects.toMatchObject({ code: 'busy' });
    await expect(hooks.call('other', {}, { key: null, signal })).rejects.toMatchObject({ code: 'not-contributed' });
  });
});

describe('what the manifest does not ask for', () => {
  const sent: string[] = [];
  const channel = {
    notify: async (type: { name: string }) => void sent.push(type.name),
    request: async () => {
      throw new Error('not called');
    },
  };
  const bare = new HostApi(channel, { current: { ...manifest, capabilities: [] } });
  const full = new HostApi(channel, source);

  it('never leaves', async () => {
    await expect(bare.setBadge({ command: 'sample.count', text: '1', severity: 'normal' })).rejects.toMatchObject({ code: 'capability' });
    await expect(bare.notify({ severity: 'info', message: 'x' })).rejects.toMatchObject({ code: 'capability' });
    await expect(bare.progress('x')).rejects.toMatchObject({ code: 'capability' });
    await expect(bare.openWindow('http://127.0.0.1:1/', 'x')).rejects.toMatchObject({ code: 'capability' });
    await expect(bare.requestUnacknowledged('invoice.stored')).rejects.toMatchObject({ code: 'capability' });
    await expect(bare.withdrawNotice('x')).rejects.toMatchObject({ code: 'capability' });
    await expect(bare.practitioners()).rejects.toMatchObject({ code: 'capability', details: { capability: 'practitioners' } });
    await expect(bare.clockSkewMs()).rejects.toMatchObject({ code: 'capability', details: { capability: 'clock' } });
    const page = { document: 'other', title: 'x', mediaType: 'text/plain', bytes: Buffer.from('x') };
    await expect(bare.print(page)).rejects.toMatchObject({ code: 'capability', details: { capability: 'print' } });
    const printing = new HostApi(channel, { current: { ...manifest, capabilities: ['print'] } });
    await expect(printing.print(page)).rejects.toMatchObject({ code: 'not-contributed' });
    await expect(full.setBadge({ command: 'other', text: '1', severity: 'normal' })).rejects.toMatchObject({ code: 'not-contributed' });
    await expect(full.requestUnacknowledged('other')).rejects.toMatchObject({ code: 'not-contributed' });
    expect(sent).toEqual([]);
  });

  it.each([
    'https://127.0.0.1/',
    'http://example.invalid/',
    'file:///etc/passwd',
    'javascript:1',
    'http://127.0.0.1@example.invalid/',
    'http://u:p@127.0.0.1/',
    '',
  ])('the window %s is not opened', async (url) => {
    await expect(full.openWindow(url, 'x')).rejects.toMatchObject({ code: 'capability' });
  });

  it('progress is silent after its end', async () => {
    const progress = await full.progress('x');
    await progress.end();
    await progress.end();
    await progress.report({ done: 1 });
    expect(sent).toEqual(['host.progress', 'host.progress']);
  });
});

describe('activation', () => {
  const identity = { name: 'LOGOSw', version: '1.4.0', language: 'fr' };
  const host = new HostApi({ notify: async () => undefined, request: () => Promise.reject(new Error('not called')) }, source);

  it('happens once for calls at the same time, and may be tried again after it failed', async () => {
    let tries = 0;
    const addin = {
      activate: async () => {
        if (++tries === 1) throw new Error('not yet');
      },
    };
    const activation = new Activation(addin, source, '/', host, () => undefined);
    await expect(activation.ensureActive()).rejects.toMatchObject({ code: 'inactive' });
    activation.greet(identity);
    await expect(activation.ensureActive()).rejects.toThrow('not yet');
    await Promise.all([activation.ensureActive(), activation.ensureActive()]);
    expect([tries, activation.isActive]).toEqual([2, true]);
  });

  it('gives everything back after deactivation, also when that throws, and never comes back', async () => {
    const order: string[] = [];
    const addin = {
      activate(context: AddinContext) {
        context.subscriptions.add(toDisposable(() => order.push('given back')));
        context.signal.addEventListener('abort', () => order.push('aborted'));
      },
      deactivate() {
        order.push('deactivated');
        throw new Error('stuck');
      },
    };
    const activation = new Activation(addin, source, '/', host, () => undefined);
    activation.greet(identity);
    await activation.ensureActive();
    await expect(activation.end()).rejects.toThrow('stuck');
    await activation.end();
    expect(order).toEqual(['aborted', 'deactivated', 'given back']);
    await expect(activation.ensureActive()).rejects.toMatchObject({ code: 'inactive' });
  });

  it('refuses a host that is too old', () => {
    const activation = new Activation({ activate: () => undefined }, source, '/', host, () => undefined);
    expect(() => activation.greet({ ...identity, version: '0.9.9' })).toThrow(withCode('engine') as Error);
  });

  it.each([
    ['1.0.0', '>=1.0.0', true],
    ['1.10.0', '>=1.9.5', true],
    ['2.0.0', '>=1.9.5', true],
    ['0.9.9', '>=1.0.0', false],
    ['2.0.0', '^1.2.3', false],
    ['2.4.0', '>=1.2 <3', true],
    ['3.0.0', '1.x || 2.x', false],
    ['1.2.2', '^1.2.3', false],
    ['1.2.3-beta', '^1.2.3', true],
    ['new', '>=1.0.0', false],
  ])('host %s against %s: %s', (version, range, expected) => {
    expect(satisfiesEngine(version, range)).toBe(expected);
  });
});

describe('the start line', () => {
  const line = JSON.stringify({ abi: 1, endpoint: '/run/x', token: TOKEN });

  it('is read from standard input, however it is cut, and the input is let go', async () => {
    const input = new PassThrough();
    const reading = readStartLine(input);
    for (const part of [line.slice(0, 10), line.slice(10), '\nmore']) input.write(part);
    expect(await reading).toEqual({ abi: 1, endpoint: '/run/x', token: TOKEN });
    expect(input.destroyed).toBe(true);
  });

  it.each([
    '',
    'x',
    '{}',
    '[]',
    'null',
    '{"abi":1,"endpoint":"/x"}',
    '{"abi":1,"endpoint":"/x","token":"short"}',
    `{"abi":2,"endpoint":"/x","token":"${TOKEN}"}`,
  ])('refuses %s without repeating it', (text) => {
    expect(() => parseStartLine(text)).toThrow(withCode('start') as Error);
    expect(() => parseStartLine(text)).not.toThrow(TOKEN);
  });

  it('gives up on an input that ends, says nothing or never stops', async () => {
    const ended = new PassThrough();
    ended.end();
    await expect(readStartLine(ended)).rejects.toMatchObject({ code: 'start' });
    await expect(readStartLine(new PassThrough(), 30)).rejects.toMatchObject({ code: 'start' });
    const endless = new PassThrough();
    const reading = readStartLine(endless);
    endless.write('x'.repeat(10_000));
    await expect(reading).rejects.toMatchObject({ code: 'start' });
  });
});

describe('an error on its way to the host', () => {
  it('takes its code along, never the text of an unknown error', () => {
    const error = Object.assign(new Error('DUPONT CLAIRE'), { code: 'STO-001' });
    expect(describeErrorByCode(error)).toEqual({ code: 'STO-001', message: 'The add-in met an error' });
    expect(describeErrorByCode(new Error('DUPONT'))).toEqual({ code: 'internal', message: 'The add-in met an error' });
    expect(describeErrorByCode('DUPONT')).toEqual({ code: 'internal', message: 'The add-in met an error' });
    expect(describeErrorByCode(new BridgeError('busy', 'Too many'))).toEqual({ code: 'bridge.busy', message: 'Too many', details: {} });
  });
});
