/** The installer as a person calls it: what it says and how it ends, with the locks of a program that really runs. */
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { locateInstallation } from '../../src/composition/installation';
import { installerParts } from '../../src/composition/installer/parts';
import { runInstaller } from '../../src/composition/installer/program';
import { Terminal } from '../../src/composition/standalone/terminal';
import { readJsonTable } from '../../src/composition/tables';
import { ErrorCatalogue } from '../../src/teletrans/diagnostics/error-catalogue';
import { openStorage } from '../../src/teletrans/store/open';
import { MIGRATIONS } from '../../src/teletrans/store/sqlite/migrations';
import { readPointer } from '../../src/installer/pointer';
import { aPackage } from '../installer/rig';

class Written extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += String(chunk);
    done();
  }
}

const errors = ErrorCatalogue.parse(readJsonTable(locateInstallation().tables, 'errors.json'));
let base: string;
let home: string;
let target: string;
const programs: ChildProcess[] = [];
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'vitale-installeur-'));
  home = join(base, 'données');
  target = join(base, 'programme');
});
afterEach(() => {
  for (const each of programs.splice(0)) each.kill('SIGKILL');
  rmSync(base, { recursive: true, force: true });
});

async function run(
  root: string,
  ...words: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const [out, err] = [new Written(), new Written()];
  const call = { root, parts: installerParts(home), terminal: new Terminal(out, err), errors, platform: 'linux' as const };
  const code = await runInstaller(words, call);
  return { code, out: out.text, err: err.text };
}
const at = (...words: readonly string[]): readonly string[] => ['--dossier', target, ...words];

it('installs, says where the host finds it and where the data are, and answers a program in JSON', async () => {
  const first = await run(aPackage(base, '1.0.0'), ...at());
  expect(first.code).toBe(0);
  expect(first.out).toMatch(/La version 1\.0\.0 est installée.*\n.*[0-9a-f]{64}\n[^]*module\.json[^]*données/);
  const next = await run(aPackage(base, '1.1.0'), ...at('--json'));
  expect(JSON.parse(next.out)).toMatchObject({ folder: target, version: '1.1.0', changed: true, previous: '1.0.0', left: [] });
  expect((await run('/', ...at('--verifier'))).out).toContain('La version 1.1.0 est entière');
  expect((await run('/', ...at('--retour'))).out).toContain('La version 1.0.0 est de nouveau en service');
});

it('knows the folder it is installed in', async () => {
  await run(aPackage(base, '1.0.0'), ...at());
  const { current } = (await readPointer(target)) ?? {};
  const inside = join(target, current?.folder ?? '');
  expect((await run(inside, '--verifier')).code).toBe(0);
  const again = await run(inside);
  expect(again).toMatchObject({ code: 2 });
  expect(again.err).toContain('INS-008');
});

it.each([
  ['a word it does not know', ['--tout']],
  ['two things at once', ['--retour', '--verifier', '--dossier', '/tmp/x']],
  ['no folder where there is no usual one', ['--verifier']],
])('turns %s away and says what there is', async (_what, words) => {
  const { code, err } = await run('/', ...words);
  expect(code).toBe(2);
  expect(err).toContain('CFG-005');
  expect(err).toContain('--desinstaller');
});

it('ends with 5 while a program has the data open, and goes on once it is closed', async () => {
  const source = aPackage(base, '1.0.0', MIGRATIONS.length);
  const { store } = await openStorage(home);
  const refused = await run(source, ...at());
  expect(refused.code).toBe(5);
  expect(refused.err).toMatch(/est ouverte.*\(INS-002\)\n→ Fermez LOGOSw/);
  await store.close();
  expect((await run(source, ...at())).code).toBe(0);
});

it('ends with 5 while the program of the version runs, whoever opened it', async () => {
  const source = aPackage(base, '1.0.0');
  await run(source, ...at());
  const node = join(target, (await readPointer(target))?.current.folder ?? '', 'node.exe');
  copyFileSync('/bin/sleep', node);
  chmodSync(node, 0o755);
  const sleeping = spawn(node, ['60']);
  programs.push(sleeping);
  await once(sleeping, 'spawn');
  for (const words of [at(), at('--desinstaller', '--je-confirme')]) expect((await run(aPackage(base, '1.1.0'), ...words)).code).toBe(5);
  sleeping.kill('SIGKILL');
  await once(sleeping, 'exit');
  expect((await run(aPackage(base, '1.1.0'), ...at())).code).toBe(0);
});

it('says what going back to a version that cannot read the data means, and does it only when told again', async () => {
  await (await openStorage(home)).store.close();
  await run(aPackage(base, '1.0.0', MIGRATIONS.length - 1), ...at('--je-confirme'));
  await run(aPackage(base, '1.1.0', MIGRATIONS.length), ...at());
  const asked = await run('/', ...at('--retour'));
  expect(asked.code).toBe(2);
  expect(asked.err).toContain(`(format ${MIGRATIONS.length}) ; la version 1.0.0 lit jusqu’au format ${MIGRATIONS.length - 1}`);
  expect(asked.err).toContain('INS-007');
  expect((await readPointer(target))?.current.version).toBe('1.1.0');
  const done = await run('/', ...at('--retour', '--je-confirme'));
  expect(done).toMatchObject({ code: 0 });
  expect(done.out).toContain('Elle refuse d’ouvrir les données');
  expect((await readPointer(target))?.current.version).toBe('1.0.0');
});

it('takes nothing away before it is told again, and leaves the data', async () => {
  await (await openStorage(home)).store.close();
  await run(aPackage(base, '1.0.0', MIGRATIONS.length), ...at());
  const asked = await run('/', ...at('--desinstaller'));
  expect(asked.code).toBe(2);
  expect(asked.err).toContain(home);
  const before = readFileSync(join(home, 'vitale.db'));
  const done = await run('/', ...at('--desinstaller', '--je-confirme'));
  expect(done.code).toBe(0);
  expect(done.out).toContain(`Les données du cabinet sont restées dans ${home}`);
  expect(readFileSync(join(home, 'vitale.db')).equals(before)).toBe(true);
  expect((await run('/', ...at('--verifier'))).code).toBe(2);
});

it('says that a pointer cannot be read, and changes nothing', async () => {
  mkdirSync(target);
  writeFileSync(join(target, 'module.json'), '{"format":2}');
  for (const words of [at(), at('--retour'), at('--verifier'), at('--desinstaller', '--je-confirme')]) {
    const { code, err } = await run(aPackage(base, '1.0.0'), ...words);
    expect(code).toBe(1);
    expect(err).toContain('INS-011');
  }
  expect(readFileSync(join(target, 'module.json'), 'utf8')).toBe('{"format":2}');
});
