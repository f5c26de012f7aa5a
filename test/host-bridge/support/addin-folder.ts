/** Add-in folders made for one test: a manifest, its strings and a main script that loads a compiled add-in. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PROJECT_ROOT } from '../../native/build';
import { compileBridge } from './compiled';

export interface AddinFolder {
  readonly path: string;
  file(name: string): string;
  remove(): void;
}

export const SCHEMA = path.join(PROJECT_ROOT, 'addin/manifest.schema.json');

export const SAMPLE_MANIFEST = {
  name: 'sample-parcels',
  publisher: 'tests',
  version: '1.2.3',
  displayName: '%name%',
  engines: { logosw: '>=1.0.0' },
  main: 'main.js',
  activationEvents: ['onStartup'],
  contributes: {
    commands: [
      { command: 'sample.count', title: '%count%', icon: 'icons/count.svg' },
      { command: 'sample.act', title: '%act%' },
    ],
    toolbar: [{ command: 'sample.count', order: 0 }],
    hooks: [{ hook: 'invoice.stored' }, { hook: 'day.closing' }],
    configuration: {},
    healthChecks: [{ check: 'shelf', title: '%shelf%' }],
    print: [{ document: 'list', title: '%list%' }],
  },
  capabilities: ['badge', 'clock', 'hooks', 'notifications', 'practitioners', 'print', 'progress', 'windows'],
  diagnostics: { enabled: false, level: 'info', until: null },
};

export const SAMPLE_STRINGS = {
  name: 'Colis',
  count: 'Compter les colis « reçus »',
  act: 'Agir',
  shelf: 'Étagère',
  list: 'Liste des colis',
};

/** `fixture`: a file of test/host-bridge/fixtures without its ending, or the text of a main script of its own. */
export function makeAddinFolder(fixture: string | { readonly script: string }, manifest: object = SAMPLE_MANIFEST): AddinFolder {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'addin-'));
  const file = (name: string): string => path.join(folder, name);
  const script = typeof fixture === 'string' ? `require(${JSON.stringify(path.join(compileBridge(), fixture))});\n` : fixture.script;
  writeFileSync(file('manifest.json'), JSON.stringify(manifest));
  writeFileSync(file('nls.fr.json'), JSON.stringify(SAMPLE_STRINGS));
  writeFileSync(file('main.js'), script);
  return { path: folder, file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
