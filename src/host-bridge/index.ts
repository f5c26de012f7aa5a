/** What an add-in is written against: this file is the entry of the package that `scripts/build-addin-package.mjs` makes. docs/addin-authors.md explains it. */
export type { Addin, AddinContext } from './activation';
export { BridgeError, isBridgeError, type BridgeErrorCode } from './bridge-error';
export type { CommandHandler, CommandRegistry } from './commands';
export { DisposableStore, toDisposable, type Disposable } from './disposable';
export type { HealthCheck, HealthRegistry } from './health';
export { hookType, type HookCall, type HookHandler, type HookRegistry, type HookType } from './hooks';
export type { HostApi, Printable, ProgressReporter } from './host-api';
export type {
  Badge,
  BadgeSeverity,
  CommandState,
  ErrorPayload,
  HealthReport,
  HostIdentity,
  HostInfo,
  HostNotice,
  HostPractitioner,
} from './host-messages';
export type { ManifestChange } from './live-manifest';
export { loadManifest, validateManifest, type Capability, type Manifest } from './manifest';
export { describeErrorByCode, runAddin, type RunAddinOptions, type RunAddinResult } from './run-addin';
export { compileCondition, ExpressionError, type ContextValue } from './when-expression';
