/** A mail server as a child in the foreground: it ends with the process that started it, however that one ends. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const START_MS = 30_000;

export class ServerProcess {
  private output = '';

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
  ) {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output = (this.output + text).slice(-4000)));
  }

  static start(name: string, command: string, args: readonly string[]): ServerProcess {
    // the signal at the parent's death: nothing stays behind a killed test
    const child = spawn('setpriv', ['--pdeathsig', 'TERM', command, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    return new ServerProcess(name, child);
  }

  /** Resolves once every port accepts a connection. Rejects when the server has ended, with what it said. */
  async accepting(ports: readonly number[]): Promise<void> {
    const deadline = Date.now() + START_MS;
    for (const port of ports) {
      while (!(await accepts(port))) {
        if (this.ended() || Date.now() > deadline) throw new Error(`${this.name} does not answer on port ${String(port)}: ${this.output}`);
        await sleep(20);
      }
    }
  }

  /** Ends it and waits for its end. */
  async stop(): Promise<void> {
    if (this.ended()) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    const patience = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(patience);
  }

  private ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port });
    const answer = (yes: boolean): void => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
  });
}

/** Loopback ports that nobody uses now. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = net.createServer();
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as net.AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
