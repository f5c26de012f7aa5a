/** `npm run matrix`: sets everything up, then runs the whole crash matrix (docs/sending-under-faults.md). */
import { afterSetUp } from './bootstrap.mjs';
import { runNode } from './run.mjs';

afterSetUp(() => runNode(['--require', './test/support/built.cjs', 'test/faults/matrix/main.ts', ...process.argv.slice(2)]));
