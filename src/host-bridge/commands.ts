/** The add-in's commands: declared in the manifest, carried out by one handler each, shown and enabled or not. */
import { BridgeError } from './bridge-error';
import { toDisposable, type Disposable } from './disposable';
import type { CommandState } from './host-messages';
import type { ManifestSource } from './live-manifest';
import type { CommandContribution } from './manifest';
import { compileCondition, type ContextValue } from './when-expression';

/** `signal` is aborted when the host no longer wants the result. What is returned must be JSON. */
export type CommandHandler = (parameters: unknown, signal: AbortSignal) => Promise<unknown>;

const FRESH: Omit<CommandState, 'command'> = { visible: true, enabled: true };

export class CommandRegistry {
  readonly #handlers = new Map<string, CommandHandler>();
  /** Commands disabled by the add-in itself, with the reason. */
  readonly #disabled = new Map<string, string>();
  readonly #context = new Map<string, ContextValue>();
  readonly #told = new Map<string, string>();
  #expressionsCount = false;

  /** @param tell how the host learns the state of a command; before the first word it shows and enables every one. */
  constructor(
    private readonly manifest: ManifestSource,
    private readonly tell: (state: CommandState) => void,
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

  /** @throws BridgeError `not-contributed` */
  isEnabled(command: string): boolean {
    return this.#stateOf(this.#contribution(command)).enabled;
  }

  /**
   * Enables or disables a command whatever its expression says; the host greys it out and shows `reason`. Saying the same twice tells the host once.
   * @throws BridgeError `not-contributed`
   */
  setEnabled(command: string, enabled: boolean, reason = ''): void {
    const contribution = this.#contribution(command);
    if (enabled) this.#disabled.delete(command);
    else this.#disabled.set(command, reason);
    this.#tellIfNew(contribution);
  }

  /** Sets keys of the manifest's expressions; the host hears of every command whose state changes by it. */
  setContext(values: Readonly<Record<string, ContextValue>>): void {
    for (const [key, value] of Object.entries(values)) this.#context.set(key, value);
    this.refresh();
  }

  /** Evaluates every expression anew: from the end of the activation on, and after each change of the manifest. */
  refresh(activated = false): void {
    this.#expressionsCount ||= activated;
    for (const contribution of this.manifest.current.contributes.commands) this.#tellIfNew(contribution);
  }

  /**
   * Carries a command out.
   * @throws BridgeError `not-contributed`, `disabled`, `no-handler`, and whatever the handler throws.
   */
  async invoke(command: string, parameters: unknown, signal: AbortSignal): Promise<unknown> {
    const { enabled, reason } = this.#stateOf(this.#contribution(command));
    if (!enabled) throw new BridgeError('disabled', reason ?? `The command ${command} is disabled`, { command });
    const handler = this.#handlers.get(command);
    if (handler === undefined) throw new BridgeError('no-handler', `Nothing carries out the command ${command}`, { command });
    return handler(parameters, signal);
  }

  #stateOf({ command, when, enablement, disabledReason }: CommandContribution): CommandState {
    const visible = this.#holds(when);
    const reason = this.#disabled.get(command) ?? (this.#holds(enablement) ? undefined : (disabledReason ?? ''));
    if (reason === undefined) return { command, visible, enabled: true };
    return { command, visible, enabled: false, ...(reason === '' ? {} : { reason }) };
  }

  /** The manifest's reader has refused what does not compile. Before the activation is over nothing has set the keys. */
  #holds(expression: string | undefined): boolean {
    return expression === undefined || !this.#expressionsCount || compileCondition(expression)((key) => this.#context.get(key));
  }

  #tellIfNew(contribution: CommandContribution): void {
    const state = this.#stateOf(contribution);
    const text = JSON.stringify(state);
    if ((this.#told.get(state.command) ?? JSON.stringify({ command: state.command, ...FRESH })) === text) return;
    this.#told.set(state.command, text);
    this.tell(state);
  }

  #contribution(command: string): CommandContribution {
    const found = this.manifest.current.contributes.commands.find((entry) => entry.command === command);
    if (found === undefined) throw new BridgeError('not-contributed', 'The manifest does not contribute this command');
    return found;
  }
}
