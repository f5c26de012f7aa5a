import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeAddinFolder, SAMPLE_MANIFEST } from '../host-bridge/support/addin-folder';
import { ReferenceHost } from '../host-bridge/support/reference-host';
import { exclusively, PROJECT_ROOT } from './build';

const ROUNDS = '10';
const out = (variant: string, file: string): string => path.join(PROJECT_ROOT, 'build', 'native', variant, file);

jest.setTimeout(240_000);

describe.each(['sanitize', 'thread'])('the native part built with make %s', (variant) => {
  beforeAll(() => {
    exclusively(`native-${variant}`, () => {
      execFileSync('make', ['-C', path.join(PROJECT_ROOT, 'native'), variant], { stdio: 'pipe' });
    });
  });

  it('carries load, bad order and mutated bytes on both faces without a finding', () => {
    const run = spawnSync(out(variant, 'bridge-check'), [ROUNDS], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expect(run.stdout.trim().split('\n')).toEqual(Array.from({ length: 10 }, () => expect.stringMatching(/^ok /) as string));
    expect(run.status).toBe(0);
  });

  it('plays a host that loses its add-in in the middle without a finding', async () => {
    const folder = makeAddinFolder('acting-addin');
    const host = new ReferenceHost(folder.path, { program: out(variant, 'reference-host/reference-host'), spool: folder.file('spool') });
    await host.state('active');
    const documents = Array.from({ length: 60 }, (_, at) => JSON.stringify({ id: `D${at}`, ...(at === 40 ? { gate: 'open' } : {}) }));
    host.send('push - &', ...documents, '.', 'invoke sample.act {"do":"flood","count":300}', 'kill-addin', 'wait 50');
    await host.state('ended');
    await host.state('active');
    const services = ['lasting', 'ask', 'withdraw', 'disable'].map((what) => `invoke sample.act {"do":"${what}"}`);
    host.send(...services, 'invoke sample.act {"do":"print","document":"list","text":"é"}', 'health', 'notices', 'dismiss addin-restarted');
    host.send('invoke sample.act {"do":"fail"}', 'close-day', 'toolbar', 'events', 'status', 'restart-addin', 'nonsense', 'push /missing');
    await host.state('stopped');
    await host.state('active');
    writeFileSync(folder.file('manifest.json'), JSON.stringify({ ...SAMPLE_MANIFEST, version: 'one' }));
    await host.next('notice');
    writeFileSync(folder.file('manifest.json'), JSON.stringify({ ...SAMPLE_MANIFEST, publisher: 'others' }));
    await host.next('notice-gone');
    const code = await host.quit();
    expect([code, host.errors.join('')]).toEqual([0, '']);
    folder.remove();
  });
});
