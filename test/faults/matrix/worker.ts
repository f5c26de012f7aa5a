/** A process that lives several lives, one after the other, until it is killed in one of them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Job, LifeLine, Report } from './protocol';

export interface LifeEnd {
  readonly killed: boolean;
  /** Numbers of the invoices acknowledged, also by a life that was killed afterwards. */
  readonly taken: readonly string[];
  readonly steps: number;
  /** Null when nothing was sent. */
  readonly stepsBeforeSending: number | null;
  readonly failures: readonly string[];
  readonly report: Report | null;
}

export class Worker {
  private child: ChildProcess | null = null;
  private hear: (line: LifeLine | null) => void = () => undefined;

  /** Lives a life, in a fresh process when the last one was killed. */
  async live(job: Job): Promise<LifeEnd> {
    const child = (this.child ??= this.start());
    const taken: string[] = [];
    return new Promise((resolve) => {
      this.hear = (line) => {
        if (line === null) resolve({ killed: true, taken, steps: 0, stepsBeforeSending: null, failures: [], report: null });
        else if ('taken' in line) taken.push(line.taken);
        else resolve({ ...line, killed: false, taken });
      };
      child.stdin?.write(`${JSON.stringify(job)}\n`);
    });
  }

  kill(): void {
    this.child?.kill('SIGKILL');
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (child === null) return;
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.stdin?.end();
    await ended;
  }

  private start(): ChildProcess {
    const built = join(__dirname, '../../support/built.cjs');
    const child = spawn(process.execPath, ['--require', built, join(__dirname, 'life.ts')], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.on('error', () => undefined);
    createInterface({ input: child.stdout }).on('line', (line) => this.hear(JSON.parse(line) as LifeLine));
    // `close`: after the last line it printed
    child.once('close', (code, signal) => {
      if (signal !== 'SIGKILL' && code !== 0) process.stderr.write(`a life ended by ${String(signal ?? code)}\n`);
      this.child = null;
      this.hear(null);
    });
    return child;
  }
}
