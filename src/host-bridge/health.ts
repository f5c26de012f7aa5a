/** Health checks: declared in the manifest, carried out by one handler each, asked for by the host or by support. */
import { BridgeError } from './bridge-error';
import { toDisposable, type Disposable } from './disposable';
import type { HealthReport } from './host-messages';
import type { ManifestSource } from './live-manifest';

export type HealthCheck = (signal: AbortSignal) => Promise<HealthReport>;

export class HealthRegistry {
  readonly #checks = new Map<string, HealthCheck>();

  constructor(private readonly manifest: ManifestSource) {}

  /** @throws BridgeError `not-contributed`, `already-registered` */
  register(check: string, handler: HealthCheck): Disposable {
    this.#mustBeContributed(check);
    if (this.#checks.has(check)) throw new BridgeError('already-registered', `The health check ${check} has a handler already`, { check });
    this.#checks.set(check, handler);
    return toDisposable(() => this.#checks.delete(check));
  }

  /** @throws BridgeError `not-contributed`, `no-handler`, and whatever the handler throws */
  async run(check: string, signal: AbortSignal): Promise<HealthReport> {
    this.#mustBeContributed(check);
    const handler = this.#checks.get(check);
    if (handler === undefined) throw new BridgeError('no-handler', `Nothing carries out the health check ${check}`, { check });
    return handler(signal);
  }

  #mustBeContributed(check: string): void {
    if (!this.manifest.current.contributes.healthChecks.some((entry) => entry.check === check))
      throw new BridgeError('not-contributed', 'The manifest does not contribute this health check');
  }
}
