/** A practice on Windows: the 32-bit reference host and the 64-bit add-in under Wine, the insurer as everywhere on this machine. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JsonLinesProcess, type JsonLine } from '../../../src/demonstration/json-lines-process';
import { makePracticeBox, type InsurerPorts } from '../../../src/demonstration/practice-box';
import { EVENING, type Received, ROOT } from '../../support/practice-processes';
import type { PlainUser } from './plain-user';
import { runUnderWine, WINE_RUN, windowsBuild, windowsPath } from './wine';

export class WindowsPractice {
  private readonly running: JsonLinesProcess[] = [];

  private constructor(
    private readonly install: string,
    /** The data folder, as this machine names it. */
    readonly home: string,
    readonly environment: NodeJS.ProcessEnv,
    private readonly user: PlainUser | null,
  ) {}

  /** @param install the folder into which the package was installed, or that of a package. The data are in a folder of their own, with spaces and accents. */
  static start(install: string): Promise<WindowsPractice> {
    const home = mkdtempSync(join(tmpdir(), 'données d’Élodie '));
    const named = { VITALE_HOME: windowsPath(home), VITALE_ETAT: windowsPath(join(home, 'etat')) };
    return WindowsPractice.begin(new WindowsPractice(install, home, { ...process.env, ...named, VITALE_MAINTENANT: EVENING }, null));
  }

  /** The data are where they are at a practice: in the user's profile, and no variable says so. */
  static startFor(user: PlainUser, install: string): Promise<WindowsPractice> {
    const home = join(user.localData, 'LOGOSw', 'VITALE');
    mkdirSync(home, { recursive: true });
    return WindowsPractice.begin(new WindowsPractice(install, home, { ...user.environment, VITALE_MAINTENANT: EVENING }, user));
  }

  private static async begin(practice: WindowsPractice): Promise<WindowsPractice> {
    const insurer = JsonLinesProcess.start('insurer', process.execPath, [join(ROOT, 'dist/demonstration/insurer/main.js')], process.env);
    practice.running.push(insurer);
    const ready = insurer.next((line) => 'smtpPort' in line);
    insurer.send(JSON.stringify({ spool: join(practice.home, 'assureur'), certs: join(practice.home, 'certs'), now: EVENING, rules: [] }));
    makePracticeBox(practice.home, (await ready) as unknown as InsurerPorts);
    practice.user?.own();
    return practice;
  }

  /** Starts the 32-bit host. */
  host(onLine: (line: JsonLine) => void = () => undefined): Promise<JsonLinesProcess> {
    return this.start('reference-host.exe', [], {}, onLine);
  }

  /** Starts the 32-bit host with its window. @param words arguments beside those of every host; @param environment of the window */
  desktopHost(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<JsonLinesProcess> {
    return this.start('reference-host-desktop.exe', words, environment, () => undefined);
  }

  /** Standard error is a file: Wine gives Node no Unix pipe there. */
  private async start(
    program: string,
    own: readonly string[],
    environment: NodeJS.ProcessEnv,
    onLine: (line: JsonLine) => void,
  ): Promise<JsonLinesProcess> {
    const words = [join(windowsBuild('x86'), program), ...this.place(), '--spool', windowsPath(join(this.home, 'hôte')), ...own];
    const command = ['-c', 'errors=$1; shift; exec "$@" 2>>"$errors"', 'sh', this.errors, WINE_RUN, ...words];
    const [first, ...before] = [...(this.user?.command ?? []), '/bin/sh'];
    const host = JsonLinesProcess.start('reference host', first, [...before, ...command], { ...this.environment, ...environment }, onLine);
    this.running.unshift(host);
    await host.next((line) => line['event'] === 'state' && line['state'] === 'active', 120_000);
    return host;
  }

  /** What host and add-in said on standard error, without Wine's own words. */
  said(): string {
    const text = existsSync(this.errors) ? readFileSync(this.errors, 'utf8') : '';
    return text.replace(/Wine cannot find the FreeType[^]*?freetype\.org\r?\n/g, '');
  }

  receivedInvoices(): readonly string[] {
    const lines = readFileSync(join(this.home, 'assureur', 'received.ndjson'), 'utf8').split('\n');
    const received = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Received);
    return received.flatMap(({ lots }) => lots.flatMap((lot) => lot.invoices));
  }

  async stop(): Promise<void> {
    for (const each of this.running) await each.stop('quit', 30_000);
    rmSync(this.home, { recursive: true, force: true });
  }

  /** An installation tells by itself which version runs, and with which Node.js; of a package both are named. */
  private place(): readonly string[] {
    if (existsSync(join(this.install, 'module.json'))) return ['--addin', windowsPath(this.install)];
    return ['--addin', windowsPath(join(this.install, 'addin')), '--node', windowsPath(join(this.install, 'node.exe'))];
  }

  /** Runs `vitale` as the user does. */
  vitale(words: readonly string[]): ReturnType<typeof runUnderWine> {
    return runUnderWine(join(this.install, 'vitale.exe'), words, { env: this.environment, as: this.user?.command ?? [] });
  }

  private get errors(): string {
    return join(this.home, 'stderr.txt');
  }
}
