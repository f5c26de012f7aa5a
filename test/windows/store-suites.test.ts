/** The suites of the store as they run everywhere, on the Windows Node: its SQLite, its flush and rename, its locks between processes. */
import { join } from 'node:path';
import { ROOT } from '../support/practice-processes';
import { windowsNode } from './support/package';
import { describeUnderWine, runUnderWine, windowsPath } from './support/wine';

jest.setTimeout(300_000);

const SUITES = ['key-source', 'sqlite', 'frozen-messages', 'lock', 'fewer-pages', 'quiet-checkpoint', 'claims-migration', 'query-plans'];
const HOOKS = ['test/teletrans/store/programs/typescript.cjs', 'test/windows/suites/jest-words.cjs'];

describeUnderWine()('the store on Windows', () => {
  let node = '';
  beforeAll(() => {
    node = windowsNode();
  });

  it.each(SUITES)('%s', (suite) => {
    const words = HOOKS.flatMap((hook) => ['--require', windowsPath(join(ROOT, hook))]);
    const file = windowsPath(join(ROOT, 'test/teletrans/store', `${suite}.test.ts`));
    const { status, stdout, stderr } = runUnderWine(node, ['--test-reporter=tap', ...words, file]);
    expect({ status, failed: stdout.split('\n').filter((line) => /^\s*not ok/.test(line)), stderr: status === 0 ? '' : stderr }).toEqual({
      status: 0,
      failed: [],
      stderr: '',
    });
    expect(Number(/^# pass (\d+)/m.exec(stdout)?.[1])).toBeGreaterThan(0);
  });
});
