/** Diagnostics switched on in the manifest of an open practice. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRoot, openPractice, type OpenPractice } from '../../../src/composition/container';
import { TOKENS } from '../../../src/composition/tokens';
import { makePracticeBox } from '../../../src/demonstration/practice-box';
import { logFiles } from '../../../src/teletrans/diagnostics/log-files';
import { InstalledAddin } from '../../support/installed-addin';

const OFF = { enabled: false, level: 'info', until: null };
const ON = { enabled: true, level: 'debug', until: null, by: 'support' };

let home: string;
let addin: InstalledAddin;
let practice: OpenPractice;
const open = async (): Promise<OpenPractice> => openPractice(home, createRoot(addin.installation));
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'vitale-diagnostic-'));
  makePracticeBox(home, { smtpPort: 9, pop3Port: 9 });
  addin = new InstalledAddin();
  addin.set(OFF);
  practice = await open();
});
afterEach(async () => {
  await practice.dispose();
  rmSync(home, { recursive: true, force: true });
  addin.remove();
});

interface Line {
  readonly event: string;
  readonly step?: string;
}
const lines = (): readonly Line[] =>
  logFiles(join(home, 'journaux')).flatMap(({ name }) =>
    readFileSync(join(home, 'journaux', name), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line),
  );

function reached(state: 'on' | 'off'): Promise<void> {
  const toggle = practice.container.resolve(TOKENS.diagnosticsSwitch);
  return new Promise((resolve) => {
    const end = toggle.onChange(() => {
      if (toggle.state.state !== state) return;
      end();
      resolve();
    });
  });
}

it('changes the log within a second, without a restart, and writes what came before', async () => {
  const logger = practice.container.resolve(TOKENS.logger);
  logger.log('debug', 'card.before');
  expect(lines().map(({ event }) => event)).not.toContain('card.before');
  const took: number[] = [];
  for (let turn = 0; turn < 9; turn++) {
    const on = reached('on');
    const begun = performance.now();
    addin.set(ON);
    await on;
    logger.log('debug', 'card.during');
    expect(lines().filter(({ event }) => event === 'card.during')).toHaveLength(turn + 1);
    took.push(performance.now() - begun);
    const off = reached('off');
    addin.set(OFF);
    await off;
    logger.log('debug', 'card.after');
  }
  const events = lines().map(({ event }) => event);
  expect(events).toContain('card.before');
  expect(events).toContain('program.started');
  expect(lines().find(({ event }) => event === 'diagnostics.on')).toMatchObject({ step: 'support', to: 'debug' });
  const median = took.sort((a, b) => a - b)[4] ?? Infinity;
  process.stdout.write(`switched on in the manifest, seen in the log: median ${median.toFixed(0)} ms of ${took.length}\n`);
  expect(median).toBeLessThan(1000);
});

it('journals who and when, once, however many programs see it, also those started later', async () => {
  const both = [practice, await open()];
  const seen = both.map(({ container }) => new Promise<void>((resolve) => container.resolve(TOKENS.diagnosticsSwitch).onChange(resolve)));
  addin.set(ON);
  await Promise.all(seen);
  for (const each of both) await each.dispose();
  practice = await open();
  addin.set(OFF);
  await reached('off');
  await practice.dispose();
  practice = await open();
  const journal = await practice.container.resolve(TOKENS.store).read((session) => session.journal.of('practice', 'diagnostics'));
  expect(journal.map(({ actor, event, detail }) => [actor, event, detail['level']])).toEqual([
    ['person:support', 'diagnostics-on', 'debug'],
    ['person:unknown', 'diagnostics-off', 'info'],
  ]);
  expect(journal[0]?.at).toMatch(/^\d{4}-/);
});

it('is still on in a program started later, until its end', async () => {
  addin.set(ON);
  await reached('on');
  await practice.dispose();
  practice = await open();
  practice.container.resolve(TOKENS.logger).log('debug', 'card.restarted');
  expect(lines().map(({ event }) => event)).toContain('card.restarted');
});
