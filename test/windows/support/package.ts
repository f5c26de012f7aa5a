/** The folder a practice installs, made once for all tests and put where a practice might: under a name with spaces and accents. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exclusively, PROJECT_ROOT } from '../../native/build';

/** Makes the package into `target`, else into build/windows. @returns its folder */
export function makePackage(target = join(PROJECT_ROOT, 'build', 'windows')): string {
  let folder = '';
  exclusively('windows-package', () => {
    folder = execFileSync(process.execPath, [join(PROJECT_ROOT, 'scripts/windows/package.mjs'), target], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  });
  return folder;
}

export class InstalledPackage {
  private readonly place = mkdtempSync(join(tmpdir(), 'vitale-poste-'));
  readonly folder = join(this.place, 'Programmes de Zoé', 'Télétransmission');

  constructor(made: string) {
    mkdirSync(join(this.place, 'Programmes de Zoé'));
    execFileSync('cp', ['-a', made, this.folder]);
  }

  remove(): void {
    rmSync(this.place, { recursive: true, force: true });
  }
}
