/** Runs an add-in in its own process: start line, connection, manifest, activation, the host's calls, the end. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { Activation, type Addin } from './activation';
import { BridgeError, isBridgeError } from './bridge-error';
import { Connection } from './connection';
import type { Disposable } from './disposable';
import { HostApi } from './host-api';
import {
  ActivateRequest,
  AliveRequest,
  DeactivateRequest,
  HealthRequest,
  HookRequest,
  InvokeRequest,
  ManifestChangedNotification,
  type ErrorPayload,
  type HostIdentity,
} from './host-messages';
import { LiveManifest, type ManifestSource } from './live-manifest';
import { NativeLibrary } from './native-library';
import { readStartLine } from './start-line';

export interface RunAddinOptions {
  /** The shared library, e.g. `build/native/liblogosw_addin.so`. Default: the one the package brings. */
  readonly bridgeFile?: string;
  /** The folder of `manifest.json`. */
  readonly addinFolder: string;
  readonly addin: Addin;
  /** Default: `manifest.schema.json` beside this file (in the package), else in the folder `addin` of the project. */
  readonly manifestSchemaPath?: string;
  /** The manifest where the caller follows it too. Default: the one of `addinFolder`, of its own. */
  readonly manifest?: LiveManifest;
  /** What the host is told of an error of the add-in. Default: a bridge error as it is, any other by its `code` alone. */
  readonly describeError?: (error: unknown) => ErrorPayload;
  /** Told what went wrong where nobody waits for an answer. */
  readonly onFault?: (error: unknown) => void;
  /** How long work still under way may hold the process after the end before it is ended by force, ms; null: for ever. Default: 30 s. */
  readonly endWithinMs?: number | null;
  /** Default: standard input of this process. */
  readonly input?: Readable;
}

/** How it ended: the library's reason, `LOGOSW_E_CLOSED` when the host closed as it should. */
export interface RunAddinResult {
  readonly reason: string;
}

const FLUSH_MS = 1000;
const END_WITHIN_MS = 30_000;
const EXIT_BY_FORCE = 70;
const SCHEMA_PLACES = ['manifest.schema.json', '../../addin/manifest.schema.json'].map((place) => path.resolve(__dirname, place));
const BROUGHT_LIBRARY = path.join(__dirname, 'native', process.platform === 'win32' ? 'logosw_addin.dll' : 'liblogosw_addin.so');

/** The default of `describeError`: nothing of an unknown error's text leaves, for it may name a person. */
export function describeErrorByCode(error: unknown): ErrorPayload {
  if (isBridgeError(error)) return { code: `bridge.${error.code}`, message: error.message, details: error.details };
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'internal';
  return { code, message: 'The add-in met an error' };
}

type Params = Readonly<Record<string, unknown>>;

function text(params: Params, key: string): string {
  const value = params[key];
  if (typeof value !== 'string' || value === '') throw new BridgeError('bad-payload', `The request lacks ${key}`, { key });
  return value;
}

function identityOf(params: Params): HostIdentity {
  const host = (params['host'] ?? {}) as Params;
  return { name: text(host, 'name'), version: text(host, 'version'), language: text(host, 'language') };
}

/** Answers the host's requests; what is not known is refused by name. */
class HostCalls {
  constructor(
    private readonly activation: Activation,
    private readonly manifest: ManifestSource,
  ) {}

  async answer(name: string, value: unknown, signal: AbortSignal): Promise<unknown> {
    if (typeof value !== 'object' || value === null) throw new BridgeError('bad-payload', 'The payload is not an object');
    const params = value as Params;
    switch (name) {
      case ActivateRequest.name:
        return this.#activate(params);
      case InvokeRequest.name:
        await this.activation.ensureActive();
        return { result: (await this.activation.commands.invoke(text(params, 'command'), params['arguments'], signal)) ?? null };
      case HookRequest.name:
        await this.activation.ensureActive();
        return this.activation.hooks.call(text(params, 'hook'), params['data'], {
          key: 'key' in params ? text(params, 'key') : null,
          signal,
        });
      case HealthRequest.name:
        await this.activation.ensureActive();
        return this.activation.health.run(text(params, 'check'), signal);
      case AliveRequest.name:
        return {};
      case DeactivateRequest.name:
        await this.activation.end();
        return {};
      default:
        throw new BridgeError('unknown-request', 'The add-in does not know this request');
    }
  }

  async #activate(params: Params): Promise<unknown> {
    const event = text(params, 'event');
    this.activation.greet(identityOf(params));
    if (this.activation.wants(event)) await this.activation.ensureActive();
    const { name, version } = this.manifest.current;
    return { active: this.activation.isActive, name, version };
  }
}

/** Without a host the process has no more purpose: what does not end by itself is ended. The timer alone does not hold the process. */
function limitEnd(withinMs: number | null): void {
  if (withinMs !== null) setTimeout(() => process.exit(EXIT_BY_FORCE), withinMs).unref();
}

function schemaPath({ manifestSchemaPath }: RunAddinOptions): string {
  return manifestSchemaPath ?? SCHEMA_PLACES.find((place) => existsSync(place)) ?? 'manifest.schema.json';
}

/** The host hears of every edit, good or bad. */
function watchManifest(manifest: LiveManifest, connection: Connection, onFault: (error: unknown) => void): Disposable {
  manifest.onChange(({ restartNeeded }) => {
    connection.notify(ManifestChangedNotification, { valid: true, restartNeeded }).catch(onFault);
  });
  manifest.onProblem((problems) => {
    connection.notify(ManifestChangedNotification, { valid: false, problems }).catch(onFault);
  });
  return manifest.watch();
}

/**
 * Runs until the host closes the connection (or this process is asked to end by SIGTERM), then deactivates the add-in and frees everything, so that the
 * process ends by itself.
 * @throws BridgeError `start`, `library`, `connect`, `manifest`
 */
export async function runAddin(options: RunAddinOptions): Promise<RunAddinResult> {
  const onFault = options.onFault ?? ((): void => undefined);
  const describeError = options.describeError ?? describeErrorByCode;
  const manifest = options.manifest ?? new LiveManifest(options.addinFolder, schemaPath(options));
  const library = NativeLibrary.load(options.bridgeFile ?? BROUGHT_LIBRARY);
  const link = await library.connect(await readStartLine(options.input ?? process.stdin));
  const connection: Connection = new Connection(link, {
    request: (name, params, signal) => calls.answer(name, params, signal),
    describeError,
    undelivered: (_name, error) => onFault(error),
  });
  const host = new HostApi(connection, manifest);
  const activation = new Activation(options.addin, manifest, options.addinFolder, host, onFault);
  const calls: HostCalls = new HostCalls(activation, manifest);
  const stop = (): void => {
    connection.close(FLUSH_MS).catch(onFault);
  };
  process.once('SIGTERM', stop);
  const watching = watchManifest(manifest, connection, onFault);
  try {
    const reason = await connection.ended;
    limitEnd(options.endWithinMs === undefined ? END_WITHIN_MS : options.endWithinMs);
    await activation.end();
    return { reason };
  } finally {
    watching.dispose();
    process.removeListener('SIGTERM', stop);
    await connection.close(FLUSH_MS);
  }
}
