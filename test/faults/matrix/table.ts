/** The printed table of the matrix. Pure. */
import { BEHAVIOURS } from './behaviours';
import type { RunEnd } from './run';

export interface Totals {
  readonly runs: number;
  /** Runs in which the program was killed, or its disk, database or clock failed it. */
  readonly interrupted: number;
  /** Attempts in doubt, and decisions of a person to send again. */
  readonly doubts: number;
  readonly decisions: number;
  readonly lost: number;
  readonly twice: number;
  readonly wrong: number;
  /** Failures that are no code of the catalogue. */
  readonly nameless: number;
}

const sum = (ends: readonly RunEnd[], of: (end: RunEnd) => number): number => ends.reduce((total, end) => total + of(end), 0);

export function totalsOf(ends: readonly RunEnd[]): Totals {
  return {
    runs: ends.length,
    interrupted: ends.filter(({ hit }) => hit).length,
    doubts: sum(ends, ({ doubts }) => doubts),
    decisions: sum(ends, ({ decisions }) => decisions),
    lost: sum(ends, ({ verdict }) => verdict.lost.length),
    twice: sum(ends, ({ verdict }) => verdict.twice.length),
    wrong: sum(ends, ({ verdict }) => verdict.wrong.length),
    nameless: sum(ends, ({ failures }) => failures.filter((failure) => !/^[A-Z]{3}-\d{3}$/.test(failure)).length),
  };
}

const COLUMNS: readonly (keyof Totals)[] = ['runs', 'interrupted', 'doubts', 'decisions', 'lost', 'twice', 'wrong', 'nameless'];
const WIDTH = 60;

function row(name: string, totals: Totals): string {
  return name.padEnd(WIDTH) + COLUMNS.map((column) => String(totals[column]).padStart(12)).join('');
}

export function tableOf(ends: readonly RunEnd[]): string {
  const head = 'server behaviour'.padEnd(WIDTH) + COLUMNS.map((column) => column.padStart(12)).join('');
  const rows = BEHAVIOURS.map(({ name }) => ({ name, own: ends.filter(({ cell }) => cell.behaviour.name === name) })).filter(
    ({ own }) => own.length > 0,
  );
  const kinds = ['kill', 'disk-full', 'locked', 'clock-back'] as const;
  const byIncident = [
    row('without incident', totalsOf(ends.filter(({ cell }) => cell.incident === null && cell.death === null))),
    row('killed where the far side sees it', totalsOf(ends.filter(({ cell }) => cell.death !== null))),
    ...kinds.map((kind) => row(`${kind} at a journal step`, totalsOf(ends.filter(({ cell }) => cell.incident?.kind === kind)))),
  ];
  const line = '-'.repeat(head.length);
  return [head, line, ...rows.map(({ name, own }) => row(name, totalsOf(own))), line, ...byIncident, line, row('all', totalsOf(ends))].join(
    '\n',
  );
}
