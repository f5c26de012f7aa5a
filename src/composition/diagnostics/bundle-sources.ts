/** What a support bundle is made from. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { arch, release, totalmem } from 'node:os';
import { join, relative } from 'node:path';
import type { DependencyContainer } from 'tsyringe';
import type { BundleSources } from '../../teletrans/diagnostics/bundle/bundle';
import type { HealthReport } from '../../teletrans/diagnostics/health/report';
import type { HealthSources } from '../../teletrans/diagnostics/health/sources';
import { CRASH_FILE, LOG_FOLDER } from '../../teletrans/diagnostics/places';
import type { SwitchState } from '../../teletrans/diagnostics/switch-setting';
import { processRecorder } from '../from-the-start';
import type { Installation } from '../installation';
import { TOKENS } from '../tokens';

interface ManifestParts {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly engines?: unknown;
  readonly activationEvents?: unknown;
  readonly capabilities?: unknown;
}

function readManifest({ addin }: Installation): ManifestParts {
  try {
    return JSON.parse(readFileSync(join(addin, 'manifest.json'), 'utf8')) as ManifestParts;
  } catch {
    return {};
  }
}

/** First digits of the SHA-256 of each table: tells which version of it is installed. */
function tableVersions(tables: string): Readonly<Record<string, string>> {
  const files = readdirSync(tables, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [relative(tables, file), createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12)]),
  );
}

function versions(installation: Installation): object {
  return {
    product: readManifest(installation).version ?? null,
    node: process.versions.node,
    system: `${process.platform} ${release()} ${arch()}`,
    memoryMb: Math.round(totalmem() / 1_048_576),
    upSeconds: Math.round(process.uptime()),
    tables: tableVersions(installation.tables),
  };
}

/** The members a program reads; texts for people, which anybody may have changed, stay out. */
function manifest(installation: Installation): object {
  const { name, version, engines, activationEvents, capabilities } = readManifest(installation);
  return { name, version, engines, activationEvents, capabilities };
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** The practice and its store are left out where they cannot be opened; everything else does not need them. */
export async function bundleSources(
  root: DependencyContainer,
  sources: HealthSources,
  diagnostics: SwitchState,
  health: HealthReport,
): Promise<BundleSources> {
  const installation = root.resolve(TOKENS.installation);
  const logFolder = join(sources.home, LOG_FOLDER);
  // What cannot be read is left out of the bundle: the health report in it says why.
  const practice = await Promise.resolve()
    .then(() => sources.practice())
    .catch(() => null);
  const opened = await sources.storage().catch(() => null);
  return {
    now: () => sources.clock.now(),
    home: sources.home,
    logFolder,
    recorded: () => processRecorder.lines(),
    crashed: () => linesOf(join(logFolder, CRASH_FILE)),
    versions: () => versions(installation),
    manifest: () => manifest(installation),
    diagnostics,
    health,
    practice,
    store: opened?.store ?? null,
  };
}
