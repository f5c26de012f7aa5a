/** What a person sees in the window of the 32-bit host, read back from the window itself by `native/check/window_check.c`. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { JsonLinesProcess } from '../../../src/demonstration/json-lines-process';
import { WINE_RUN, windowsBuild } from './wine';

export const TITLE = 'LOGOSw – hôte de référence';

export interface Control {
  readonly class: string;
  /** With `&` before the key that goes with Alt. */
  readonly text: string;
  readonly visible: boolean;
  readonly enabled: boolean;
  readonly focused: boolean;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Seen {
  readonly there: boolean;
  /** The window takes messages: it is not blocked. */
  readonly answers: boolean;
  /** In the order of the keyboard. */
  readonly controls: readonly Control[];
  /** Of the list, cell by cell. */
  readonly rows: readonly (readonly string[])[];
}

export class WindowSeen {
  private readonly check: JsonLinesProcess;

  /** @param environment names the Wine in which the window is. */
  constructor(environment: NodeJS.ProcessEnv) {
    const words = [join(windowsBuild('x86'), 'window-check.exe'), TITLE];
    this.check = JsonLinesProcess.start('window check', WINE_RUN, words, { ...process.env, ...environment });
  }

  /** @param line `look` or `close` */
  async tell(line: 'look' | 'close'): Promise<Seen> {
    const told = this.check.next((answer) => answer['event'] === 'window');
    this.check.send(line);
    const { there, answers, controls, rows } = (await told) as unknown as Seen & { readonly rows: readonly Record<string, string>[] };
    return { there, answers, controls: controls.filter(({ visible }) => visible), rows: rows.map((row) => Object.values(row)) };
  }

  /** Looks until it `holds`. */
  async until(holds: (seen: Seen) => boolean, patienceMs = 30_000): Promise<Seen> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const seen = await this.tell('look');
      if (holds(seen)) return seen;
      if (Date.now() > deadline) throw new Error(`the window does not show what was expected: ${JSON.stringify(seen, null, 1)}`);
      await sleep(20);
    }
  }

  stop(): Promise<void> {
    return this.check.stop('quit');
  }
}
