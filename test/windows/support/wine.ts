/** Windows programs run here under Wine, which `scripts/windows/set-up-wine.sh` puts into build/wine; libraries and hosts are made by mingw-w64. */
import { execFileSync, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { closeSync, cpSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exclusively, PROJECT_ROOT } from '../../native/build';

export type Size = 'x86' | 'x64';
export const SIZES: readonly Size[] = ['x86', 'x64'];

const WINE = join(PROJECT_ROOT, 'build', 'wine');
export const WINE_RUN = join(WINE, 'run');
export const WINE_PREFIX = join(WINE, 'prefix');
const COMPILERS = ['i686-w64-mingw32-gcc', 'x86_64-w64-mingw32-gcc'];

function missing(): string | null {
  if (COMPILERS.some((compiler) => spawnSync(compiler, ['--version'], { stdio: 'ignore' }).status !== 0))
    return 'apt-get install gcc-mingw-w64-i686-win32 gcc-mingw-w64-x86-64-win32';
  return existsSync(WINE_RUN) ? null : 'apt-get install libc6-i386, then scripts/windows/set-up-wine.sh';
}

/** `describe` where Wine and mingw-w64 are, else `describe.skip`, which is told; with VITALE_REQUIRE_WINE=1 nothing may be skipped. */
export function describeUnderWine(): jest.Describe {
  const wanted = missing();
  if (wanted === null) return describe;
  if (process.env['VITALE_REQUIRE_WINE'] === '1') throw new Error(`Windows programs cannot be tried here: ${wanted}`);
  console.warn(`Windows programs are left out: ${wanted}`);
  return describe.skip;
}

/**
 * A Wine of its own on the same Windows, for programs that draw: those that began without a screen, in another test, have made a desktop that has none, and a program
 * that comes to it shows no window.
 */
export class OwnWine {
  private readonly prefix = mkdtempSync(join(tmpdir(), 'wine-prefix-'));
  readonly environment = { WINEPREFIX: this.prefix };

  constructor() {
    for (const name of ['system.reg', 'user.reg', 'userdef.reg', '.update-timestamp', 'dosdevices'])
      cpSync(join(WINE_PREFIX, name), join(this.prefix, name), { recursive: true, verbatimSymlinks: true });
    symlinkSync(join(WINE_PREFIX, 'drive_c'), join(this.prefix, 'drive_c'));
  }

  /** Ends every program in it. */
  remove(): void {
    spawnSync(WINE_RUN, ['--stop'], { env: { ...process.env, ...this.environment } });
    rmSync(this.prefix, { recursive: true, force: true });
  }
}

/** A path of this machine as a Windows program sees it. */
export function windowsPath(path: string): string {
  return `Z:${path.replaceAll('/', '\\')}`;
}

/** The folder of what mingw-w64 made for a size, made anew when its sources changed. */
export function windowsBuild(size: Size): string {
  exclusively('native-windows', () => execFileSync('make', ['-C', join(PROJECT_ROOT, 'native'), 'windows'], { stdio: 'pipe' }));
  return join(PROJECT_ROOT, 'build', 'native', `windows-${size}`);
}

/** Runs a Windows program to its end; `as`: words that make it another user's. What it reads and writes goes through files: Wine gives Node no Unix pipe there. */
export function runUnderWine(
  program: string,
  words: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string; readonly input?: string; readonly as?: readonly string[] } = {},
): SpawnSyncReturns<string> {
  const folder = mkdtempSync(join(tmpdir(), 'wine-'));
  writeFileSync(join(folder, 'in'), options.input ?? '');
  const handles = [openSync(join(folder, 'in'), 'r'), openSync(join(folder, 'out'), 'w'), openSync(join(folder, 'err'), 'w')];
  try {
    const [command, ...before] = [...(options.as ?? []), WINE_RUN];
    const run = spawnSync(command, [...before, program, ...words], {
      cwd: options.cwd ?? folder,
      env: { ...process.env, ...options.env },
      stdio: handles,
      timeout: 240_000,
    });
    const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
    return { ...run, output: [], stdout: text('out'), stderr: text('err') };
  } finally {
    for (const handle of handles) closeSync(handle);
    rmSync(folder, { recursive: true, force: true });
  }
}
