/** `npm start`: sets everything up, then runs the demonstration practice. */
import { afterSetUp } from './bootstrap.mjs';
import { runNode } from './run.mjs';

afterSetUp(() => runNode(['--enable-source-maps', 'dist/demonstration/main.js', ...process.argv.slice(2)]));
