/** Compiles `src/host-bridge` and the add-ins under test, so that real Node processes can run them. */
import { transformFileSync } from '@swc/core';
import { mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { exclusively, PROJECT_ROOT } from '../../native/build';

/** Two folders below the project root, as `dist/host-bridge` is: the bridge finds `addin/` and `node_modules/` the same way. */
const BRIDGE_OUT = path.join(PROJECT_ROOT, 'build', 'host-bridge');
const FIXTURES_OUT = path.join(PROJECT_ROOT, 'build', 'host-bridge-fixtures');

function compileFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((file) => file.endsWith('.ts'))) {
    const source = path.join(from, name);
    const target = path.join(to, name.replace(/\.ts$/, '.js'));
    const made = statSync(target, { throwIfNoEntry: false });
    if (made !== undefined && made.mtimeMs > statSync(source).mtimeMs) continue;
    const { code } = transformFileSync(source, {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
      module: { type: 'commonjs' },
      swcrc: false,
    });
    writeFileSync(`${target}.new`, code.replaceAll('../../../src/host-bridge/', '../host-bridge/'));
    renameSync(`${target}.new`, target);
  }
}

/** The folder of the compiled add-ins under test; they find the bridge at `../host-bridge`. */
export function compileBridge(): string {
  exclusively('host-bridge', () => {
    compileFolder(path.join(PROJECT_ROOT, 'src', 'host-bridge'), BRIDGE_OUT);
    compileFolder(path.join(PROJECT_ROOT, 'test', 'host-bridge', 'fixtures'), FIXTURES_OUT);
  });
  return FIXTURES_OUT;
}
