import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeAddinFolder, SAMPLE_MANIFEST, type AddinFolder } from './support/addin-folder';
import { ReferenceHost, type HostLine, type HostOptions } from './support/reference-host';

let folder: AddinFolder;
let host: ReferenceHost;
const hosts: ReferenceHost[] = [];

function startHost(options: HostOptions = {}): ReferenceHost {
  host = new ReferenceHost(folder.path, options);
  hosts.push(host);
  return host;
}

const book = (): string[] => (existsSync(folder.file('book.txt')) ? readFileSync(folder.file('book.txt'), 'utf8').trim().split('\n') : []);
const notes = (): string[] => readFileSync(folder.file('notes.txt'), 'utf8').trim().split('\n');
const act = (what: object): string => `invoke sample.act ${JSON.stringify(what)}`;
const isResult = (line: HostLine): boolean => line.event === 'result';
const pushOf = (documents: readonly object[]): string => {
  writeFileSync(folder.file('push.ndjson'), documents.map((document) => `${JSON.stringify(document)}\n`).join(''));
  return `push ${folder.file('push.ndjson')}`;
};
const ids = (count: number): string[] => Array.from({ length: count }, (_, at) => `D${at}`);

beforeEach(() => {
  folder = makeAddinFolder('acting-addin');
});
afterEach(async () => {
  for (const used of hosts.splice(0)) {
    await used.quit();
    expect(used.errors.join('')).toBe('');
  }
  folder.remove();
});

describe('an add-in that somebody installed', () => {
  const installed = (format: number): string => {
    const place = mkdtempSync(path.join(tmpdir(), 'installed-'));
    placed.push(place);
    const pointer = { format, folder: 'versions/1.2.3', addin: path.relative(place, folder.path), node: 'versions/1.2.3/node' };
    writeFileSync(path.join(place, 'module.json'), JSON.stringify(pointer));
    return place;
  };
  const placed: string[] = [];
  afterEach(() => {
    for (const place of placed.splice(0)) rmSync(place, { recursive: true });
  });

  it('is found through the folder it was installed into', async () => {
    host = new ReferenceHost(installed(1));
    hosts.push(host);
    host.send('toolbar');
    expect(await host.next('toolbar')).toMatchObject({ version: '1.2.3' });
    expect(await host.state('active')).toMatchObject({ restarts: 0 });
  });

  it('is not started where an installer put it whom the host does not know', async () => {
    expect(await new ReferenceHost(installed(2)).quit()).toBe(2);
  });
});

