/** The add-in as it is installed: one file, started from V8's code cache, its schemas compiled ahead. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePracticeBox } from '../../src/demonstration/practice-box';
import { ReferenceHost } from '../host-bridge/support/reference-host';
import { ROOT } from '../support/practice-processes';

describe('the add-in in one file', () => {
  const home = mkdtempSync(join(tmpdir(), 'one-file-'));
  const report = join(home, 'loaded.json');

  beforeAll(() => {
    makePracticeBox(home, { smtpPort: 1, pop3Port: 1 });
    const hook = `process.once('exit', () => require('node:fs').writeFileSync(${JSON.stringify(report)}, JSON.stringify(Object.keys(require.cache))));`;
    writeFileSync(join(home, 'hook.cjs'), hook);
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('is younger than the modules it was made from', () => {
    const [bundle, compiled] = ['dist/program/addin.cjs', 'dist/.tsbuildinfo'].map((file) => statSync(join(ROOT, file)).mtimeMs);
    expect(bundle).toBeGreaterThanOrEqual(compiled!);
    expect(statSync(join(ROOT, 'dist/program/addin.cjs.cache')).size).toBeGreaterThan(100_000);
  });

  it('becomes active without one module of its own, and without compiling a schema', async () => {
    const env = { VITALE_HOME: home, NODE_OPTIONS: `--require ${join(home, 'hook.cjs')}` };
    const host = new ReferenceHost(join(ROOT, 'addin'), { env });
    await host.state('active');
    expect(await host.quit()).toBe(0);
    const loaded = JSON.parse(readFileSync(report, 'utf8')) as string[];
    expect(loaded.filter((file) => file.startsWith(join(ROOT, 'dist')))).toEqual([join(ROOT, 'dist/composition/addin-main.js')]);
    expect(loaded.filter((file) => /node_modules\/(ajv|ajv-formats)\//.test(file))).toEqual([]);
  });
});
