/** `npm start`: the demonstration practice. `--once` ends by itself, `--json` prints the result alone on standard output. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { Demonstration, type DemonstrationResult } from './demonstration';
import { SCENARIOS, scenarioNamed } from './scenarios';

const ROOT = dirname(dirname(__dirname));

function usage(): string {
  const lines = SCENARIOS.map(({ name, summary }) => `  ${name.padEnd(14)} ${summary}`);
  return ['npm start -- [--once] [--json] [--scenario NOM]', 'Scénarios :', ...lines].join('\n');
}

function tell(result: DemonstrationResult): string {
  return [
    '',
    `${result.invoices} factures, ${result.files} fichiers : ${result.acknowledged} acceptées (ARL), ${result.noAckExpected} sans ARL attendu (dégradée),`,
    `${result.rejected} refusées, ${result.held} retenues.`,
    `Fenêtre principale : ${result.window}`,
  ].join('\n');
}

/** Stays until Ctrl-C; Enter gives a fresh address of the window. */
async function stay(demonstration: Demonstration): Promise<void> {
  process.stderr.write('L’adresse s’ouvre une fois, dans les deux minutes. Entrée : nouvelle adresse. Ctrl-C : fin.\n');
  const input = createInterface({ input: process.stdin });
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  input.on('line', () => {
    demonstration.clickTelephone().then(
      (url) => process.stdout.write(`Fenêtre principale : ${url}\n`),
      (error: unknown) => process.stderr.write(`${String(error)}\n`),
    );
  });
  await stopped;
  input.close();
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { once: { type: 'boolean' }, json: { type: 'boolean' }, scenario: { type: 'string' }, aide: { type: 'boolean' } },
  });
  const scenario = scenarioNamed(values.scenario ?? 'positif');
  if (values.aide === true || scenario === null) {
    process.stderr.write(`${usage()}\n`);
    return values.aide === true ? 0 : 2;
  }
  const home = mkdtempSync(join(tmpdir(), 'vitale-demonstration-'));
  const demonstration = new Demonstration({ root: ROOT, home, scenario, say: (line) => void process.stderr.write(`${line}\n`) });
  try {
    const result = await demonstration.run();
    process.stdout.write(values.json === true ? `${JSON.stringify(result)}\n` : `${tell(result)}\n`);
    if (values.once !== true) await stay(demonstration);
    return 0;
  } finally {
    await demonstration.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`La démonstration s’est arrêtée : ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
