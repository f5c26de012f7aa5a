import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadManifest, validateManifest } from '../../src/host-bridge/manifest';
import { PROJECT_ROOT } from '../native/build';
import { makeAddinFolder, SAMPLE_MANIFEST, SAMPLE_STRINGS } from './support/addin-folder';

const schemaPath = path.join(PROJECT_ROOT, 'addin/manifest.schema.json');
const schema = JSON.parse(readFileSync(schemaPath, 'utf8')) as object;
const validate = (change: object): unknown => validateManifest({ ...SAMPLE_MANIFEST, ...change }, SAMPLE_STRINGS, schema);
const contributes = (change: object): object => ({ contributes: { ...SAMPLE_MANIFEST.contributes, ...change } });

describe('the manifest of this add-in', () => {
  const manifest = loadManifest(path.join(PROJECT_ROOT, 'addin'), schemaPath);

  it('is right, and all its texts are French texts of the strings file', () => {
    expect(manifest.contributes.commands.map((entry) => [entry.command, entry.title])).toEqual([
      ['teletrans.ouvrir', 'Télétransmission'],
      ['teletrans.transmettre', 'Transmettre maintenant'],
      ['teletrans.verrouiller', 'Refermer la carte'],
      ['teletrans.relever', 'Relever les réponses'],
    ]);
    expect(JSON.stringify(manifest)).not.toMatch(/%[\w.]+%/);
  });

  it('puts the telephone into the toolbar and takes stored invoices and the close of the day', () => {
    expect(manifest.contributes.toolbar.map((entry) => entry.command)).toEqual(['teletrans.ouvrir']);
    expect(manifest.contributes.hooks.map((entry) => entry.hook)).toEqual(['invoice.stored', 'day.closing']);
    const icon = manifest.contributes.commands[0]!.icon!;
    expect(readFileSync(path.join(PROJECT_ROOT, 'addin', icon), 'utf8')).toMatch(/^<svg /);
  });

  it('uses every text of the strings file', () => {
    const used = readFileSync(path.join(PROJECT_ROOT, 'addin/manifest.json'), 'utf8');
    const strings = JSON.parse(readFileSync(path.join(PROJECT_ROOT, 'addin/nls.fr.json'), 'utf8')) as Record<string, string>;
    for (const key of Object.keys(strings)) expect(used).toContain(`%${key}%`);
  });

  it('leaves diagnostics off', () => {
    expect(manifest.diagnostics).toEqual({ enabled: false, level: 'info', until: null });
  });
});

describe('a manifest that is wrong says where and what was expected', () => {
  it('accepts the sample', () => {
    expect(validate({})).toMatchObject({ name: 'sample-parcels', displayName: 'Colis' });
  });

  it.each([
    ['a version that is none', { version: '1.0' }, '/version: must match pattern'],
    ['a name with capitals', { name: 'Sample' }, '/name: must match pattern'],
    ['a main outside the add-in', { main: '../elsewhere.js' }, '/main: must match pattern'],
    ['an absolute main', { main: '/etc/x.js' }, '/main: must match pattern'],
    ['a root far away', { root: '../..' }, '/root: expected one of [".",".."]'],
    ['an unknown field', { permissions: [] }, 'the manifest: "permissions" is not known here'],
    ['an unknown capability', { capabilities: ['hooks', 'camera'] }, '/capabilities/1: expected one of'],
    ['an unknown activation event', { activationEvents: ['onMonday'] }, '/activationEvents/0: must match pattern'],
    ['an engine range that is none', { engines: { logosw: 'latest' } }, '/engines/logosw: "latest" is no range of versions'],
    [
      'a diagnostics date without offset',
      { diagnostics: { enabled: true, level: 'debug', until: '2026-01-01T10:00' } },
      '/diagnostics/until:',
    ],
    ['commands that are no list', contributes({ commands: {} }), '/contributes/commands: must be array'],
    ['an icon outside', contributes({ commands: [{ command: 'a', title: 'b', icon: '../x.svg' }] }), '/contributes/commands/0/icon:'],
    [
      'a command declared twice',
      contributes({ commands: [...SAMPLE_MANIFEST.contributes.commands, { command: 'sample.count', title: 'x' }] }),
      '/contributes/commands/2/command: "sample.count" is declared twice',
    ],
    [
      'a toolbar entry without its command',
      contributes({ toolbar: [{ command: 'sample.none' }] }),
      '/contributes/toolbar/0/command: "sample.none"',
    ],
    ['an engine range that takes anything', { engines: { logosw: '*' } }, '/engines/logosw: "*" is no range of versions'],
    [
      'a condition that is none',
      contributes({ commands: [{ command: 'sample.count', title: 'x', enablement: 'waiting > ' }] }),
      "/contributes/commands/0/enablement: character 11: expected a number, a 'text', true or false",
    ],
    [
      'a health check declared twice',
      contributes({
        healthChecks: [
          { check: 'disk', title: 'x' },
          { check: 'disk', title: 'y' },
        ],
      }),
      '/contributes/healthChecks/1/check: "disk" is declared twice',
    ],
    ['printing without the capability', { capabilities: ['hooks'] }, '/capabilities: "print" is needed for contributes.print'],
    ['an event of nothing', { activationEvents: ['onStartup', 'onHook:other'] }, '/activationEvents/1: "onHook:other" names nothing'],
    ['hooks without the capability', { capabilities: [] }, '/capabilities: "hooks" is needed'],
    ['a text without its French', { displayName: '%unknown%' }, '/displayName: nls.fr.json has no text "unknown"'],
  ])('%s', (_name, change, expected) => {
    expect(() => validate(change)).toThrow(expected);
  });

  it.each([
    'name',
    'publisher',
    'version',
    'displayName',
    'engines',
    'main',
    'activationEvents',
    'contributes',
    'capabilities',
    'diagnostics',
  ])('a manifest without %s', (field) => {
    expect(() => validateManifest({ ...SAMPLE_MANIFEST, [field]: undefined }, SAMPLE_STRINGS, schema)).toThrow(
      new RegExp(`must have required property '${field}'|/${field}: must be`),
    );
  });

  it('names every problem, not only the first', () => {
    expect(() => validate({ version: 'x', name: 'X' })).toThrow(/\/version.*\/name|\/name.*\/version/);
  });

  it('says which file cannot be read or is no JSON', () => {
    const folder = makeAddinFolder({ script: '' });
    try {
      writeFileSync(folder.file('manifest.json'), '{"name":');
      expect(() => loadManifest(folder.path, schemaPath)).toThrow('manifest.json is not JSON');
      rmSync(folder.file('manifest.json'));
      expect(() => loadManifest(folder.path, schemaPath)).toThrow('manifest.json cannot be read');
    } finally {
      folder.remove();
    }
  });
});
