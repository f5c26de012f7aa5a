/** `npm test`: sets everything up, then runs all tests (or those named). */
import { afterSetUp } from './bootstrap.mjs';
import { runNode } from './run.mjs';

afterSetUp(() => runNode(['node_modules/jest/bin/jest.js', ...process.argv.slice(2)]));
