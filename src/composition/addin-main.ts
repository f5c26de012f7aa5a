/**
 * Where the host starts the add-in: the whole program in one file with V8's code cache beside it, which starts several times faster than five hundred modules.
 * `scripts/bundle.mjs` makes both. Without them, or after a newer compilation, the modules themselves run.
 */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { constants, Script } from 'node:vm';

const DIST = dirname(__dirname);
const BUNDLE = join(DIST, 'program', 'addin.cjs');
const CACHE = `${BUNDLE}.cache`;
/** Written by the compiler each time something changed; an installed program has none. */
const COMPILED = join(DIST, '.tsbuildinfo');

const modified = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

function runBundle(): void {
  const script = new Script(`(function (exports, require, module, __filename, __dirname) { ${readFileSync(BUNDLE, 'latin1')}\n})`, {
    filename: BUNDLE,
    ...(existsSync(CACHE) ? { cachedData: readFileSync(CACHE) } : {}),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  // The build runs the add-in once and keeps what V8 compiled on the way.
  if (process.env['VITALE_WRITE_CODE_CACHE'] === '1') process.once('exit', () => writeFileSync(CACHE, script.createCachedData()));
  const run = script.runInThisContext() as (...scope: readonly unknown[]) => void;
  const require = createRequire(BUNDLE);
  const module = { exports: {}, require };
  run(module.exports, require, module, BUNDLE, dirname(BUNDLE));
}

if (modified(BUNDLE) > 0 && modified(BUNDLE) >= modified(COMPILED)) runBundle();
else createRequire(__filename)('./addin.js');
