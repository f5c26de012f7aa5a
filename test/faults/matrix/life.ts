/**
 * A process that lives: takes jobs from standard input and does them with the built program as it is, until it ends or is killed in the middle. Only the edges of
 * the store are watched, to count the journal steps and let the incident happen at one of them.
 */
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as container from '../../../src/composition/container';
import * as systemClock from '../../../src/composition/system-clock';
import { TOKENS } from '../../../src/composition/tokens';
import { isVitaleError } from '../../../src/teletrans/domain/errors';
import * as intakeSchema from '../../../src/teletrans/intake/schema';
import { openSqlite, type SqlDatabase } from '../../../src/teletrans/store/sqlite/engine';
import * as sqliteOpen from '../../../src/teletrans/store/sqlite/open';
import * as storage from '../../../src/teletrans/store/open';
import type { FrozenMessages, Store } from '../../../src/teletrans/store/port';
import { sampleInvoices } from '../../support/invoices';
import { onSend } from './first-contact';
import { mutate } from './mutants';
import { fillerOf, stateOf, type Incident, type Job, type LifeLine, type Report } from './protocol';

/** Two files for two payers. */
export const DAY = sampleInvoices().filter(({ number }) => ['000000101', '000000104'].includes(number));
const HOUR_MS = 3_600_000;

const say = (line: LifeLine): void => void writeSync(1, `${JSON.stringify(line)}\n`);

/** Counts the journal steps of a life, and lets the incident happen. */
class Fate {
  steps = 0;
  /** Journal steps before the first attempt to send, null while there was none. */
  stepsBeforeSending: number | null = null;
  clockShiftMs = 0;
  private locker: SqlDatabase | null = null;

  constructor(
    private readonly home: string,
    private readonly incident: Incident | null,
  ) {}

  step(): void {
    this.steps += 1;
    if (this.incident?.step !== this.steps) return;
    switch (this.incident.kind) {
      case 'kill':
        process.kill(process.pid, 'SIGKILL');
        // not one instruction more: the signal is taken at the return to the kernel
        for (;;);
      case 'disk-full':
        fillDisk(fillerOf(this.home));
        break;
      case 'locked':
        this.locker = openSqlite(join(this.home, storage.STORE_FILES.database));
        this.locker.exec('BEGIN IMMEDIATE');
        break;
      case 'clock-back':
        this.clockShiftMs = -3 * HOUR_MS;
    }
  }

  end(): void {
    this.locker?.exec('ROLLBACK');
    this.locker?.close();
    rmSync(fillerOf(this.home), { force: true });
  }
}

function fillDisk(file: string): void {
  const descriptor = openSync(file, 'w');
  try {
    for (;;) writeSync(descriptor, Buffer.alloc(4096));
  } catch {
    // ENOSPC: full
  } finally {
    closeSync(descriptor);
  }
}

function watchedStore(store: Store, fate: Fate): Store {
  return {
    transaction: async (work) => {
      const result = await store.transaction(work);
      fate.step();
      return result;
    },
    read: (work) => store.read(work),
    keyedHash: (text) => store.keyedHash(text),
    expectHandOvers: () => store.expectHandOvers(),
    close: () => store.close(),
  };
}

function watchedFrozen(frozen: FrozenMessages, fate: Fate): FrozenMessages {
  return {
    write: async (id, bytes) => {
      await frozen.write(id, bytes);
      fate.step();
    },
    read: (id) => frozen.read(id),
    exists: (id) => frozen.exists(id),
    remove: (id) => frozen.remove(id),
  };
}

let fate = new Fate('', null);
onSend(() => (fate.stepsBeforeSending ??= fate.steps));
let now = new Date();
const openPlainStorage = storage.openStorage;
Object.assign(storage, {
  openStorage: async (folder: string) => {
    const { store, frozen, ...rest } = await openPlainStorage(folder);
    return { ...rest, store: watchedStore(store, fate), frozen: watchedFrozen(frozen, fate) };
  },
});
Object.assign(systemClock, { startClock: () => ({ now: () => new Date(now.getTime() + fate.clockShiftMs) }) });
// The same table in every life: compiled once per process.
const { compileSchema } = intakeSchema;
const compiled = new Map<string, ReturnType<typeof compileSchema>>();
Object.assign(intakeSchema, {
  compileSchema: (schema: object) => {
    const text = JSON.stringify(schema);
    const known = compiled.get(text) ?? compileSchema(schema);
    compiled.set(text, known);
    return known;
  },
});
// A locked database is waited for 10 s; here what comes after the patience is looked at.
Object.assign(sqliteOpen, { PATIENCE_MS: 300 });

async function live(job: Job): Promise<void> {
  fate = new Fate(job.home, job.incident);
  process.env['VITALE_ETAT'] = stateOf(job.home);
  now = new Date(job.now);
  const failures: string[] = [];
  let report: Report | null = null;
  /** A task that fails is a task that failed: the program goes on, as its window or the host would. */
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      failures.push(isVitaleError(error) ? error.code : `${String(error)} ${(error as Error).stack ?? ''}`);
    }
  };
  await attempt(async () => {
    mutate(job.mutant);
    const practice = await container.openPractice(job.home);
    const { teletrans, container: parts } = practice;
    for (const task of job.tasks) {
      if (task === 'card') await attempt(() => teletrans.openCard(Buffer.from('1234'), false));
      if (task === 'release')
        for (const stop of (await teletrans.overview()).stops.filter(({ decisions }) => decisions.includes('release-brake')))
          await attempt(() => teletrans.releaseBrake(stop.id, { by: 'Essai', reason: 'Le serveur répond' }));
      if (task === 'take')
        for (const invoice of DAY.filter(({ number }) => !job.acknowledged.includes(number)))
          await attempt(async () => {
            await teletrans.take(invoice);
            say({ taken: invoice.number });
          });
      if (task === 'transmit')
        await attempt(async () => {
          await teletrans.openCard(Buffer.from('1234'), false);
          await teletrans.transmit({ practitioner: null, situation: null }, () => undefined);
        });
      if (task === 'collect') await attempt(() => teletrans.collect(() => undefined));
      if (task === 'decide') {
        now = new Date(now.getTime() + 30 * HOUR_MS);
        for (const file of (await teletrans.overview()).files.filter(({ state }) => state === 'UNCERTAIN'))
          await attempt(() => teletrans.resendFile(file.id, { by: 'Essai', reason: 'Aucun accusé' }));
        await attempt(() => teletrans.collect(() => undefined));
      }
      if (task === 'report') {
        const { invoices, files } = await teletrans.overview();
        report = {
          invoices: invoices.map(({ number, state, fileId }) => ({ number, state, fileId })),
          files: await parts.resolve(TOKENS.store).read(async (session) =>
            Promise.all(
              files.map(async ({ id, state, lots }) => ({
                id,
                compostage: (await session.files.get(id))?.compostage ?? '',
                state,
                invoices: lots.flatMap((lot) => lot.invoices),
                attempts: (await session.attempts.ofFile(id)).map(({ outcome, phase }) => ({ outcome, phase })),
                decisions: (await session.decisions.of(id)).length,
              })),
            ),
          ),
        };
      }
    }
    await practice.dispose();
  });
  fate.end();
  say({ ended: true, steps: fate.steps, stepsBeforeSending: fate.stepsBeforeSending, failures, report });
}

async function main(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) await live(JSON.parse(line) as Job);
}

void main();
