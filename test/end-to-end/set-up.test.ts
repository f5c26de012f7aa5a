/** The set-up on a machine that lacks something: a clear sentence, before anything long begins. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/practice-processes';

let copy: string;
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'set-up-'));
  for (const part of ['scripts', 'native', 'package.json', 'package-lock.json', 'vitale'])
    cpSync(join(ROOT, part), join(copy, part), { recursive: true });
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

/** A folder of tools with these only. */
function toolsWith(...tools: readonly string[]): string {
  const folder = join(copy, 'tools');
  mkdirSync(folder);
  symlinkSync(process.execPath, join(folder, 'node'));
  for (const tool of tools) symlinkSync(`/usr/bin/${tool}`, join(folder, tool));
  return folder;
}

function setUp(script: string, path: string): ReturnType<typeof spawnSync> {
  return spawnSync(process.execPath, [join(copy, 'scripts', script)], { env: { PATH: path }, encoding: 'utf8' });
}

it('names the tools that are missing and the package that brings them', () => {
  const { status, stdout, stderr } = setUp('start.mjs', toolsWith());
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toBe('The native bridge needs make and cc, not installed here. On Debian: apt-get install make gcc libc6-dev\n');
  expect(readdirSync(copy)).not.toContain('node_modules');
});

it('says that the packages cannot be installed, and ends', () => {
  const { status, stderr } = setUp('test.mjs', toolsWith('make', 'cc'));
  expect(status).toBe(2);
  expect(stderr).toContain('The packages could not be installed.');
  expect(stderr).not.toContain('    at ');
});

it('sets up for the standalone program too, with nothing on standard output', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(copy, 'vitale'), 'etat', '--json'], {
    env: { PATH: toolsWith() },
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('The native bridge needs');
});

it('leaves the card reader out where it cannot be built, says so once, and sets up the rest', () => {
  // What is set up already, but for the card reader.
  for (const part of ['node_modules', 'addin', 'src', 'dist', 'docs', 'tsconfig.json', 'vite.config.mjs'])
    symlinkSync(join(ROOT, part), join(copy, part));
  mkdirSync(join(copy, 'build'));
  symlinkSync(join(ROOT, 'build', 'native'), join(copy, 'build', 'native'));
  cpSync(join(ROOT, 'build', 'stamps'), join(copy, 'build', 'stamps'), { recursive: true });
  rmSync(join(copy, 'build', 'stamps', 'card-reader'));
  const tools = toolsWith('make', 'cc');
  const first = setUp('bootstrap.mjs', tools);
  expect(first).toMatchObject({ status: 0 });
  // Nothing else is due: a step done here would write into the folders other tests read.
  expect(first.stderr).not.toContain('ready (');
  expect(first.stderr).toContain('card reader left out: g++ and python3');
  expect(first.stderr).toContain('Card readers (PC/SC) cannot be used; everything else works.');
  expect(first.stderr).toMatch(/set-up: done\n$/);
  expect(setUp('bootstrap.mjs', tools).stderr).toBe('set-up: done\n');
});
