/** A display of its own for one test, with a keyboard and a mouse: Xvfb and xdotool. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const TOOLS = ['Xvfb', 'xdotool'];

export class VirtualScreen {
  private constructor(
    private readonly server: ChildProcess,
    /** As in DISPLAY. */
    readonly display: string,
  ) {}

  /** The packages without which there is none. */
  static missing(): readonly string[] {
    return TOOLS.filter((tool) => spawnSync('which', [tool]).status !== 0).map((tool) => tool.toLowerCase());
  }

  static async start(): Promise<VirtualScreen> {
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1000x700x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const [number] = (await once(server.stdio[3]!, 'data')) as [Buffer];
    return new VirtualScreen(server, `:${number.toString().trim()}`);
  }

  /** Presses a key (`alt+c`, `Tab`) in the window whose title contains `title`. */
  press(title: string, key: string): void {
    const window = this.xdotool('search', '--sync', '--onlyvisible', '--name', title).trim().split('\n')[0]!;
    this.xdotool('windowfocus', '--sync', window, 'key', '--window', window, key);
  }

  click(x: number, y: number, times = 1): void {
    this.xdotool('mousemove', '--sync', String(x), String(y), 'click', '--repeat', String(times), '--delay', '50', '1');
  }

  async stop(): Promise<void> {
    this.server.kill();
    await once(this.server, 'exit');
  }

  private xdotool(...words: readonly string[]): string {
    return execFileSync('xdotool', words, { env: { ...process.env, DISPLAY: this.display } }).toString();
  }
}
