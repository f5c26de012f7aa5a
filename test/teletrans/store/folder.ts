import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

/** A folder of its own for one test. */
export async function aFolder(): Promise<{ readonly folder: string; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vitale-test-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