describe('documents handed over', () => {
  it('are acknowledged only after the handler has resolved', async () => {
    startHost().send(`${pushOf([{ id: 'A', gate: 'open' }])} &`, 'wait 300', 'status');
    expect(await host.next('status')).toMatchObject({ state: 'active', unacknowledged: 1 });
    expect(host.all('acknowledged')).toHaveLength(0);
    writeFileSync(folder.file('open'), '');
    expect(await host.next('acknowledged')).toMatchObject({ offer: 1, result: { id: 'A' } });
    host.send('status');
    expect(await host.next('status')).toMatchObject({ unacknowledged: 0 });
  });

  it('stay with the host when refused, and come again when the add-in asks; the text of its error never arrives', async () => {
    startHost().send(pushOf([{ id: 'A' }, { id: 'B', refuse: true }, { id: 'C' }]));
    expect(await host.next('pushed')).toMatchObject({ offered: 3, acknowledged: 2, notAcknowledged: 1 });
    expect(host.all('not-acknowledged')).toEqual([
      { event: 'not-acknowledged', offer: 2, error: { code: 'DOC-001', message: 'The add-in met an error' } },
    ]);
    writeFileSync(folder.file('mended'), '');
    host.send(act({ do: 'offer' }));
    expect(await host.next('acknowledged')).toMatchObject({ offer: 2, result: { id: 'B' } });
    expect(JSON.stringify(host.lines)).not.toContain('DUPONT');
  });

  it('that are no JSON are not kept, and the others go on', async () => {
    startHost().send('push -', '{"id":"A"}', '{"id":', '[1,2', '{"id":"B"}', '.');
    expect(await host.next('pushed')).toMatchObject({ offered: 4, acknowledged: 2, notAcknowledged: 2 });
    expect(book()).toEqual(['A', 'B']);
  });

  it('are offered again when the add-in is killed in the middle, and none is missing', async () => {
    startHost().send(`${pushOf(ids(200).map((id, at) => (at === 120 ? { id, gate: 'open' } : { id })))} &`);
    await host.next((line) => line.event === 'acknowledged' && line['offer'] === 119);
    host.send('kill-addin');
    expect(await host.state('ended')).toMatchObject({ exitSignal: 9, reason: 'LOGOSW_E_CLOSED' });
    writeFileSync(folder.file('open'), '');
    expect(await host.next('pushed')).toMatchObject({ offered: 200, acknowledged: 200, notAcknowledged: 0 });
    expect(new Set(book())).toEqual(new Set(ids(200)));
    expect(host.all('state').map((line) => line['state'])).toEqual(['starting', 'ready', 'active', 'ended', 'starting', 'ready', 'active']);
  });

  it('survive the end of the host itself in its spool', async () => {
    const spool = folder.file('spool');
    startHost({ spool }).send(`${pushOf([{ id: 'A' }, { id: 'B', gate: 'open' }, { id: 'C', gate: 'open' }])} &`);
    await host.next('acknowledged');
    await host.kill();
    expect(readdirSync(spool).sort()).toEqual(['000000000002.json', '000000000003.json']);
    writeFileSync(folder.file('open'), '');
    startHost({ spool });
    expect(await host.next('acknowledged')).toMatchObject({ offer: 2 });
    expect(await host.next('acknowledged')).toMatchObject({ offer: 3 });
    host.send(pushOf([{ id: 'D' }]));
    expect(await host.next('acknowledged')).toMatchObject({ offer: 4, result: { id: 'D' } });
    await host.next('pushed');
    expect(readdirSync(spool)).toEqual([]);
  });
});

describe('commands', () => {
  it('answer with a result or with a code, never with the text of an error', async () => {
    startHost().send(act({ do: 'fail' }), 'invoke unknown.command', 'invoke sample.act {broken', act({ do: 'big', bytes: 3_000_000 }));
    expect(await host.next(isResult)).toMatchObject({ ok: false, error: { code: 'ACT-001', message: 'The add-in met an error' } });
    expect(await host.next(isResult)).toMatchObject({ ok: false, error: 'unknown command' });
    expect(await host.next('error')).toMatchObject({ message: 'the arguments are not JSON' });
    expect((await host.next(isResult))['result']).toHaveLength(3_000_000);
  });

  it('answer with an error when their result is larger than a message may be, and the connection stands', async () => {
    startHost().send(act({ do: 'big', bytes: 5_000_000 }), 'invoke sample.count');
    expect(await host.next(isResult)).toMatchObject({ ok: false, error: { code: 'bridge.too-large' } });
    expect(await host.next(isResult)).toMatchObject({ ok: true, result: { here: true } });
  });

  it('run side by side, and are told when the host gives them up', async () => {
    startHost({ arguments: ['--call-timeout', '400'] }).send(`${act({ do: 'wait-for-abort' })} &`, act({ do: 'wait', ms: 50 }), 'wait 600');
    expect(await host.next(isResult)).toMatchObject({ ok: true, result: 'waited' });
    expect(await host.next(isResult)).toMatchObject({ ok: false, error: 'LOGOSW_E_CANCELLED' });
    host.send('wait 200', 'status');
    await host.next('status');
    expect(notes()).toContain('aborted');
  });

  it('are greyed out when the add-in disables them', async () => {
    startHost().send(act({ do: 'disable' }), 'toolbar', 'invoke sample.count');
    expect(await host.next('command-state')).toMatchObject({ data: { command: 'sample.count', enabled: false, reason: 'Pas maintenant' } });
    expect((await host.next('toolbar'))['commands']).toMatchObject([{ enabled: false }]);
    expect(await host.next(isResult)).toMatchObject({ ok: false, error: 'command disabled' });
  });
});

