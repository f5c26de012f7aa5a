import { spawn, type ChildProcess } from 'node:child_process';
import * as path from 'node:path';
import { createInterface } from 'node:readline';

/** A program of this folder in a process of its own. */
export interface Program {
  readonly process: ChildProcess;
  /** Every line printed so far. */
  readonly lines: readonly string[];
  /** Resolves with the next line that satisfies `test`, or rejects when the program ends first. */
  line(test: (line: string) => boolean): Promise<string>;
  /** SIGKILL, then waits for the end and the last printed lines. */
  kill(): Promise<void>;
  ended(): Promise<number | null>;
}

export function startProgram(name: string, ...args: string[]): Program {
  const child = spawn(process.execPath, ['--require', path.join(__dirname, 'typescript.cjs'), path.join(__dirname, name), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  const printed = new Promise<void>((resolve) => reader.once('close', resolve));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ended = async (): Promise<number | null> => {
    await printed;
    return exited;
  };
  return {
    process: child,
    lines,
    line: (test) =>
      new Promise((resolve, reject) => {
        reader.on('line', (line) => {
          if (test(line)) resolve(line);
        });
        void ended().then(() => reject(new Error(`${name} ended before the line that was waited for`)));
      }),
    ended,
    kill: async () => {
      child.kill('SIGKILL');
      await ended();
    },
  };
}
