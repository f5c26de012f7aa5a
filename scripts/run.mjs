/** Runs one program of the project with the terminal handed through, and ends as it ended. */
import { spawn } from 'node:child_process';
import { ROOT } from './bootstrap.mjs';

export function runNode(args) {
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
}
