/** Purges a data folder and prints each step, `<step> <done>`, once it is made; `open` before the first. Waits a turn after each, so that a kill falls between. */
import { writeSync } from 'node:fs';
import { openStorage } from '../../../../src/teletrans/store/open';
import { purgeOf } from '../../../support/old-practice';

async function main(folder: string): Promise<void> {
  const storage = await openStorage(folder);
  writeSync(1, 'open\n');
  await purgeOf(storage).run(({ step, done }) => void writeSync(1, `${step} ${String(done)}\n`));
  writeSync(1, 'purged\n');
  await storage.store.close();
}

void main(process.argv[2] ?? '');
