/** The package for authors of add-ins, and the sample that uses nothing else: built, compiled and run as an author would. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PROJECT_ROOT } from '../native/build';
import { ReferenceHost } from './support/reference-host';

jest.setTimeout(240_000);

describe('the sample add-in, written against the published package alone', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'sample-addin-'));
  const file = (name: string): string => path.join(folder, name);
  const pack = file('node_modules/logosw-addin-api');
  let host: ReferenceHost;

  beforeAll(async () => {
    cpSync(path.join(PROJECT_ROOT, 'examples/sample-addin'), folder, { recursive: true });
    mkdirSync(file('node_modules/@types'), { recursive: true });
    execFileSync(process.execPath, [path.join(PROJECT_ROOT, 'scripts/build-addin-package.mjs'), pack]);
    const { dependencies } = JSON.parse(readFileSync(path.join(pack, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
    /* What npm would install beside it. */
    for (const name of [
      '@types/node',
      ...Object.keys(dependencies),
      'fast-deep-equal',
      'fast-uri',
      'json-schema-traverse',
      'require-from-string',
    ])
      if (!existsSync(file(`node_modules/${name}`)))
        symlinkSync(path.join(PROJECT_ROOT, 'node_modules', name), file(`node_modules/${name}`));
    const strict = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false };
    const options = { module: 'Node16', target: 'ES2023', lib: ['ES2023'], types: ['node'], ...strict };
    writeFileSync(file('tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['main.ts'] }));
    execFileSync(process.execPath, [path.join(PROJECT_ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder]);
    host = new ReferenceHost(folder);
    await host.state('active');
  });
  afterAll(async () => {
    await host.quit();
    rmSync(folder, { recursive: true, force: true });
  });

  it('takes some twenty lines', () => {
    const lines = readFileSync(file('main.ts'), 'utf8').trim().split('\n');
    expect(lines.length).toBeLessThanOrEqual(25);
  });

  it('is compiled against types that speak of no invoice', () => {
    const types = readdirSync(path.join(pack, 'lib')).filter((name) => name.endsWith('.d.ts'));
    expect(types).toContain('index.d.ts');
    for (const name of types) expect(readFileSync(path.join(pack, 'lib', name), 'utf8')).not.toMatch(/\bNIR\b|\bfactures?\b|from '\.\.\//i);
  });

  it('shows its toolbar with the French titles before the add-in runs', () => {
    expect(host.lines[0]).toEqual({
      event: 'toolbar',
      addin: 'sample-parcels',
      version: '1.2.3',
      commands: [{ command: 'sample.count', title: 'Compter les colis « reçus »', icon: null, enabled: true, badge: null }],
    });
  });

  it('takes every document of a file in its order, and each is acknowledged', async () => {
    const lines = Array.from({ length: 100 }, (_, at) => JSON.stringify({ id: `C${at}`, note: 'é"\\' }));
    writeFileSync(file('day.ndjson'), `${lines.join('\n')}\n`);
    host.send(`push ${file('day.ndjson')}`);
    expect(await host.next('pushed')).toMatchObject({ offered: 100, acknowledged: 100, notAcknowledged: 0 });
    expect(host.all('acknowledged')[0]!['result']).toEqual({ shelf: 'A1' });
    expect(readFileSync(file('book.txt'), 'utf8').split('\n').slice(0, 3)).toEqual(['C0', 'C1', 'C2']);
  });

  it('answers a command, and shows its badge on the toolbar', async () => {
    host.send('invoke sample.count', 'toolbar');
    expect(await host.next('result')).toMatchObject({ command: 'sample.count', ok: true, result: { count: 100 } });
    expect((await host.next('toolbar'))['commands']).toMatchObject([{ badge: { text: '100', severity: 'normal' } }]);
  });

  it('ends by itself when the host quits', async () => {
    expect(await host.quit()).toBe(0);
    expect(host.lines.at(-1)).toMatchObject({ event: 'state', state: 'stopped', exitCode: 0, exitSignal: 0 });
  });
});
