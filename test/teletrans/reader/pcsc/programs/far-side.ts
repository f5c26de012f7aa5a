/** Runs scenarios as its standard input names them; ends by itself once that is closed. */
import { createInterface } from 'node:readline';
import { Rig } from './rig';
import { SCENARIOS } from './scenarios';

async function main(): Promise<void> {
  const rig = await Rig.make();
  for await (const line of createInterface(process.stdin)) {
    const { scenario } = JSON.parse(line) as { readonly scenario: string };
    const answer = await (SCENARIOS[scenario] ?? (() => Promise.reject(new Error('no such scenario'))))(rig).then(
      (result) => ({ result }),
      (error: unknown) => ({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  await rig.end();
}

void main();
