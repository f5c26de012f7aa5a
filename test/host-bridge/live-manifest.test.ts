import { renameSync, writeFileSync } from 'node:fs';
import type { Disposable } from '../../src/host-bridge/disposable';
import { LiveManifest, type ManifestChange } from '../../src/host-bridge/live-manifest';
import { makeAddinFolder, SAMPLE_MANIFEST, SAMPLE_STRINGS, SCHEMA, type AddinFolder } from './support/addin-folder';

let folder: AddinFolder;
let manifest: LiveManifest;
let watching: Disposable;

const edit = (change: object): void => writeFileSync(folder.file('manifest.json'), JSON.stringify({ ...SAMPLE_MANIFEST, ...change }));
const changed = (): Promise<ManifestChange> => new Promise((resolve) => manifest.onChange(resolve));
const problem = (): Promise<readonly string[]> => new Promise((resolve) => manifest.onProblem(resolve));

beforeEach(() => {
  folder = makeAddinFolder({ script: '' });
  manifest = new LiveManifest(folder.path, SCHEMA);
  watching = manifest.watch();
});
afterEach(() => {
  watching.dispose();
  folder.remove();
});

it('takes an edit of the manifest while it is watched', async () => {
  const change = changed();
  edit({ diagnostics: { enabled: true, level: 'debug', until: null } });
  expect(await change).toMatchObject({ restartNeeded: false, manifest: { diagnostics: { enabled: true, level: 'debug' } } });
  expect(manifest.current.diagnostics.enabled).toBe(true);
});

it('takes an edit of the strings, and a file put in the place of another', async () => {
  const change = changed();
  writeFileSync(folder.file('beside'), JSON.stringify({ ...SAMPLE_STRINGS, count: 'Compter autrement' }));
  renameSync(folder.file('beside'), folder.file('nls.fr.json'));
  expect((await change).manifest.contributes.commands[0]?.title).toBe('Compter autrement');
});

it('takes an edit made between its reading and the beginning of the watch', async () => {
  watching.dispose();
  manifest = new LiveManifest(folder.path, SCHEMA);
  edit({ publisher: 'early' });
  const change = changed();
  watching = manifest.watch();
  expect((await change).manifest.publisher).toBe('early');
});

it('says when an edit only takes effect after a restart', async () => {
  const change = changed();
  edit({ main: 'other.js' });
  expect(await change).toMatchObject({ restartNeeded: true });
});

it('reports a wrong edit with where and what, keeps the last good one, and takes the mended one', async () => {
  const found = problem();
  edit({ capabilities: ['hooks', 'camera'] });
  expect(await found).toEqual([expect.stringMatching(/^\/capabilities\/1: expected one of/)]);
  expect(manifest.current.capabilities).toEqual(SAMPLE_MANIFEST.capabilities);
  const change = changed();
  edit({ capabilities: ['hooks', 'badge', 'print'] });
  await change;
  expect(manifest.current.capabilities).toEqual(['hooks', 'badge', 'print']);
});

it('reports a file that is no JSON', async () => {
  const found = problem();
  writeFileSync(folder.file('manifest.json'), '{"name": "sample');
  expect(await found).toEqual(['manifest.json is not JSON']);
});

it('never reports the half of an edit that is finished at the next look', async () => {
  const seen: unknown[] = [];
  manifest.onProblem((problems) => seen.push(problems));
  for (let n = 0; n < 3; n++) {
    const change = changed();
    writeFileSync(folder.file('manifest.json'), '{"half');
    edit({ publisher: `editor ${n}` });
    await change;
  }
  expect(seen).toEqual([]);
});
