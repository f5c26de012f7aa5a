import { readFileSync, writeFileSync } from 'node:fs';
import { makeAddinFolder, type AddinFolder } from './support/addin-folder';
import { ReferenceHost } from './support/reference-host';

describe('a small add-in in the reference host', () => {
  let folder: AddinFolder;
  let host: ReferenceHost;

  beforeAll(async () => {
    folder = makeAddinFolder('sample-addin');
    host = new ReferenceHost(folder.path);
    await host.state('active');
  });
  afterAll(async () => {
    await host.quit();
    folder.remove();
  });

  it('shows its toolbar with the French titles before the add-in runs', () => {
    expect(host.lines[0]).toEqual({
      event: 'toolbar',
      addin: 'sample-parcels',
      version: '1.2.3',
      commands: [{ command: 'sample.count', title: 'Compter les colis « reçus »', icon: 'icons/count.svg', enabled: true, badge: null }],
    });
  });

  it('takes every document of a file in its order, and each is acknowledged', async () => {
    const lines = Array.from({ length: 100 }, (_, at) => JSON.stringify({ id: `C${at}`, note: 'é"\\' }));
    writeFileSync(folder.file('day.ndjson'), `${lines.join('\n')}\n`);
    host.send(`push ${folder.file('day.ndjson')}`);
    expect(await host.next('pushed')).toMatchObject({ offered: 100, acknowledged: 100, notAcknowledged: 0 });
    expect(host.all('acknowledged')).toHaveLength(100);
    expect(host.all('acknowledged')[0]!['result']).toEqual({ shelf: 'A1' });
    expect(readFileSync(folder.file('book.txt'), 'utf8').split('\n').slice(0, 3)).toEqual(['C0', 'C1', 'C2']);
  });

  it('answers a command', async () => {
    host.send('invoke sample.count');
    expect(await host.next('result')).toMatchObject({ command: 'sample.count', ok: true, result: { count: 100 } });
  });

  it('shows its badge on the toolbar', async () => {
    host.send('toolbar');
    const line = await host.next('toolbar');
    expect(line['commands']).toMatchObject([{ badge: { text: '100', severity: 'normal' } }]);
  });

  it('ends by itself when the host quits', async () => {
    expect(await host.quit()).toBe(0);
    expect(host.lines.at(-1)).toMatchObject({ event: 'state', state: 'stopped', exitCode: 0, exitSignal: 0 });
  });
});
