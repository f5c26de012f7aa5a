/** Watches the readers and lets go, many times, each time a little later in what goes on between; then has nothing left to do and must end by itself. */
import { setImmediate as turn } from 'node:timers/promises';
import { makeTransport } from './rig';

const LIVES = 120;

async function live(turns: number): Promise<void> {
  const transport = makeTransport();
  let changes = 0;
  transport.watch(() => (changes += 1));
  for (let i = 0; i < turns; i += 1) await turn();
  if (turns % 3 === 0) {
    const reader = (await transport.listReaders()).find(({ atr }) => atr !== null);
    const card = reader === undefined ? null : await transport.connect(reader.name, 'shared');
    if (turns % 2 === 0) await card?.disconnect('leave');
  }
  await transport.dispose();
}

async function main(): Promise<void> {
  for (let i = 0; i < LIVES; i += 1) await live(i);
  process.stdout.write(`${String(LIVES)}\n`);
}

void main();
