/** Drives the reference host as a person would: lines in, JSON lines out. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { buildNative } from '../../native/build';

export type HostLine = Readonly<Record<string, unknown>> & { readonly event: string };

export interface HostOptions {
  readonly spool?: string;
  readonly arguments?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly program?: string;
}

export class ReferenceHost {
  readonly lines: HostLine[] = [];
  readonly errors: string[] = [];
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #exited: Promise<number | null>;
  #wake: () => void = () => undefined;
  #read = 0;

  constructor(addinFolder: string, options: HostOptions = {}) {
    const build = buildNative();
    const spool = options.spool === undefined ? [] : ['--spool', options.spool];
    this.#child = spawn(
      options.program ?? build.referenceHost,
      ['--addin', addinFolder, '--node', process.execPath, ...spool, ...(options.arguments ?? [])],
      { env: { ...process.env, SAMPLE_LIBRARY: build.bridge, ...options.env } },
    );
    this.#exited = once(this.#child, 'exit').then(([code]) => code as number | null);
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      this.lines.push(JSON.parse(line) as HostLine);
      this.#wake();
    });
    // A host that ends by itself reads no more: its exit code tells.
    this.#child.stdin.on('error', () => undefined);
    this.#child.stderr.on('data', (chunk: Buffer) => this.errors.push(chunk.toString()));
    void this.#exited.then(() => this.#wake());
  }

  get pid(): number {
    return this.#child.pid!;
  }

  send(...lines: string[]): void {
    for (const line of lines) this.#child.stdin.write(`${line}\n`);
  }

  /** The next line, from where the last call stopped, that satisfies `wanted`. */
  async next(wanted: string | ((line: HostLine) => boolean), timeoutMs = 15_000): Promise<HostLine> {
    const matches = typeof wanted === 'string' ? (line: HostLine) => line.event === wanted : wanted;
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      while (this.#read < this.lines.length) {
        const line = this.lines[this.#read++]!;
        if (matches(line)) return line;
      }
      const left = deadline - Date.now();
      if (left <= 0 || this.#child.exitCode !== null) {
        const seen = this.lines.map((line) => JSON.stringify(line)).join('\n');
        throw new Error(`The host did not print what was expected.\n${seen}\n${this.errors.join('')}`);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, 500));
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  state(state: string): Promise<HostLine> {
    return this.next((line) => line.event === 'state' && line['state'] === state);
  }

  all(event: string): HostLine[] {
    return this.lines.filter((line) => line.event === event);
  }

  /** Kills the host outright; resolves when it is gone. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  /** Ends the host as a person would; its exit code. */
  async quit(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.stdin.end('quit\n');
    return this.#exited;
  }
}
