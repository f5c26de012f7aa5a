/** Where the installed files are: found from this module, whatever the working folder. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Installation {
  readonly root: string;
  /** What LOGOSw sees: manifest, strings, icons, tables. */
  readonly addin: string;
  readonly tables: string;
  /** The built page of the main window. */
  readonly page: string;
  /** The bridge to the host, made by the native build. */
  readonly bridgeLibrary: string;
}

function findRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'addin', 'manifest.json'))) return folder;
    if (dirname(folder) === folder) return from;
  }
}

/** On Windows an installed program has its libraries in `bridge`, a project built here in `build`. */
function bridgeLibraryIn(root: string): string {
  const built = join(root, 'build', 'native');
  if (process.platform !== 'win32') return join(built, 'liblogosw_addin.so');
  const installed = join(root, 'bridge', 'x64', 'logosw_addin.dll');
  return existsSync(installed) ? installed : join(built, 'windows-x64', 'logosw_addin.dll');
}

export function locateInstallation(): Installation {
  const root = findRoot(__dirname);
  const addin = join(root, 'addin');
  return {
    root,
    addin,
    tables: join(addin, 'tables'),
    page: join(root, 'dist', 'page'),
    bridgeLibrary: bridgeLibraryIn(root),
  };
}

/** The manifest and the schema it is checked with. */
export function manifestFiles({ addin }: Installation): { readonly manifest: string; readonly schema: string } {
  return { manifest: join(addin, 'manifest.json'), schema: join(addin, 'manifest.schema.json') };
}

export function stateWordsFile(installation: Installation): string {
  return join(installation.tables, 'state-words.json');
}
