/** Entry of the add-in process: started by the bridge, which hands the connection over on standard input (docs/HOST-ABI.md). */
import { reportCrashes } from './from-the-start';
import 'reflect-metadata';
import { isBridgeError } from '../host-bridge/bridge-error';
import { LiveManifest } from '../host-bridge/live-manifest';
import { describeErrorByCode, runAddin } from '../host-bridge/run-addin';
import type { ErrorCatalogue } from '../teletrans/diagnostics/error-catalogue';
import { isVitaleError, VitaleError } from '../teletrans/domain/errors';
import { createRoot, openPractice } from './container';
import { TeletransAddin } from './in-host/teletrans-addin';
import { manifestFiles } from './installation';
import { dataFolder } from './practice-folder';
import { TOKENS } from './tokens';

reportCrashes(() => dataFolder());
const root = createRoot();
const installation = root.resolve(TOKENS.installation);

/** What the host is told: the sentence of the catalogue for what we know, a code alone for the rest. */
function describeError(error: unknown): ReturnType<typeof describeErrorByCode> {
  const known = isVitaleError(error) ? error : fromBridge(error);
  if (known === null) return describeErrorByCode(error);
  const { code, message } = root.resolve<ErrorCatalogue>(TOKENS.errors).explain(known.code, known.details);
  return { code, message };
}

/** The bridge's own refusals that a person may meet, in our words. */
function fromBridge(error: unknown): VitaleError | null {
  if (!isBridgeError(error)) return null;
  if (error.code === 'engine') return new VitaleError('HOT-002');
  if (error.code === 'capability') return new VitaleError('HOT-005', { operation: String(error.details['capability'] ?? '?') });
  return null;
}

async function run(): Promise<void> {
  // Bridge and diagnostics follow one and the same manifest.
  const manifest = new LiveManifest(installation.addin, manifestFiles(installation).schema);
  root.registerInstance(TOKENS.followManifest, (changed) => {
    const following = manifest.onEdit(changed);
    return () => following.dispose();
  });
  await runAddin({
    bridgeFile: installation.bridgeLibrary,
    addinFolder: installation.addin,
    manifest,
    addin: new TeletransAddin(() => openPractice(dataFolder(), root, 'le module de LOGOSw')),
    describeError,
  });
}

run().catch((error: unknown) => {
  process.stderr.write(`${JSON.stringify(describeError(error))}\n`);
  process.exitCode = 1;
});
