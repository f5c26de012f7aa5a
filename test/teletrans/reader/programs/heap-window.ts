/**
 * The window of a practice, for a test that looks at the memory of its program. Argument: `keep` keeps a string of each code, to show that the search finds it.
 * Prints its address; each line of standard input is the name of a file for a heap snapshot; ends with standard input.
 */
import { createInterface } from 'node:readline';
import { writeHeapSnapshot } from 'node:v8';
import { openPractice } from '../../../../src/composition/container';
import { TOKENS } from '../../../../src/composition/tokens';
import { openWindow } from '../../../../src/composition/window';

const kept: string[] = [];

async function main(home: string, keep: boolean): Promise<void> {
  const practice = await openPractice(home);
  if (keep) {
    const teletrans = practice.container.resolve(TOKENS.teletrans);
    const openCard = teletrans.openCard.bind(teletrans);
    teletrans.openCard = (code, ...rest) => {
      kept.push(`le code ${code.toString('latin1')}`);
      return openCard(code, ...rest);
    };
  }
  const window = await openWindow(practice.container);
  process.stdout.write(`${window.url}\n`);
  for await (const file of createInterface(process.stdin)) {
    writeHeapSnapshot(file);
    process.stdout.write('written\n');
  }
  await window.close();
  await practice.dispose();
}

void main(process.env['VITALE_HOME'] ?? '', process.argv[2] === 'keep');
