import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { makeAddinFolder, SAMPLE_MANIFEST, type AddinFolder } from './support/addin-folder';
import { ReferenceHost, type HostLine } from './support/reference-host';

let folder: AddinFolder;
let host: ReferenceHost;

const act = (what: object): string => `invoke sample.act ${JSON.stringify(what)}`;
const isResult = (line: HostLine): boolean => line.event === 'result';
const start = async (...options: string[]): Promise<void> => {
  host = new ReferenceHost(folder.path, { arguments: options });
  await host.state('active');
};
const edit = (change: object): void => writeFileSync(folder.file('manifest.json'), JSON.stringify({ ...SAMPLE_MANIFEST, ...change }));

beforeEach(() => {
  folder = makeAddinFolder('acting-addin');
});
afterEach(async () => {
  await host.quit();
  expect(host.errors.join('')).toBe('');
  folder.remove();
});

describe('the print service', () => {
  it('prints the bytes the add-in gives, under a name that says nothing of them', async () => {
    mkdirSync(folder.file('printer'));
    await start('--print-folder', folder.file('printer'));
    const text = 'Colis reçus : 3 €\u0000é'.repeat(20_000);
    host.send(act({ do: 'print', document: 'list', text }));
    expect(await host.next('print')).toMatchObject({ document: 'list', title: 'Colis du jour', mediaType: 'text/plain', file: '0001.txt' });
    expect(await host.next(isResult)).toMatchObject({ ok: true, result: 'printed' });
    expect(readFileSync(folder.file('printer/0001.txt'), 'utf8')).toBe(text);
  });

  it('says why nothing was printed', async () => {
    await start();
    host.send(act({ do: 'print', document: 'list', text: 'x' }), act({ do: 'print', document: 'other', text: 'x' }));
    expect(await host.next(isResult)).toMatchObject({ ok: false, error: { code: 'bridge.remote', details: { code: 'no-printer' } } });
    expect(await host.next(isResult)).toMatchObject({ ok: false, error: { code: 'bridge.not-contributed' } });
  });
});

it('gives its practitioners and its clock', async () => {
  const practitioners = [{ id: '1', name: 'Dr Émilie ESSAI', billingNumber: '999000011' }];
  writeFileSync(folder.file('practitioners.json'), JSON.stringify(practitioners, null, 2));
  await start('--practitioners', folder.file('practitioners.json'), '--clock-offset', '3600000');
  host.send(act({ do: 'ask' }));
  const { result } = (await host.next(isResult)) as unknown as { result: { practitioners: unknown; skew: number } };
  expect(result.practitioners).toEqual(practitioners);
  expect(Math.abs(result.skew - 3_600_000)).toBeLessThan(5000);
});

it('refuses what the manifest on its side does not grant, whatever the add-in believes', async () => {
  await start();
  /* The add-in looks at its manifest four times a second, the host when it is told: in between it still asks. */
  edit({ capabilities: ['hooks'], contributes: { ...SAMPLE_MANIFEST.contributes, print: [] } });
  await host.next('manifest-changed');
  host.send(act({ do: 'ask' }), act({ do: 'notice' }));
  expect(await host.next(isResult)).toMatchObject({
    ok: false,
    error: { code: 'bridge.capability', details: { capability: 'practitioners' } },
  });
  expect(await host.next(isResult)).toMatchObject({ ok: false, error: { code: 'bridge.capability' } });
});

it('runs the health checks the manifest declares', async () => {
  await start();
  host.send('health');
  expect(await host.next('health')).toMatchObject({
    check: 'shelf',
    ok: true,
    result: { status: 'warning', message: 'Étagère presque pleine', details: { free: 2 } },
  });
});

describe('a notice with an id', () => {
  it('stays until the add-in takes it away', async () => {
    await start();
    host.send(act({ do: 'lasting' }), act({ do: 'lasting' }), 'notices', act({ do: 'withdraw' }), 'notices');
    expect(await host.next('notices')).toEqual({
      event: 'notices',
      notices: [
        { id: 'card', from: 'addin', severity: 'warning', message: 'Une carte est nécessaire.', action: 'Ouvrir', command: 'sample.count' },
      ],
    });
    expect(await host.next('notices')).toMatchObject({ notices: [] });
  });

  it('goes with the add-in that gave it', async () => {
    await start();
    host.send(act({ do: 'lasting' }), 'restart-addin', 'notices');
    expect(await host.next('notices')).toMatchObject({ notices: [] });
  });
});

describe('the manifest, edited while the add-in runs', () => {
  it('changes what is shown: titles, and commands by their conditions', async () => {
    await start();
    const [count, ...others] = SAMPLE_MANIFEST.contributes.commands;
    const commands = [{ ...count, title: 'Compter les colis perdus', when: "place == 'depot'" }, ...others];
    edit({ contributes: { ...SAMPLE_MANIFEST.contributes, commands } });
    expect(await host.next('command-state')).toMatchObject({ data: { command: 'sample.count', visible: false } });
    expect((await host.next('toolbar'))['commands']).toEqual([]);
    host.send(act({ do: 'context', values: { place: 'depot' } }), 'toolbar');
    expect((await host.next('toolbar'))['commands']).toMatchObject([{ title: 'Compter les colis perdus', enabled: true }]);
  });

  it('wrongly is told with the place and what was expected, and nothing changes until it is mended', async () => {
    await start();
    edit({ version: 'one' });
    expect(await host.next('notice')).toMatchObject({
      id: 'manifest',
      severity: 'warning',
      message: expect.stringContaining('/version:') as string,
    });
    host.send('invoke sample.count');
    expect(await host.next(isResult)).toMatchObject({ ok: true });
    edit({ publisher: 'others' });
    expect(await host.next('notice-gone')).toMatchObject({ id: 'manifest' });
  });

  it('in what only a new start can take says so', async () => {
    await start();
    edit({ version: '1.3.0' });
    expect(await host.next('notice')).toMatchObject({ id: 'manifest', command: 'restart-addin' });
    host.send('restart-addin', 'notices');
    expect(await host.next('notices')).toMatchObject({ notices: [] });
  });
});