describe('what the add-in asks of the host', () => {
  it('progress, notices and windows are shown in their order', async () => {
    startHost().send(act({ do: 'progress', total: 3 }), act({ do: 'notice' }), act({ do: 'window', url: 'http://127.0.0.1:4711/#t' }));
    const shown = ['progress', 'progress', 'progress', 'progress', 'progress', 'notification', 'window'];
    const lines: HostLine[] = [];
    for (const event of shown) lines.push(await host.next((line) => line.event !== 'result' && line.event === event));
    expect(lines.map((line) => line['data'])).toEqual([
      { id: 'p1', phase: 'begin', title: 'Envoi', total: 3, done: 0 },
      { id: 'p1', phase: 'report', done: 1, total: 3 },
      { id: 'p1', phase: 'report', done: 2, total: 3 },
      { id: 'p1', phase: 'report', done: 3, total: 3 },
      { id: 'p1', phase: 'end', message: 'Fini' },
      { severity: 'warning', message: 'Une carte est nécessaire.', actions: [{ title: 'Ouvrir', command: 'sample.count' }] },
      { url: 'http://127.0.0.1:4711/#t', title: 'Fenêtre' },
    ]);
  });

  it('a page of another machine is never opened', async () => {
    startHost().send(act({ do: 'foreign-window' }), act({ do: 'window', url: 'http://127.0.0.1:1@example.invalid:80/' }));
    expect(await host.next(isResult)).toMatchObject({ ok: false, error: { code: 'bridge.capability' } });
    expect(await host.next(isResult)).toMatchObject({ ok: false, error: { code: 'bridge.capability' } });
    expect(host.all('window')).toEqual([]);
  });

  it('who the host is', async () => {
    startHost().send(act({ do: 'info' }));
    expect(await host.next(isResult)).toMatchObject({ result: { name: 'LOGOSw reference host', language: 'fr', unacknowledged: 0 } });
  });

  it('thousands of notices arrive whole and in order while the host is busy with other work', async () => {
    startHost().send(`${act({ do: 'flood', count: 5000 })} &`, pushOf(ids(50).map((id) => ({ id }))));
    await host.next('pushed');
    while (host.all('result').length === 0) await host.next(isResult);
    const messages = host.all('notification').map((line) => (line['data'] as { message: string }).message);
    expect(messages).toEqual(Array.from({ length: 5000 }, (_, at) => `n° ${at}`));
  });
});

describe('the close of the day', () => {
  it('is answered with an outcome and counts', async () => {
    startHost().send('close-day 2026-11-20');
    expect(await host.next('day-closed')).toMatchObject({ date: '2026-11-20', outcome: 'sent', counts: { sent: 3, held: 1 }, ok: true });
  });

  it('goes on as an incident at its time when the add-in does not answer', async () => {
    startHost({ arguments: ['--close-day-timeout', '300'] }).send('close-day 2026-12-25', 'invoke sample.count');
    expect(await host.next('day-closed')).toMatchObject({ outcome: 'incident', ok: false, error: 'LOGOSW_E_CANCELLED' });
    expect(await host.next(isResult)).toMatchObject({ ok: true });
  });
});

