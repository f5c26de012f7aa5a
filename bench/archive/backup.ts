/**
 * A backup of a data folder: how long it takes and how long it holds the program up, against copying the same bytes with `fs.cp` in the same run.
 * Run: `node --require ./test/teletrans/store/programs/typescript.cjs bench/archive/backup.ts [invoices]`; prints one JSON line.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { cp, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { DiskBackups } from '../../src/teletrans/store/backup/backup-folders';
import { checkBackup } from '../../src/teletrans/store/backup/checking';
import { REAL_DISK } from '../../src/teletrans/store/backup/disk';
import { systemKeySource } from '../../src/teletrans/store/keys/system-key';
import { openStorage } from '../../src/teletrans/store/open';
import { fillOldPractice } from '../../test/support/old-practice';

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = entries.filter((entry) => entry.isFile()).map((entry) => stat(path.join(entry.parentPath, entry.name)));
  return (await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0);
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly seconds: number; readonly result: T }> {
  const start = performance.now();
  const result = await work();
  return { seconds: Math.round(performance.now() - start) / 1000, result };
}

async function main(invoices: number): Promise<void> {
  const base = mkdtempSync(path.join(tmpdir(), 'bench-backup-'));
  const home = path.join(base, 'data');
  try {
    const storage = await openStorage(home);
    await fillOldPractice(storage, { invoices, invoicesPerLot: 20, lotsPerFile: 10 });
    const backups = new DiskBackups({
      home,
      store: storage.store,
      keySource: systemKeySource(home),
      practiceOf: () => Promise.resolve(null),
      disk: REAL_DISK,
      clock: { now: () => new Date() },
      ids: { uuid: randomUUID },
    });
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const options = { automatic: false, onPlace: () => Promise.resolve(), onStep: () => undefined };
    const made = await timed(() => backups.make(path.join(base, 'backups'), options));
    delay.disable();
    const checked = await timed(() => checkBackup(made.result.place));
    await storage.store.close();
    const copied = await timed(() => cp(home, path.join(base, 'copy'), { recursive: true }));
    const mib = Math.round((await sizeOf(made.result.place)) / 104_857.6) / 10;
    process.stdout.write(
      `${JSON.stringify({
        invoices,
        mib,
        files: made.result.manifest.files.length,
        seconds: made.seconds,
        checkSeconds: checked.seconds,
        plainCopySeconds: copied.seconds,
        longestHoldMs: Math.round(delay.max / 1e6),
      })}\n`,
    );
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

void main(Number(process.argv[2] ?? 20_000));
