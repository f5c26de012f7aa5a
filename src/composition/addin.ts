/** Entry of the add-in process: started by the bridge, which hands the connection over on standard input (docs/HOST-ABI.md). */
import 'reflect-metadata';
import { runAddin } from '../host-bridge/run-addin';
import { describeErrorByCode } from '../host-bridge/run-addin';
import { ErrorCatalogue } from '../teletrans/diagnostics/error-catalogue';
import { isVitaleError } from '../teletrans/domain/errors';
import { createRoot, openPractice } from './container';
import { TeletransAddin } from './in-host/teletrans-addin';
import { dataFolder } from './practice-folder';
import { TOKENS } from './tokens';

const root = createRoot();
const { bridgeLibrary, addin: addinFolder } = root.resolve(TOKENS.installation);

/** What the host is told: the sentence of the catalogue for what we know, a code alone for the rest. */
function describeError(error: unknown): ReturnType<typeof describeErrorByCode> {
  if (!isVitaleError(error)) return describeErrorByCode(error);
  const { code, message } = root.resolve<ErrorCatalogue>(TOKENS.errors).explain(error.code, error.details);
  return { code, message };
}

runAddin({
  libraryPath: bridgeLibrary,
  addinFolder,
  addin: new TeletransAddin(() => openPractice(dataFolder(), root)),
  describeError,
}).catch((error: unknown) => {
  process.stderr.write(`${JSON.stringify(describeError(error))}\n`);
  process.exitCode = 1;
});
