/**
 * Lets a program of a test run on the built program: its own TypeScript is read as it is, what it takes from `src/` comes from `dist/`.
 * `node --require built.cjs program.ts`. What was translated once is kept in `build/`: a process that starts often should start fast.
 */
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '../..');
const SOURCES = path.join(ROOT, 'src') + path.sep;
const KEPT = path.join(ROOT, 'build', 'test-programs');
const find = Module._resolveFilename;

function translated(file) {
  const source = readFileSync(file, 'utf8');
  const kept = path.join(KEPT, `${createHash('sha256').update(file).update(source).digest('hex')}.js`);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const { code } = require('@swc/core').transformSync(source, {
    filename: file,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023', keepClassNames: true },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
    swcrc: false,
  });
  mkdirSync(KEPT, { recursive: true });
  const draft = `${kept}.${process.pid}`;
  writeFileSync(draft, code);
  renameSync(draft, kept);
  return code;
}

require.extensions['.ts'] = (module, file) => module._compile(translated(file), file);

Module._resolveFilename = function resolveBuilt(...call) {
  const file = find.apply(this, call);
  return file.startsWith(SOURCES) ? path.join(ROOT, 'dist', path.relative(SOURCES, file)).replace(/\.ts$/, '.js') : file;
};
