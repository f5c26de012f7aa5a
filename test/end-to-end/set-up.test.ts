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
