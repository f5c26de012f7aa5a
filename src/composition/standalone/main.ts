/** Entry of the standalone program. */
import { reportCrashes } from '../from-the-start';
import { dataFolder } from '../practice-folder';
import { runProgram } from './program';

reportCrashes(() => dataFolder());

// A reader that closes early (`vitale etat | head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

void runProgram(process.argv.slice(2), process).then((code) => {
  process.exitCode = code;
});
