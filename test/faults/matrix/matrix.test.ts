/** The crash matrix, as far as a test run has time for it (the whole: `npm run matrix`), and the proof that its oracle can fail. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BEHAVIOURS } from './behaviours';
import type { Mutant } from './protocol';
import { Lane, type Cell } from './run';
import { totalsOf, type Totals } from './table';

const PROGRAM = join(__dirname, 'main.ts');
const BUILT = join(__dirname, '../../support/built.cjs');

interface End {
  readonly totals: Totals;
}

/** Runs the command and gives its last line; what it says on the way is shown when it fails. */
async function matrix(...words: readonly string[]): Promise<{ readonly code: number | null; readonly end: End; readonly said: string }> {
  const child = spawn(process.execPath, ['--require', BUILT, PROGRAM, '--json', ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const last = out.trim().split('\n').at(-1) ?? '';
  return { code, end: JSON.parse(last === '' ? '{}' : last) as End, said };
}

it('loses nothing, sends nothing twice and says nothing wrong, wherever the program dies and whatever the servers do', async () => {
  const { code, end, said } = await matrix('--sample');
  expect({ code, totals: end.totals, said }).toMatchObject({ code: 0, totals: { lost: 0, twice: 0, wrong: 0, nameless: 0 } });
  // it did look: programs died, and left doubts
  expect(end.totals.runs).toBeGreaterThan(50);
  expect(end.totals.interrupted).toBeGreaterThan(35);
  expect(end.totals.doubts).toBeGreaterThan(5);
  if (said.includes('left out')) console.warn(said);
  if (process.env['CI'] === 'true') expect(said).not.toContain('left out');
}, 1_200_000);

describe('the oracle', () => {
  let folder: string;
  let lane: Lane;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'oracle-'));
    lane = await Lane.open(folder);
  }, 60_000);
  afterAll(async () => {
    await lane.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const cell = (name: string, more: Partial<Cell> = {}): Cell => {
    const behaviour = BEHAVIOURS.find((one) => one.name === name);
    if (behaviour === undefined) throw new Error(name);
    return { behaviour, incident: null, death: null, mutant: null, ...more };
  };

  it.each<[Mutant, 'lost' | 'twice' | 'wrong', Cell]>([
    ['resends-on-doubt', 'twice', cell('reset after the dot, kept')],
    ['takes-doubt-for-failure', 'wrong', cell('closed after the dot, kept')],
    ['takes-doubt-for-failure', 'twice', cell('reset after the dot, kept, ARL lost')],
    ['takes-doubt-for-success', 'lost', cell('reset after the dot, not kept')],
    ['takes-doubt-for-success', 'wrong', cell('reset after the dot, not kept')],
    ['forgets-open-attempts', 'twice', cell('ARL lost', { death: { side: 'smtp', at: 'dot' } })],
    ['deletes-before-the-disk', 'wrong', cell('faultless', { death: { side: 'pop3', at: 'quit-done' } })],
  ])(
    'catches a program that %s: %s',
    async (mutant, column, given) => {
      const right = totalsOf([await lane.run(given)]);
      expect(right).toMatchObject({ lost: 0, twice: 0, wrong: 0, nameless: 0 });
      expect(totalsOf([await lane.run({ ...given, mutant })])[column]).toBeGreaterThan(0);
    },
    120_000,
  );

  it('catches a program that acknowledges-before-the-disk: lost', async () => {
    const ends = [];
    for (let step = 1; step <= 4; step++)
      ends.push(await lane.run(cell('faultless', { incident: { kind: 'kill', step }, mutant: 'acknowledges-before-the-disk' })));
    expect(totalsOf(ends).lost).toBeGreaterThan(0);
  }, 120_000);

  it('lets a message arrive twice only by a recorded decision', async () => {
    const end = await lane.run(cell('reset after the dot, kept, ARL lost, sent again by decision'));
    expect(totalsOf([end])).toMatchObject({ decisions: 2, lost: 0, twice: 0, wrong: 0, nameless: 0 });
  }, 60_000);
});
