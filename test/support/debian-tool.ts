/** Programs of Debian that a test asks as an independent witness: there, or the test says why it is left out; with CI=true nothing may be left out. */
import { spawnSync } from 'node:child_process';

/** `it` when the program is installed, else a test skipped with its reason in its name. */
export function itWith(program: string, debianPackage: string): typeof it {
  const found = spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
  if (found || process.env['CI'] === 'true') return it;
  process.stderr.write(`tests: ${program} is not installed (Debian package ${debianPackage}): what it would witness is skipped\n`);
  return it.skip;
}
