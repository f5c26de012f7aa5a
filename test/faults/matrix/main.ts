/**
 * The crash matrix in one command: `npm run matrix` (whole), `npm run matrix -- --sample`. The program is killed at every journal step and at every point of its
 * dialogues, under every server behaviour; its disk is filled, its database locked, its clock put back. Ends with status 1 when anything was lost, sent twice or
 * wrongly said. `--lanes N` runs side by side, `--only TEXT` rows whose name holds the text,
 * `--incident KIND` cells of one kind, `--mutant NAME` with a fault put in, `--json` the ends as lines.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { aloneCells, sample, wholeMatrix, type Alone } from './cells';
import type { Incident, Mutant } from './protocol';
import { Lane, type Cell, type RunEnd } from './run';
import { tableOf, totalsOf } from './table';

const INSIDE = 'VITALE_MATRIX_WORLD';
const DISK = 'size=24m,mode=700';

const { values } = parseArgs({
  options: {
    sample: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    lanes: { type: 'string', default: '2' },
    only: { type: 'string', default: '' },
    incident: { type: 'string' },
    mutant: { type: 'string' },
  },
});

/** A world of mounts of its own, so that each lane has a small disk that can be filled. @returns null when it cannot be had here. */
function ownWorld(): number | null {
  const unshare = ['--mount', '--propagation', 'private'];
  if (spawnSync('unshare', [...unshare, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' }).status !== 0) return null;
  const again = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  return spawnSync('unshare', [...unshare, ...again], { stdio: 'inherit', env: { ...process.env, [INSIDE]: '1' } }).status ?? 1;
}

async function run(cells: readonly Cell[], lanes: readonly Lane[], ends: RunEnd[]): Promise<void> {
  const waiting = [...cells];
  const all = ends.length + cells.length;
  await Promise.all(
    lanes.map(async (lane) => {
      for (let cell = waiting.shift(); cell !== undefined; cell = waiting.shift()) {
        const end = await lane.run(cell);
        ends.push(end);
        tell(end);
        if (ends.length % 100 === 0) process.stderr.write(`${String(ends.length)} of ${String(all)} runs\n`);
      }
    }),
  );
}

function tell({ cell, verdict, failures, hit, steps, doubts }: RunEnd): void {
  const { behaviour, incident, death } = cell;
  if (values.json) process.stdout.write(`${JSON.stringify({ behaviour: behaviour.name, incident, death, hit, steps, doubts, verdict })}\n`);
  const nameless = failures.filter((failure) => !/^[A-Z]{3}-\d{3}$/.test(failure));
  const faults = [...verdict.lost, ...verdict.twice, ...verdict.wrong, ...nameless];
  if (faults.length > 0) process.stderr.write(`${behaviour.name} ${JSON.stringify(incident ?? death)}: ${faults.join('; ')}\n`);
}

async function main(folder: string): Promise<number> {
  const started = Date.now();
  const kinds: Incident['kind'][] = ['kill', 'locked', 'clock-back'];
  if (process.env[INSIDE] === '1') kinds.push('disk-full');
  else process.stderr.write('disk full: left out, no world of mounts of our own can be had here (unshare, as root)\n');
  const lanes: Lane[] = [];
  for (let rank = 0; rank < Number(values.lanes); rank++) {
    const place = join(folder, String(rank));
    mkdirSync(place);
    if (process.env[INSIDE] === '1') execFileSync('mount', ['-t', 'tmpfs', '-o', DISK, 'tmpfs', place]);
    lanes.push(await Lane.open(place));
  }
  const ends: RunEnd[] = [];
  const wanted = ({ behaviour, incident, death }: Cell): boolean =>
    behaviour.name.includes(values.only) &&
    (values.incident === undefined || values.incident === (incident?.kind ?? (death === null ? '' : 'kill')));
  const withMutant = (cell: Cell): Cell => ({ ...cell, mutant: (values.mutant ?? null) as Mutant | null });
  const chosen = (cells: readonly Cell[]): readonly Cell[] => cells.filter(wanted).map(withMutant);
  try {
    await run(
      (values.sample ? aloneCells().slice(0, 1) : aloneCells().filter(({ behaviour }) => behaviour.name.includes(values.only))).map(
        withMutant,
      ),
      lanes,
      ends,
    );
    const alone = new Map(ends.map((end) => [end.cell.behaviour.name, end]));
    // in a sample the first behaviour stands for all
    const [first] = ends;
    const aloneOf = ({ name }: { readonly name: string }): Alone =>
      alone.get(name) ?? first ?? { steps: 1, stepsBeforeSending: 1, met: [] };
    await run(chosen((values.sample ? sample : wholeMatrix)(aloneOf, kinds)), lanes, ends);
  } finally {
    for (const lane of lanes) await lane.close();
  }
  const totals = totalsOf(ends);
  const seconds = Math.round((Date.now() - started) / 1000);
  process.stdout.write(values.json ? `${JSON.stringify({ totals, seconds })}\n` : `${tableOf(ends)}\n${String(seconds)} s\n`);
  return totals.lost + totals.twice + totals.wrong + totals.nameless === 0 ? 0 : 1;
}

const status = process.env[INSIDE] === '1' ? null : ownWorld();
if (status === null) {
  const folder = mkdtempSync(join(tmpdir(), 'matrice-'));
  main(folder)
    .finally(() => {
      if (process.env[INSIDE] === '1')
        for (let rank = 0; rank < Number(values.lanes); rank++) spawnSync('umount', ['-l', join(folder, String(rank))]);
      rmSync(folder, { recursive: true, force: true });
    })
    .then(
      (code) => process.exit(code),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
        process.exit(1);
      },
    );
} else process.exit(status);
