/**
 * Sets everything up on a fresh machine with Node's own modules only: packages, native bridge, TypeScript, window page. Each step is done again only when what it is
 * made from has changed. `node scripts/bootstrap.mjs` sets up; the other scripts call `setUp` first.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { mendPcsclite } from './mend-pcsclite.mjs';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STAMPS = join(ROOT, 'build', 'stamps');
const NODE_MINIMUM = [20, 20];

/** A step that cannot be done, with what the person can do about it. */
class SetUpError extends Error {}

function say(text) {
  process.stderr.write(`${text}\n`);
}

function* filesUnder(path) {
  const full = join(ROOT, path);
  if (!existsSync(full)) return;
  if (!statSync(full).isDirectory()) {
    yield path;
    return;
  }
  for (const entry of readdirSync(full).sort()) yield* filesUnder(join(path, entry));
}

function digest(paths) {
  const hash = createHash('sha256').update(process.version).update(process.arch);
  for (const path of paths) for (const file of filesUnder(path)) hash.update(file).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

function run(command, args, failure) {
  const result = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32', maxBuffer: 64 << 20 });
  if (result.status === 0) return;
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`.trim().split('\n').slice(-25).join('\n');
  throw new SetUpError(`${failure(output)}\n\n${output}`);
}

function has(command) {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NODE_MINIMUM[0] || (major === NODE_MINIMUM[0] && minor >= NODE_MINIMUM[1])) return;
  throw new SetUpError(
    `Node.js ${NODE_MINIMUM.join('.')} or newer is needed; this is ${process.versions.node}. Install a newer Node.js and start again.`,
  );
}

const NPM = process.platform === 'win32' ? 'npm.cmd' : 'npm';

function installPackages() {
  run(
    NPM,
    // No package needs its install script but the card reader's, which has a step of its own.
    ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'],
    () => 'The packages could not be installed. Check the network connection to the npm registry, then start again.',
  );
}

/** Tools that no package brings: looked for before anything long begins. */
function checkNativeTools() {
  const missing = [
    ['make', 'make'],
    ['cc', 'gcc'],
  ].filter(([tool]) => !has(tool));
  if (missing.length === 0) return;
  const [tools, packages] = [0, 1].map((column) => missing.map((row) => row[column]));
  throw new SetUpError(
    `The native bridge needs ${tools.join(' and ')}, not installed here. On Debian: apt-get install ${packages.join(' ')} libc6-dev`,
  );
}

function buildNative() {
  run('make', ['-C', 'native'], (output) => {
    const header = /fatal error: ([\w/.-]+): No such file/.exec(output);
    return header === null
      ? 'The native bridge could not be built.'
      : `The native bridge could not be built: the header ${header[1]} is missing. On Debian: apt-get install libc6-dev`;
  });
}

const onPath = (tool) => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, tool)));

/** The Debian packages the card reader is built with that are missing here. Other systems bring theirs, or the build says what it lacks. */
function missingForCardReader() {
  if (process.platform !== 'linux') return [];
  return [
    [onPath('g++'), 'g++'],
    [onPath('python3'), 'python3'],
    [existsSync('/usr/include/PCSC/winscard.h'), 'libpcsclite-dev'],
  ]
    .filter(([found]) => !found)
    .map(([, name]) => name);
}

/** Builds the package `pcsclite` for this Node, with the headers that came with it where they did: nothing is fetched then. */
function buildCardReader() {
  const missing = missingForCardReader();
  if (missing.length > 0)
    throw new SetUpError(`${missing.join(' and ')} not installed here. On Debian: apt-get install ${missing.join(' ')}`);
  try {
    mendPcsclite(join(ROOT, 'node_modules', 'pcsclite'));
  } catch (error) {
    throw new SetUpError(`the package pcsclite cannot be mended: ${error.message}`);
  }
  const prefix = dirname(dirname(process.execPath));
  if (existsSync(join(prefix, 'include', 'node', 'node.h'))) process.env.npm_config_nodedir ??= prefix;
  run(NPM, ['rebuild', 'pcsclite', '--ignore-scripts=false', '--no-audit', '--no-fund'], () => 'the package pcsclite could not be built.');
}

function compile() {
  run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'], () => 'The TypeScript sources could not be compiled.');
}

function bundleProgram() {
  run(process.execPath, ['scripts/bundle.mjs'], () => 'The add-in could not be put into one file.');
}

function buildPage() {
  run(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], () => 'The window page could not be built.');
}

const STEPS = [
  { name: 'packages', inputs: ['package-lock.json'], output: 'node_modules', act: installPackages },
  {
    name: 'card reader',
    inputs: ['package-lock.json', 'scripts/mend-pcsclite.mjs'],
    state: missingForCardReader,
    output: 'node_modules/pcsclite/build/Release/pcsclite.node',
    optional: 'Card readers (PC/SC) cannot be used; everything else works.',
    act: buildCardReader,
  },
  { name: 'native bridge', inputs: ['native'], output: 'build/native', check: checkNativeTools, act: buildNative },
  { name: 'program', inputs: ['src', 'tsconfig.json', 'package-lock.json'], output: 'dist/composition', act: compile },
  {
    name: 'program in one file',
    inputs: [
      'src',
      'addin/manifest.schema.json',
      'addin/tables/invoice.schema.json',
      'scripts/bundle.mjs',
      'tsconfig.json',
      'package-lock.json',
    ],
    output: 'dist/program',
    act: bundleProgram,
  },
  {
    name: 'window page',
    inputs: ['src/teletrans', 'docs/guide-du-cabinet.md', 'docs/screenshots', 'vite.config.mjs', 'package-lock.json'],
    output: 'dist/page',
    act: buildPage,
  },
];

const stampOf = ({ name }) => join(STAMPS, name.replaceAll(' ', '-'));

/** What a step is made from: its inputs, and for an optional one what the machine lacks. */
const wantedOf = (step) => [digest(step.inputs), ...(step.state?.() ?? [])].join(' ');
const leftOut = (wanted) => `left out ${wanted}`;

function isDone(step, wanted) {
  const stamp = existsSync(stampOf(step)) ? readFileSync(stampOf(step), 'utf8') : null;
  // Not tried again at each start: only once the machine has more.
  if (step.optional !== undefined && stamp === leftOut(wanted)) return true;
  return stamp === wanted && existsSync(join(ROOT, step.output));
}

/** @returns the stamp of what was done. An optional step that fails is told and left out. */
function carryOut(step, wanted) {
  const started = Date.now();
  say(`set-up: ${step.name}…`);
  try {
    step.act();
  } catch (error) {
    if (step.optional === undefined || !(error instanceof SetUpError)) throw error;
    say(`set-up: ${step.name} left out: ${error.message}\n${step.optional}`);
    return leftOut(wanted);
  }
  say(`set-up: ${step.name} ready (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  return wanted;
}

/** Brings everything up to date, saying what it does on standard error. Throws when something is missing. */
export function setUp() {
  checkNode();
  const due = STEPS.map((step) => ({ step, wanted: wantedOf(step) })).filter(({ step, wanted }) => !isDone(step, wanted));
  for (const { step } of due) step.check?.();
  for (const { step, wanted } of due) {
    const stamp = carryOut(step, wanted);
    mkdirSync(STAMPS, { recursive: true });
    writeFileSync(stampOf(step), stamp);
  }
}

/** Runs `work` after the set-up; a set-up that fails is told in words and ends the process with status 2. */
export function afterSetUp(work) {
  try {
    setUp();
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    say(error.message);
    process.exit(2);
  }
  work();
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) afterSetUp(() => say('set-up: done'));
