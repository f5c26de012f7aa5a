/**
 * Makes the package for people who write another add-in, ready for `npm publish`: `node scripts/build-addin-package.mjs [folder]` (default build/addin-package).
 * It holds src/host-bridge compiled, its .d.ts, the manifest's schema, and the bridge library built here.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const OUT = resolve(process.argv[2] ?? join(ROOT, 'build', 'addin-package'));
const LIBRARIES = [
  ['build/native/liblogosw_addin.so', 'liblogosw_addin.so'],
  ['build/native/windows-x64/logosw_addin.dll', 'logosw_addin.dll'],
];

rmSync(OUT, { recursive: true, force: true });
mkdirSync(join(OUT, 'lib', 'native'), { recursive: true });
const compiled = spawnSync(
  process.execPath,
  [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', join(ROOT, 'tsconfig.addin-package.json'), '--outDir', join(OUT, 'lib')],
  { stdio: 'inherit' },
);
if (compiled.status !== 0) process.exit(1);

const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const needed = ['ajv', 'koffi', 'semver'];
const description = {
  name: 'logosw-addin-api',
  version: own.version,
  description: 'Types and run time for add-ins of LOGOSw: manifest, commands, hooks, and what the host does for them',
  license: own.license,
  engines: own.engines,
  main: './lib/index.js',
  types: './lib/index.d.ts',
  files: ['lib', 'manifest.schema.json'],
  dependencies: Object.fromEntries(needed.map((name) => [name, own.dependencies[name]])),
};
writeFileSync(join(OUT, 'package.json'), `${JSON.stringify(description, null, 2)}\n`);
for (const to of ['lib/manifest.schema.json', 'manifest.schema.json'])
  copyFileSync(join(ROOT, 'addin/manifest.schema.json'), join(OUT, to));
copyFileSync(join(ROOT, 'docs/addin-authors.md'), join(OUT, 'README.md'));
copyFileSync(join(ROOT, 'LICENSE'), join(OUT, 'LICENSE'));
for (const [from, to] of LIBRARIES) if (existsSync(join(ROOT, from))) copyFileSync(join(ROOT, from), join(OUT, 'lib/native', to));
