/** Opens the data of a folder, printing each effect of their update before it happens and waiting there, so that a kill falls between two. `open` at the end. */
import { writeSync } from 'node:fs';
import { isVitaleError } from '../../../../../src/teletrans/domain/errors';
import { openStorage } from '../../../../../src/teletrans/store/open';
import { effectsWith } from '../faults';

async function main(home: string, waitMs: number): Promise<void> {
  let rank = 0;
  const effects = effectsWith((name) => {
    writeSync(1, `${String((rank += 1))} ${name}\n`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, waitMs);
  });
  const { store } = await openStorage(home, undefined, 'un essai', effects);
  writeSync(1, 'open\n');
  await store.close();
}

const [home = '', waitMs = '40'] = process.argv.slice(2);
main(home, Number(waitMs)).catch((error: unknown) => {
  writeSync(1, isVitaleError(error) ? `${error.code}\n` : `${String(error)}\n`);
  process.exit(1);
});
