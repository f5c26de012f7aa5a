/** The add-in's commands: declared in the manifest, carried out by one handler each, enabled or not. */
import { BridgeError } from './bridge-error';
import { toDisposable, type Disposable } from './disposable';
import type { CommandContribution } from './manifest';

/** `signal` is aborted when the host no longer wants the result. What is returned must be JSON. */
export type CommandHandler = (parameters: unknown, signal: AbortSignal) => Promise<unknown>;

/** Told when a command becomes enabled or disabled. */
export type EnablementListener = (command: string, enabled: boolean, reason?: string) => void;

export class CommandRegistry {
  readonly #handlers = new Map<string, CommandHandler>();
  readonly #disabled = new Map<string, string>();

  constructor(
    private readonly contributed: readonly CommandContribution[],
    private readonly onEnablement: EnablementListener,
  ) {}

  /**
   * Gives a contributed command its handler.
   * @throws BridgeError `not-contributed`, `already-registered`
   */
  register(command: string, handler: CommandHandler): Disposable {
    this.#contribution(command);
    if (this.#handlers.has(command))
      throw new BridgeError('already-registered', `The command ${command} has a handler already`, { command });
    this.#handlers.set(command, handler);
    return toDisposable(() => this.#handlers.delete(command));
  }

  /** The command's title for people, from the manifest. @throws BridgeError `not-contributed` */
  title(command: string): string {
    return this.#contribution(command).title;
  }

  isEnabled(command: string): boolean {
    this.#contribution(command);
    return !this.#disabled.has(command);
  }

  /**
   * Enables or disables a command; the host greys it out and shows `reason`. Saying the same twice tells the host once.
   * @throws BridgeError `not-contributed`
   */
  setEnabled(command: string, enabled: boolean, reason = ''): void {
    this.#contribution(command);
    const before = this.#disabled.get(command);
    if (enabled ? before === undefined : before === reason) return;
    if (enabled) this.#disabled.delete(command);
    else this.#disabled.set(command, reason);
    this.onEnablement(command, enabled, reason === '' ? undefined : reason);
  }

  /**
   * Carries a command out.
   * @throws BridgeError `not-contributed`, `disabled`, `no-handler`, and whatever the handler throws.
   */
  async invoke(command: string, parameters: unknown, signal: AbortSignal): Promise<unknown> {
    this.#contribution(command);
    const reason = this.#disabled.get(command);
    if (reason !== undefined) throw new BridgeError('disabled', reason === '' ? `The command ${command} is disabled` : reason, { command });
    const handler = this.#handlers.get(command);
    if (handler === undefined) throw new BridgeError('no-handler', `Nothing carries out the command ${command}`, { command });
    return handler(parameters, signal);
  }

  #contribution(command: string): CommandContribution {
    const found = this.contributed.find((entry) => entry.command === command);
    if (found === undefined) throw new BridgeError('not-contributed', 'The manifest does not contribute this command');
    return found;
  }
}
