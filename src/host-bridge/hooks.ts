/** Hooks: the host hands something over and keeps it until the handler's promise has resolved. */
import { BridgeError } from './bridge-error';
import { toDisposable, type Disposable } from './disposable';
import type { HookAcknowledgement } from './host-messages';
import type { ManifestSource } from './live-manifest';

/** A hook's name with, for the compiler, what it hands over and what its handler answers. */
export interface HookType<TData, TResult> {
  readonly hook: string;
  readonly _data?: TData;
  readonly _result?: TResult;
}

/** Declares a hook, e.g. `hookType<Visit, VisitResult>('visit.stored')`. `TData` is what the handler must still check: it comes from another program. */
export function hookType<TData, TResult>(hook: string): HookType<TData, TResult> {
  return { hook };
}

export interface HookCall {
  /** The host's own number for what it hands over; the same one comes back when it is offered again. */
  readonly key: string | null;
  /** Aborted when the host no longer waits for the answer. */
  readonly signal: AbortSignal;
}

/** Resolves when what was handed over is safe here; rejects when it is not, and the host keeps it. */
export type HookHandler<TData, TResult> = (data: TData, call: HookCall) => Promise<TResult>;

export class HookRegistry {
  readonly #handlers = new Map<string, HookHandler<never, unknown>>();

  constructor(private readonly manifest: ManifestSource) {}

  /** @throws BridgeError `not-contributed`, `already-registered` */
  register<TData, TResult>(type: HookType<TData, TResult>, handler: HookHandler<TData, TResult>): Disposable {
    const { hook } = type;
    this.#check(hook);
    if (this.#handlers.has(hook)) throw new BridgeError('already-registered', `The hook ${hook} has a handler already`, { hook });
    this.#handlers.set(hook, handler);
    return toDisposable(() => this.#handlers.delete(hook));
  }

  /**
   * Calls the handler; the acknowledgement is made only after its promise resolved.
   * @throws BridgeError `not-contributed`, `no-handler`, and whatever the handler throws.
   */
  async call(hook: string, data: unknown, call: HookCall): Promise<HookAcknowledgement> {
    this.#check(hook);
    const handler = this.#handlers.get(hook);
    if (handler === undefined) throw new BridgeError('no-handler', `Nothing takes the hook ${hook}`, { hook });
    const result = await handler(data as never, call);
    return { acknowledged: true, result: result ?? null };
  }

  #check(hook: string): void {
    if (!this.manifest.current.contributes.hooks.some((entry) => entry.hook === hook))
      throw new BridgeError('not-contributed', 'The manifest does not contribute this hook');
  }
}
