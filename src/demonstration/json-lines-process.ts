/** A child process that is driven by lines and answers with one JSON object a line. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

export type JsonLine = Readonly<Record<string, unknown>>;

interface Waiter {
  readonly wanted: (line: JsonLine) => boolean;
  readonly resolve: (line: JsonLine) => void;
  readonly reject: (error: Error) => void;
}

export class JsonLinesProcess {
  private readonly waiters = new Set<Waiter>();
  private readonly ended: Promise<void>;
  private stderr = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly name: string,
    onLine: (line: JsonLine) => void,
  ) {
    createInterface({ input: child.stdout ?? process.stdin }).on('line', (text) => this.take(text, onLine));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr = `${this.stderr}${text}`.slice(-4000)));
    this.ended = new Promise((resolve) => {
      const end = (why: string): void => {
        const error = new Error(`${name} ended: ${why}`);
        for (const waiter of this.waiters) waiter.reject(error);
        this.waiters.clear();
        resolve();
      };
      child.once('error', (error) => end(error.message));
      child.once('exit', () => end(this.stderr.trim()));
      // A process that ends while a line is on its way to it says so by its end.
      child.stdin?.on('error', () => undefined);
    });
  }

  /** @param onLine called with every JSON line, also those someone waits for. */
  static start(
    name: string,
    command: string,
    args: readonly string[],
    environment: NodeJS.ProcessEnv,
    onLine: (line: JsonLine) => void = () => undefined,
  ): JsonLinesProcess {
    return new JsonLinesProcess(spawn(command, args, { env: environment, stdio: ['pipe', 'pipe', 'pipe'] }), name, onLine);
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  send(line: string): void {
    this.child.stdin?.write(`${line}\n`);
  }

  /** The next line that `wanted` accepts; rejects when the process ends or the time is over. Call before the line can come. */
  next(wanted: (line: JsonLine) => boolean, timeoutMs = 60_000): Promise<JsonLine> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiters.delete(waiter);
        reject(new Error(`${this.name}: no answer in ${timeoutMs} ms. ${this.stderr.trim()}`));
      }, timeoutMs);
      const waiter: Waiter = {
        wanted,
        resolve: (line) => {
          clearTimeout(timer);
          resolve(line);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      this.waiters.add(waiter);
    });
  }

  /** Closes its standard input and waits for the end; kills it when it does not come. */
  async stop(lastLine?: string, graceMs = 10_000): Promise<void> {
    if (lastLine !== undefined && this.child.exitCode === null) this.send(lastLine);
    this.child.stdin?.end();
    const killer = setTimeout(() => this.child.kill('SIGKILL'), graceMs);
    await this.ended;
    clearTimeout(killer);
  }

  private take(text: string, onLine: (line: JsonLine) => void): void {
    let line: JsonLine;
    try {
      line = JSON.parse(text) as JsonLine;
    } catch {
      return;
    }
    onLine(line);
    for (const waiter of [...this.waiters]) {
      if (!waiter.wanted(line)) continue;
      this.waiters.delete(waiter);
      waiter.resolve(line);
    }
  }
}
