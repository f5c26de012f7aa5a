/** An add-in's life: activated once by the first event that wants it, deactivated once. */
import { BridgeError } from './bridge-error';
import { CommandRegistry } from './commands';
import { DisposableStore, type Disposable } from './disposable';
import { checkEngine } from './engine';
import { HookRegistry } from './hooks';
import type { HostApi } from './host-api';
import { HealthRegistry } from './health';
import type { HostIdentity } from './host-messages';
import type { ChangeListener, LiveManifest } from './live-manifest';
import type { Manifest } from './manifest';

/** What an add-in gets to work with. */
export interface AddinContext {
  /** As it stands now: ask anew rather than keep it. */
  readonly manifest: Manifest;
  /** Told after each good edit of the manifest. */
  onManifestChange(listener: ChangeListener): Disposable;
  /** The folder of the manifest. */
  readonly addinFolder: string;
  readonly hostIdentity: HostIdentity;
  readonly host: HostApi;
  readonly commands: CommandRegistry;
  readonly hooks: HookRegistry;
  readonly health: HealthRegistry;
  /** Given back by themselves after deactivation, last come first. */
  readonly subscriptions: DisposableStore;
  /** Aborted when deactivation begins. */
  readonly signal: AbortSignal;
}

/** What an add-in is. `activate` registers its commands and hooks; the host's calls are answered only after its promise resolved. */
export interface Addin {
  activate(context: AddinContext): Promise<void> | void;
  deactivate?(): Promise<void> | void;
}

type State = 'inactive' | 'active' | 'ended';

export class Activation {
  readonly commands: CommandRegistry;
  readonly hooks: HookRegistry;
  readonly health: HealthRegistry;
  readonly #subscriptions = new DisposableStore();
  readonly #ending = new AbortController();
  #identity: HostIdentity | null = null;
  #activating: Promise<void> | null = null;
  #state: State = 'inactive';

  constructor(
    private readonly addin: Addin,
    private readonly manifest: Pick<LiveManifest, 'current' | 'onChange'>,
    private readonly addinFolder: string,
    private readonly host: HostApi,
    onFault: (error: unknown) => void,
  ) {
    this.commands = new CommandRegistry(manifest, (state) => {
      host.commandState(state).catch(onFault);
    });
    this.hooks = new HookRegistry(manifest);
    this.health = new HealthRegistry(manifest);
    this.#subscriptions.add(manifest.onChange(() => this.commands.refresh()));
  }

  get isActive(): boolean {
    return this.#state === 'active';
  }

  /** The host says who it is. @throws BridgeError `engine` */
  greet(identity: HostIdentity): void {
    checkEngine(identity.version, this.manifest.current.engines.logosw);
    this.#identity = identity;
  }

  /** Whether the manifest asks to be activated by `event` (`onStartup`, `onCommand:id`, `onHook:id`). */
  wants(event: string): boolean {
    return this.manifest.current.activationEvents.some((wanted) => wanted === '*' || wanted === event);
  }

  /**
   * Activates the add-in unless it is active; calls at the same time share one activation.
   * @throws BridgeError `inactive` before the host greeted and after the end; whatever `activate` throws (it may then be tried again)
   */
  async ensureActive(): Promise<void> {
    if (this.#state === 'ended' || this.#identity === null) throw new BridgeError('inactive', 'The add-in is not active');
    this.#activating ??= this.#activate(this.#identity);
    await this.#activating;
  }

  /** Ends the add-in, also when it never was active. Idempotent. @throws whatever `deactivate` throws, after everything was given back */
  async end(): Promise<void> {
    if (this.#state === 'ended') return;
    const wasActive = this.#state === 'active';
    this.#state = 'ended';
    this.#ending.abort(new BridgeError('inactive', 'The add-in is being deactivated'));
    try {
      if (wasActive) await this.addin.deactivate?.();
    } finally {
      this.#subscriptions.dispose();
    }
  }

  async #activate(hostIdentity: HostIdentity): Promise<void> {
    const source = this.manifest;
    try {
      await this.addin.activate({
        get manifest() {
          return source.current;
        },
        onManifestChange: (listener) => source.onChange(listener),
        addinFolder: this.addinFolder,
        hostIdentity,
        host: this.host,
        commands: this.commands,
        hooks: this.hooks,
        health: this.health,
        subscriptions: this.#subscriptions,
        signal: this.#ending.signal,
      });
    } catch (error) {
      this.#activating = null;
      throw error;
    }
    if (this.#state !== 'inactive') return;
    this.#state = 'active';
    this.commands.refresh(true);
  }
}
