/**
 * Host, add-in or both killed at random instants while invoices flow and leave: none is lost, none arrives twice. Eight times here;
 * `VITALE_KILLS=200 npx jest test/end-to-end/killed-at-random.test.ts` as often as one likes, `VITALE_SEED` for the same run again.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonLine, JsonLinesProcess } from '../../src/demonstration/json-lines-process';
import { DEMONSTRATION_CODE } from '../../src/demonstration/practice-box';
import { finish, openWindow } from '../support/at-the-window';
import { sampleInvoices } from '../support/invoices';
import { PracticeProcesses } from '../support/practice-processes';

const KILLS = Number(process.env['VITALE_KILLS'] ?? 8);
const SEED = Number(process.env['VITALE_SEED'] ?? 20261126);
const BATCH = 3;
const LONGEST_PAUSE_MS = 700;

/** The same numbers for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const isPushed = (line: JsonLine): boolean => line['event'] === 'pushed';
const isState = (line: JsonLine): boolean => line['event'] === 'state';

/** One practitioner's own invoices under ever new numbers. */
function* newInvoices(): Generator<{ readonly number: string; readonly text: string }> {
  const samples = sampleInvoices().filter(({ kind, practitioner }) => kind === 'FSE' && practitioner.billingNumber === '999000011');
  for (let made = 0; ; made++) {
    const sample = samples[made % samples.length]!;
    const number = String(700_000_000 + made);
    yield { number, text: JSON.stringify({ ...sample, id: `${sample.id}-${made}`, number, linkedTo: undefined }) };
  }
}

class Practice {
  private host!: JsonLinesProcess;
  private pid = 0;

  constructor(private readonly processes: PracticeProcesses) {}

  async start(): Promise<JsonLinesProcess> {
    this.host = await this.processes.host((line) => {
      if (isState(line) && line['pid'] !== undefined) this.pid = Number(line['pid']);
    });
    return this.host;
  }

  /** Hands a file of invoices over until the host says that every one is acknowledged. */
  async push(file: string): Promise<void> {
    const pushed = this.host.next(isPushed);
    this.host.send(`push ${file}`);
    expect(await pushed).toMatchObject({ offered: BATCH, acknowledged: BATCH });
  }

  /** Begins to transmit and does not wait for the end: it may never come. */
  async beginTransmission(): Promise<void> {
    const person = await openWindow(this.host);
    await person.typeCode(DEMONSTRATION_CODE);
    await person.transmit('999000011', () => undefined);
  }

  kill(which: 'host' | 'addin' | 'both'): void {
    for (const pid of [which === 'host' ? 0 : this.pid, which === 'addin' ? 0 : (this.host.pid ?? 0)]) {
      try {
        if (pid > 0) process.kill(pid, 'SIGKILL');
      } catch {
        // It had ended by itself.
      }
    }
  }

  /** After a kill: everything is up again. A host that has given up on its add-in is asked by a person to start it. */
  async recover(which: 'host' | 'addin' | 'both', seen: Promise<JsonLine>): Promise<void> {
    if (which !== 'addin') {
      await seen.catch(() => undefined);
      await this.start();
      return;
    }
    const { state } = (await seen) as unknown as { state: string };
    if (state === 'active') return;
    const active = this.host.next((line) => isState(line) && line['state'] === 'active');
    this.host.send('restart-addin');
    await active;
  }

  /** Active again, or down for good. */
  nextEnd(): Promise<JsonLine> {
    return this.host.next((line) => isState(line) && (line['state'] === 'active' || line['state'] === 'failed'));
  }
}

it(
  `${KILLS} kills: none lost, none twice`,
  async () => {
    const random = randomNumbers(SEED);
    const invoices = newInvoices();
    const numbers: string[] = [];
    const processes = await PracticeProcesses.start();
    const counts = { host: 0, addin: 0, both: 0, transmissions: 0 };
    try {
      const practice = new Practice(processes);
      await practice.start();
      for (let kill = 0; kill < KILLS; kill++) {
        const batch = Array.from({ length: BATCH }, () => invoices.next().value as { number: string; text: string });
        const file = join(processes.home, 'batch.ndjson');
        writeFileSync(file, batch.map(({ text }) => `${text}\n`).join(''));
        const pushed = practice.push(file).then(
          () => true,
          () => false,
        );
        if (random() < 0.4) {
          counts.transmissions++;
          practice.beginTransmission().catch(() => undefined);
        }
        await sleep(random() * LONGEST_PAUSE_MS);
        const which = (['host', 'addin', 'both'] as const)[Math.floor(random() * 3)]!;
        counts[which]++;
        const seen = practice.nextEnd();
        practice.kill(which);
        await practice.recover(which, seen);
        if (!(await pushed)) await practice.push(file);
        numbers.push(...batch.map(({ number }) => number));
      }
      const host = await practice.start();
      const lists = await finish(await openWindow(host));
      const received = processes.receivedInvoices();
      const state = new Map(lists.invoices.map((invoice) => [invoice.number, invoice.state]));
      const twice = received.filter((number, rank) => received.indexOf(number) !== rank);
      const lost = numbers.filter((number) => !state.has(number) || (!received.includes(number) && state.get(number) !== 'UNCERTAIN'));
      const inDoubt = numbers.filter((number) => !received.includes(number) && state.get(number) === 'UNCERTAIN');
      process.stdout.write(
        `${JSON.stringify({ seed: SEED, kills: counts, invoices: numbers.length, received: received.length, inDoubt: inDoubt.length, lost: lost.length, twice: twice.length })}\n`,
      );
      expect({ twice, lost }).toEqual({ twice: [], lost: [] });
      expect(lists.invoices).toHaveLength(numbers.length);
    } finally {
      await processes.stop();
    }
  },
  120_000 + KILLS * 20_000,
);