describe('the life of the add-in', () => {
  it('ends in its order: deactivated, given back, process gone with code 0', async () => {
    startHost();
    await host.state('active');
    await host.quit();
    expect(notes()).toEqual(['activated fr', 'deactivated', 'disposed', 'ended LOGOSW_E_CLOSED']);
  });

  it('is deactivated in the same order when the host dies', async () => {
    startHost();
    await host.state('active');
    await host.kill();
    for (const deadline = Date.now() + 5000; notes().length < 4 && Date.now() < deadline;)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(notes()).toEqual(['activated fr', 'deactivated', 'disposed', 'ended LOGOSW_E_CLOSED']);
  });

  it('is restarted three times in five minutes, then stays down until a person starts it again', async () => {
    startHost();
    for (let crash = 0; crash < 4; crash++) {
      await host.state('active');
      host.send(act({ do: 'crash' }));
      expect(await host.next(isResult)).toMatchObject({ ok: false, error: 'LOGOSW_E_CLOSED' });
      await host.state('ended');
    }
    expect(await host.state('failed')).toMatchObject({ restarts: 3, exitSignal: 9 });
    host.send(pushOf([{ id: 'A' }]) + ' &', 'invoke sample.count', 'notices', 'restart-addin', 'notices');
    expect(await host.next(isResult)).toMatchObject({ ok: false, error: 'LOGOSW_E_CLOSED' });
    expect(await host.next('notices')).toMatchObject({ notices: [{ id: 'addin-stopped', severity: 'error', command: 'restart-addin' }] });
    await host.state('active');
    expect(await host.next('notices')).toMatchObject({ notices: [] });
    expect(await host.next('pushed')).toMatchObject({ acknowledged: 1 });
  });

  it('leaves a sign of its restart until a person has seen it', async () => {
    startHost().send(act({ do: 'crash' }));
    await host.state('ended');
    await host.state('active');
    host.send('notices', 'dismiss addin-restarted', 'notices');
    expect(await host.next('notices')).toMatchObject({ notices: [{ id: 'addin-restarted', from: 'host', severity: 'info' }] });
    expect(await host.next('notices')).toMatchObject({ notices: [] });
  });

  it.each([
    ['whose event loop never turns again', async () => host.send(act({ do: 'block', ms: 600_000 }))],
    ['whose process stands still', async () => void process.kill(Number((await host.state('active'))['pid']), 'SIGSTOP')],
  ])('is ended and restarted when it hangs: one %s', async (_name, hang) => {
    startHost({ arguments: ['--heartbeat', '100', '--heartbeat-timeout', '3000'] });
    await hang();
    expect(await host.state('ended')).toMatchObject({ reason: 'LOGOSW_E_HUNG', exitSignal: 9 });
    await host.state('active');
    host.send('invoke sample.count');
    expect(await host.next((line) => line.event === 'result' && line['command'] === 'sample.count')).toMatchObject({ ok: true });
  });

  it('works on after long work that lets the event loop turn', async () => {
    startHost({ arguments: ['--heartbeat', '50', '--heartbeat-timeout', '2000'] }).send(act({ do: 'wait', ms: 4500 }));
    expect(await host.next(isResult)).toMatchObject({ ok: true, result: 'waited' });
    expect(host.all('state').map((line) => line['state'])).toEqual(['starting', 'ready', 'active']);
  });

  it('is restarted too when it ends by itself without being asked', async () => {
    startHost().send(act({ do: 'exit', code: 0 }));
    expect(await host.state('ended')).toMatchObject({ exitCode: 0 });
    await host.state('active');
  });

  it('restarts on demand without using up its chances', async () => {
    startHost().send('restart-addin', 'restart-addin', 'restart-addin', 'restart-addin', 'restart-addin', 'status');
    expect(await host.next('status')).toMatchObject({ state: 'active', restarts: 0 });
  });

  it('is not tried again and again when it refuses to be activated', async () => {
    writeFileSync(folder.file('no-activation'), '');
    startHost().send('invoke sample.count');
    expect(await host.next('activated')).toMatchObject({ ok: false, error: { code: 'CFG-001', message: 'The add-in met an error' } });
    host.send('status');
    expect(await host.next('status')).toMatchObject({ state: 'failed', restarts: 0 });
  });

  it('says why it cannot start when its manifest breaks the schema', async () => {
    folder.remove();
    folder = makeAddinFolder('acting-addin', { ...SAMPLE_MANIFEST, version: 'one' });
    startHost();
    await host.state('failed');
    expect(readFileSync(folder.file('failure.txt'), 'utf8')).toContain('/version: must match pattern');
  });
});
