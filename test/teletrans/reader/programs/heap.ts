/**
 * Reads a code porteur from standard input, presents it to the virtual card, signs, then writes a heap snapshot. Arguments: card file, snapshot file.
 * Prints what the card answered.
 */
import { writeHeapSnapshot } from 'node:v8';
import { readCodePorteur, wipe } from '../../../../src/teletrans/reader/code-porteur';
import { createVirtualReader } from '../../../../src/teletrans/reader/registration';

async function main(card: string, snapshot: string): Promise<void> {
  const { reader } = createVirtualReader({ cardFolder: '', currentCard: () => card, setCurrentCard: () => undefined });
  const code = await readCodePorteur(process.stdin);
  const session = await reader.open();
  await session.verify(code, false);
  wipe(code);
  const signature = await session.sign(Buffer.alloc(32));
  process.stdout.write(`${String(signature.length)}\n`);
  writeHeapSnapshot(snapshot);
  // Still in use: what the session keeps is in the snapshot.
  process.stdout.write(`${String(await session.triesLeft())}\n`);
  process.stdin.destroy();
}

void main(process.argv[2] ?? '', process.argv[3] ?? '');
