/** Entry of the installer (`installer.exe`). */
import { createInterface } from 'node:readline/promises';
import { ErrorCatalogue } from '../../teletrans/diagnostics/error-catalogue';
import { EXIT, type ExitCode } from '../standalone/exit-codes';
import { Terminal } from '../standalone/terminal';
import { locateInstallation } from '../installation';
import { dataFolder } from '../practice-folder';
import { readJsonTable } from '../tables';
import { installerParts } from './parts';
import { runInstaller, usualTarget, type InstallerCall } from './program';
import { TEXTS } from './texts';

/** Where even the sentences cannot be read, the package is damaged. */
function catalogue(tables: string): InstallerCall['errors'] {
  try {
    return ErrorCatalogue.parse(readJsonTable(tables, 'errors.json'));
  } catch {
    return { explain: (code) => ({ code, message: TEXTS.noSentences, action: '' }) };
  }
}

/** Started by a double click, without a word: nothing is done before a person has said so, and its window stays until it was read. */
async function asked(call: InstallerCall): Promise<ExitCode> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await lines.question(TEXTS.question(usualTarget(call) ?? ''));
    const code = /^o(ui)?$/i.test(answer.trim()) ? await runInstaller([], call) : EXIT.wrongCall;
    await lines.question(TEXTS.enter);
    return code;
  } finally {
    lines.close();
  }
}

async function main(): Promise<ExitCode> {
  const { root, tables } = locateInstallation();
  const terminal = new Terminal(process.stdout, process.stderr);
  const call = { root, parts: installerParts(dataFolder()), terminal, errors: catalogue(tables), platform: process.platform };
  const words = process.argv.slice(2);
  const alone = words.length === 0 && process.stdin.isTTY && usualTarget(call) !== null;
  return alone ? asked(call) : runInstaller(words, call);
}

void main().then((code) => {
  process.exitCode = code;
});
