/** SHA-256 of every file of a folder, in the form `sha256sum --check` reads, and one time for all of them. */
import { createHash } from 'node:crypto';
import { chmodSync, lutimesSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The day ZIP archives begin to count from; no file tells when it was made. */
const ONE_TIME = new Date('1980-01-01T00:00:00Z');

/** Every file under a folder, sorted, with slashes. */
export function filesUnder(folder, prefix = '') {
  return readdirSync(join(folder, prefix), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(folder, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`]))
    .sort();
}

export function sumsOf(folder) {
  return filesUnder(folder)
    .filter((file) => file !== 'SHA256SUMS.txt')
    .map(
      (file) =>
        `${createHash('sha256')
          .update(readFileSync(join(folder, file)))
          .digest('hex')}  ${file}\n`,
    )
    .join('');
}

export function makeAlike(folder) {
  for (const file of filesUnder(folder)) {
    chmodSync(join(folder, file), 0o644);
    lutimesSync(join(folder, file), ONE_TIME, ONE_TIME);
  }
}
