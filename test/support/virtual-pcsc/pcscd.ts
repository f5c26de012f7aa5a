/** A pcscd of the test's own, with a private configuration. To be called in a world of its own (world.ts): the place of its socket is fixed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { VirtualPcscReader } from './reader';

const SOCKET = '/run/pcscd/pcscd.comm';

export interface NamedReader {
  readonly name: string;
  readonly reader: VirtualPcscReader;
}

export class Pcscd {
  private process: ChildProcess | null = null;

  /** @param folder for its configuration, made when missing. */
  constructor(
    private readonly program: string,
    private readonly driver: string,
    private readonly folder: string,
  ) {}

  /** Starts it with these readers; resolves when it listens. */
  async start(readers: readonly NamedReader[]): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const blocks = readers.map(
      ({ name, reader }, i) => `FRIENDLYNAME "${name}"\nDEVICENAME ${reader.device}\nLIBPATH ${this.driver}\nCHANNELID ${String(i + 1)}\n`,
    );
    await writeFile(path.join(this.folder, 'reader.conf'), blocks.join('\n'));
    await mkdir(path.dirname(SOCKET), { recursive: true });
    this.process = spawn(this.program, ['--foreground', '-c', this.folder], { stdio: 'ignore' });
    for (let i = 0; i < 500 && !existsSync(SOCKET); i += 1) await sleep(10);
    if (!existsSync(SOCKET)) throw new Error('pcscd did not start');
  }

  /** Stops it as an accident does, or as its manager does. */
  async stop(signal: 'SIGKILL' | 'SIGTERM' = 'SIGTERM'): Promise<void> {
    const { process } = this;
    this.process = null;
    if (process === null) return;
    const ended = process.exitCode !== null || process.signalCode !== null ? null : once(process, 'exit');
    process.kill(signal);
    await ended;
    await rm(SOCKET, { force: true });
    await rm('/run/pcscd/pcscd.pid', { force: true });
  }
}
