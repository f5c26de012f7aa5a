/** The code porteur on its real way: typed into the window, over HTTP, to the card. The heap of the program holds no string of it afterwards. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { makePracticeBox, DEMONSTRATION_CODE } from '../../../src/demonstration/practice-box';
import { aFolder } from '../store/folder';
import { stringsOf } from './heap-strings';

/** No code, but it goes the same way until the card refuses its length: nothing in a heap looks like it by chance. */
const MARKER = 'Zq7xK3wV9pJ2';

let folder: string;
let remove: () => Promise<void>;
let program: ChildProcessWithoutNullStreams;
let lines: AsyncIterator<string>;

beforeEach(async () => {
  ({ folder, remove } = await aFolder());
  makePracticeBox(folder, { smtpPort: 9, pop3Port: 9 });
});
afterEach(async () => {
  const ended = new Promise((resolve) => program.once('close', resolve));
  program.stdin.end();
  expect(await ended).toBe(0);
  await remove();
});

async function start(...args: string[]): Promise<(code: string) => Promise<number>> {
  const hook = path.join(__dirname, '../store/programs/typescript.cjs');
  program = spawn(process.execPath, ['--require', hook, path.join(__dirname, 'programs/heap-window.ts'), ...args], {
    env: { ...process.env, VITALE_HOME: folder },
  });
  program.stderr.pipe(process.stderr);
  lines = createInterface(program.stdout)[Symbol.asyncIterator]();
  const url = String((await lines.next()).value);
  const { origin } = new URL(url);
  const opened = await fetch(url, { redirect: 'manual' });
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
  return async (code) => {
    const headers = { cookie, origin, 'content-type': 'application/octet-stream' };
    return (await fetch(`${origin}/api/card/open`, { method: 'POST', headers, body: Buffer.from(code) })).status;
  };
}

async function heap(): Promise<readonly string[]> {
  const file = path.join(folder, 'heap.json');
  program.stdin.write(`${file}\n`);
  await lines.next();
  return stringsOf(file);
}

it('leaves no string of a code that was accepted, nor of one that was refused', async () => {
  const present = await start();
  expect(await present(MARKER)).toBe(409);
  expect(await present(DEMONSTRATION_CODE)).toBe(200);
  const strings = await heap();
  // The search finds what is there.
  expect(strings.some((text) => text.includes('DUPONT'))).toBe(true);
  expect(strings.filter((text) => text.includes(MARKER) || text.trim() === DEMONSTRATION_CODE)).toEqual([]);
}, 120_000);

it('would find one that is kept', async () => {
  const present = await start('keep');
  await present(MARKER);
  expect((await heap()).filter((text) => text.includes(MARKER)).length).toBeGreaterThan(0);
}, 120_000);
