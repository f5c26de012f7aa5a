/** The suites of the store as they run everywhere, on the Windows Node: its SQLite, its flush and rename, its locks between processes. */
import { join } from 'node:path';
import { ROOT } from '../support/practice-processes';
import { windowsNode } from './support/package';
import { describeUnderWine, runUnderWine, windowsBuild, windowsPath } from './support/wine';

jest.setTimeout(300_000);

const STORE = 'test/teletrans/store';
const SUITES = [
  ...[
    'key-source',
    'sqlite',
    'frozen-messages',
    'lock',
    'fewer-pages',
    'quiet-checkpoint',
    'claims-migration',
    'listed-day-migration',
    'query-plans',
  ].map((name) => `${STORE}/${name}.test.ts`),
  ...['making', 'restoring'].map((name) => `${STORE}/backup/${name}.test.ts`),
  ...['every-schema', 'interrupted', 'going-back'].map((name) => `${STORE}/update/${name}.test.ts`),
  'test/windows/suites/held-files.ts',
];
const HOOKS = ['test/teletrans/store/programs/typescript.cjs', 'test/windows/suites/jest-words.cjs'];

describeUnderWine()('the store on Windows', () => {
  let node = '';
  const env: NodeJS.ProcessEnv = {};
  beforeAll(() => {
    node = windowsNode();
    env['VITALE_HOLD_FILE'] = windowsPath(join(windowsBuild('x64'), 'hold-file.exe'));
  });

  it.each(SUITES)('%s', (suite) => {
    const words = HOOKS.flatMap((hook) => ['--require', windowsPath(join(ROOT, hook))]);
    const { status, stdout, stderr } = runUnderWine(node, ['--test-reporter=tap', ...words, windowsPath(join(ROOT, suite))], { env });
    expect({ status, failed: stdout.split('\n').filter((line) => /^\s*not ok/.test(line)), stderr: status === 0 ? '' : stderr }).toEqual({
      status: 0,
      failed: [],
      stderr: '',
    });
    expect(Number(/^# pass (\d+)/m.exec(stdout)?.[1])).toBeGreaterThan(0);
  });
});
