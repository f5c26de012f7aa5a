/** A practice with its local insurer as real processes, for tests that go through sockets, pipes and files. Built programs are used as they are (`dist`, `build`). */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rule } from '../../src/demonstration/insurer/scenario';
import { JsonLinesProcess, type JsonLine } from '../../src/demonstration/json-lines-process';
import { makePracticeBox, type InsurerPorts } from '../../src/demonstration/practice-box';

export const ROOT = join(__dirname, '..', '..');
export const EVENING = '2026-11-20T18:40:00+01:00';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the insurer received, mail by mail. */
export interface Received {
  readonly compostage: string;
  readonly sha256: string;
  readonly lots: readonly { readonly billingNumber: string; readonly number: string; readonly invoices: readonly string[] }[];
}

const environmentOf = (home: string): NodeJS.ProcessEnv => ({ ...process.env, VITALE_HOME: home, VITALE_MAINTENANT: EVENING });

/** Runs `vitale` on a data folder to its end, on the evening of the sample day. @param install where the program is installed. */
export function runVitale(home: string, words: readonly string[], input = '', install = ROOT): Promise<Ended> {
  const child = spawn(join(install, 'vitale'), [...words], { env: environmentOf(home), cwd: tmpdir() });
  child.stdin.end(input);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
}

export class PracticeProcesses {
  readonly home = mkdtempSync(join(tmpdir(), 'vitale-e2e-'));
  private insurer: JsonLinesProcess | null = null;
  private readonly hosts: JsonLinesProcess[] = [];

  /** @param install where the program is installed. */
  private constructor(private readonly install: string) {}

  static async start(rules: readonly Rule[] = [], install = ROOT): Promise<PracticeProcesses> {
    const practice = new PracticeProcesses(install);
    const insurer = JsonLinesProcess.start('insurer', process.execPath, [join(ROOT, 'dist/demonstration/insurer/main.js')], process.env);
    practice.insurer = insurer;
    const ready = insurer.next((line) => 'smtpPort' in line);
    insurer.send(JSON.stringify({ spool: join(practice.home, 'assureur'), certs: join(practice.home, 'certs'), now: EVENING, rules }));
    makePracticeBox(practice.home, (await ready) as unknown as InsurerPorts);
    return practice;
  }

  /** Runs `vitale` to its end. */
  vitale(words: readonly string[], input = ''): Promise<Ended> {
    return runVitale(this.home, words, input, this.install);
  }

  /** Starts the reference host, which loads the add-in through the bridge. @param more of its arguments. */
  async host(onLine: (line: JsonLine) => void = () => undefined, more: readonly string[] = []): Promise<JsonLinesProcess> {
    const program = join(ROOT, 'build/native/reference-host/reference-host');
    const args = ['--addin', join(this.install, 'addin'), '--node', process.execPath, '--spool', join(this.home, 'hote'), ...more];
    const host = JsonLinesProcess.start('reference host', program, args, environmentOf(this.home), onLine);
    this.hosts.push(host);
    await host.next((line) => line['event'] === 'state' && line['state'] === 'active');
    return host;
  }

  received(): readonly Received[] {
    const file = join(this.home, 'assureur', 'received.ndjson');
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Received);
  }

  /** Every invoice the insurer received, as often as it received it. */
  receivedInvoices(): readonly string[] {
    return this.received().flatMap(({ lots }) => lots.flatMap((lot) => lot.invoices));
  }

  async stop(): Promise<void> {
    for (const host of this.hosts) await host.stop('quit');
    await this.insurer?.stop();
    rmSync(this.home, { recursive: true, force: true });
  }
}
