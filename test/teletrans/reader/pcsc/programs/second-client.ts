/** Another program: connects to the card in the first reader and asks for a protected file and for the counter. Prints the status words, and ends by itself. */
import { makeTransport } from './rig';

const COMMANDS = ['00A4090C063F000001D1F0', '00B0000010', '00200001'];

async function main(mode: string): Promise<void> {
  const transport = makeTransport();
  const reader = (await transport.listReaders()).find(({ atr }) => atr !== null);
  const card = await transport.connect(reader?.name ?? '', mode === 'exclusive' ? 'exclusive' : 'shared');
  const statuses: string[] = [];
  for (const command of COMMANDS) statuses.push((await card.transmit(Buffer.from(command, 'hex'))).subarray(-2).toString('hex'));
  process.stdout.write(`${statuses.join(' ')}\n`);
  if (mode === 'exclusive') await new Promise((resolve) => process.stdin.once('end', resolve).resume());
  await card.disconnect('leave');
  await transport.dispose();
}

void main(process.argv[2] ?? 'shared');
