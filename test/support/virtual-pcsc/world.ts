/** Runs scenarios in a mount and network world of their own, where a real pcscd may live without touching the machine. Talks by JSON lines. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import type { PcscMeans } from './available';

const HOOK = path.resolve(__dirname, '../../teletrans/store/programs/typescript.cjs');
/** Everything pcscd writes is under /run, which is replaced; the new network has loopback alone. */
const PREPARE = 'mount -t tmpfs tmpfs /run && ip link set lo up && exec "$@"';

/** `node` arguments that run a TypeScript program of the tests. */
export const nodeArguments = (program: string): readonly string[] => ['--require', HOOK, program];

export class PcscWorld {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly answers: AsyncIterator<string, undefined>;
  private errors = '';

  /** @param program a TypeScript file that answers each line `{"scenario": name}` by one line, `{"result": …}` or `{"error": text}`. @param road how the program reaches the service. */
  constructor(means: PcscMeans, program: string, road: 'package' | 'ffi' = 'package') {
    const [command = '', ...args] = means.unshare;
    this.child = spawn(command, [...args, 'sh', '-c', PREPARE, 'sh', process.execPath, ...nodeArguments(program)], {
      env: { ...process.env, VITALE_PCSC_MEANS: JSON.stringify(means), VITALE_PCSC_ROAD: road },
    });
    // Left behind by a test that gave up, it would keep a machine busy.
    process.once('exit', () => this.child.kill('SIGKILL'));
    this.child.stderr.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    this.answers = createInterface(this.child.stdout)[Symbol.asyncIterator]() as AsyncIterator<string, undefined>;
  }

  async run<T>(scenario: string): Promise<T> {
    this.child.stdin.write(`${JSON.stringify({ scenario })}\n`);
    const next = await this.answers.next();
    if (next.done === true) throw new Error(`the world has ended\n${this.errors}`);
    const answer = JSON.parse(next.value) as { readonly result?: T; readonly error?: string };
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.result as T;
  }

  /** Ends the world. @returns the exit code of the program, which must end by itself. */
  async end(): Promise<number | null> {
    const ended = once(this.child, 'close');
    this.child.stdin.end();
    const [code] = (await ended) as [number | null];
    return code;
  }
}
