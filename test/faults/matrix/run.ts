/** One cell of the matrix: a practice, its far side, two lives and what is left. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePracticeBox } from '../../../src/demonstration/practice-box';
import { FarSide, PATIENCE_MS } from './far-side';
import type { Behaviour, DeathPoint } from './behaviours';
import { judge, type Verdict } from './oracle';
import { fillerOf, stateOf, type Incident, type Job, type Mutant } from './protocol';
import { Worker, type LifeEnd } from './worker';

export interface Cell {
  readonly behaviour: Behaviour;
  /** At a journal step of the first life. */
  readonly incident: Incident | null;
  /** The program is killed when the far side sees it here. */
  readonly death: DeathPoint | null;
  readonly mutant: Mutant | null;
}

export interface RunEnd {
  readonly cell: Cell;
  readonly verdict: Verdict;
  /** The incident took place. */
  readonly hit: boolean;
  /** Journal steps of the first life, 0 when it was killed. */
  readonly steps: number;
  /** Of these, those before the first attempt to send. */
  readonly stepsBeforeSending: number;
  /** Points of the dialogues the first life came to. */
  readonly met: readonly DeathPoint[];
  /** Attempts that ended in doubt. */
  readonly doubts: number;
  /** Decisions of a person to send again. */
  readonly decisions: number;
  /** Failures of the lives: codes of the catalogue, or the error of a fault of the program. */
  readonly failures: readonly string[];
}

const SHIPPED_PROFILE = join(__dirname, '../../../addin/tables/transport/profil.json');
const EVENING = '2026-11-20T18:40:00+01:00';
const LATER = '2026-11-20T18:50:00+01:00';
const LAST = '2026-11-20T19:00:00+01:00';
const LONG_MS = 60_000;

/** Runs cells one after the other in a folder of its own, on a disk of its own when disks are filled. */
export class Lane {
  private readonly worker = new Worker();
  private runs = 0;

  private constructor(
    private readonly folder: string,
    private readonly template: string,
  ) {}

  /** Makes the practice that every run starts from: opened once, its card has its key, nothing is in it. */
  static async open(folder: string): Promise<Lane> {
    const template = join(folder, 'modele');
    mkdirSync(template, { recursive: true });
    makePracticeBox(template, { smtpPort: 1, pop3Port: 1 });
    setUp(template, { smtpPort: 1, pop3Port: 1 }, LONG_MS);
    const lane = new Lane(folder, template);
    const { failures } = await lane.worker.live({
      home: template,
      now: EVENING,
      tasks: ['card'],
      acknowledged: [],
      incident: null,
      mutant: null,
    });
    if (failures.length > 0) throw new Error(failures.join('\n'));
    return lane;
  }

  close(): Promise<void> {
    return this.worker.stop();
  }

  async run(cell: Cell): Promise<RunEnd> {
    const home = join(this.folder, `cabinet-${String(++this.runs)}`);
    cpSync(this.template, home, { recursive: true });
    cpSync(stateOf(this.template), stateOf(home), { recursive: true });
    const far = await FarSide.start();
    try {
      return await this.lives(cell, home, far);
    } finally {
      await far.stop();
      for (const folder of [home, stateOf(home)]) rmSync(folder, { recursive: true, force: true });
    }
  }

  private async lives(cell: Cell, home: string, far: FarSide): Promise<RunEnd> {
    far.behaviour = cell.behaviour;
    if (cell.death !== null) far.death = { at: cell.death, kill: () => this.worker.kill() };
    setUp(home, far.ports, PATIENCE_MS);
    const job = { home, mutant: cell.mutant, incident: null } as const;
    // The host offers what it has no acknowledgement for, a person transmits, the returns are fetched; then again, with the same server.
    const work: Job['tasks'] = ['take', 'transmit', 'collect'];
    const first = await this.worker.live({ ...job, now: EVENING, tasks: work, acknowledged: [], incident: cell.incident });
    const met = far.met();
    far.death = null;
    // a life that was killed cannot make room again
    rmSync(fillerOf(home), { force: true });
    const second = await this.worker.live({ ...job, now: LATER, tasks: work, acknowledged: first.taken });
    // What was late arrives, everything works, and a person lets sending go on where the brake had stopped it.
    far.mend();
    setUp(home, far.ports, LONG_MS);
    const end: Job['tasks'] = [
      'release',
      'transmit',
      'collect',
      ...(cell.behaviour.decided === true ? (['decide'] as const) : []),
      'report',
    ];
    const last = await this.worker.live({ ...job, now: LAST, tasks: end, acknowledged: [] });
    const lives: readonly LifeEnd[] = [first, second, last];
    const hit = first.killed || (cell.incident !== null && cell.incident.kind !== 'kill' && first.steps >= cell.incident.step);
    const verdict = judge({
      truth: far.truth,
      taken: new Set(lives.flatMap(({ taken }) => taken)),
      interrupted: hit,
      report: last.report,
    });
    return {
      cell,
      verdict,
      hit,
      steps: first.steps,
      stepsBeforeSending: first.stepsBeforeSending ?? first.steps,
      met,
      decisions: last.report?.files.reduce((sum, file) => sum + file.decisions, 0) ?? 0,
      doubts: last.report?.files.flatMap(({ attempts }) => attempts.filter(({ outcome }) => outcome === 'UNCERTAIN')).length ?? 0,
      failures: lives.flatMap(({ failures }) => failures),
    };
  }
}

/** Servers and patience of a practice. */
function setUp(home: string, { smtpPort, pop3Port }: { smtpPort: number; pop3Port: number }, patienceMs: number): void {
  const file = join(home, 'cabinet.json');
  const cabinet = JSON.parse(readFileSync(file, 'utf8')) as { network: { smtp: object; pop3: object } };
  const network = {
    ...cabinet.network,
    smtp: { ...cabinet.network.smtp, port: smtpPort },
    pop3: { ...cabinet.network.pop3, port: pop3Port },
  };
  writeFileSync(file, JSON.stringify({ ...cabinet, network, profile: 'profil.json' }));
  const profile = JSON.parse(readFileSync(SHIPPED_PROFILE, 'utf8')) as { smtp: { main: object }; pop3: { main: object } };
  Object.assign(profile.smtp.main, { connection_timeout_ms: patienceMs, greeting_timeout_ms: patienceMs, socket_timeout_ms: patienceMs });
  Object.assign(profile.pop3.main, { command_timeout_ms: patienceMs });
  writeFileSync(join(home, 'profil.json'), JSON.stringify(profile));
}
