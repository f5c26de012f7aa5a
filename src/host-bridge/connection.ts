/**
 * Requests and notifications in both directions over one native connection. The event loop is never held: waiting for a message happens on a thread of the
 * pool; what is already there is taken in bounded helpings between which timers and sockets get their turn.
 */
import { BridgeError, isBridgeError } from './bridge-error';
import { DisposableStore } from './disposable';
import type { ErrorPayload, NotificationType, RequestType } from './host-messages';
import type { Message } from './native-library';

/** What {@link Connection} needs of the native side; {@link NativeConnection} is the real one. */
export interface MessageLink {
  tryReceive(): Message | null;
  receive(timeoutMs: number): Promise<Message | null>;
  trySend(message: Message): boolean;
  send(message: Message, timeoutMs: number): Promise<void>;
  lastError(): string;
  disconnect(flushMs: number): Promise<void>;
  release(): void;
}

export interface ConnectionHandlers {
  /** Answers a request of the host. `signal` is aborted when the host no longer wants the answer or the connection ends. */
  request(name: string, params: unknown, signal: AbortSignal): Promise<unknown>;
  /** What the host is told of an error: never what the error's own text may hold. */
  describeError(error: unknown): ErrorPayload;
  /** An answer or notification that could not be delivered, for the log. */
  undelivered?(name: string, error: unknown): void;
}

export interface ConnectionOptions {
  /** Requests of the host under way at one time; more are answered `busy`. */
  readonly maxConcurrentRequests?: number;
  /** How long a message waits for room in the sending queue, ms. */
  readonly sendTimeoutMs?: number;
}

export interface RequestOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: BridgeError) => void;
}

const RECEIVE_SLICE_MS = 30_000;
const HELPING = 32;
const DEFAULT_REQUEST_TIMEOUT_MS = 30_000;
const ERROR_CODE_REFUSED = -1;

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export class Connection {
  /** Settled when the connection ended, with the library's reason, e.g. `LOGOSW_E_CLOSED`. Never rejected. */
  readonly ended: Promise<string>;
  readonly #pending = new Map<bigint, Pending>();
  readonly #incoming = new Map<bigint, AbortController>();
  readonly #maxConcurrent: number;
  readonly #sendTimeoutMs: number;
  #lastCorrelation = 0n;
  #sending: Promise<void> = Promise.resolve();
  #queued = 0;
  #closing = false;
  #closed: Promise<void> | undefined;

  constructor(
    private readonly link: MessageLink,
    private readonly handlers: ConnectionHandlers,
    options: ConnectionOptions = {},
  ) {
    this.#maxConcurrent = options.maxConcurrentRequests ?? 256;
    this.#sendTimeoutMs = options.sendTimeoutMs ?? 10_000;
    this.ended = this.#receiveAll();
  }

  /** @throws BridgeError `remote`, `timeout`, `cancelled`, `closed`, `busy`, `too-large` */
  async request<TParams, TResult>(type: RequestType<TParams, TResult>, params: TParams, options: RequestOptions = {}): Promise<TResult> {
    options.signal?.throwIfAborted();
    const correlation = ++this.#lastCorrelation;
    const cleanUp = new DisposableStore();
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#pending.set(correlation, { resolve, reject });
      const giveUp = (error: BridgeError): void => {
        if (!this.#pending.delete(correlation)) return;
        reject(error);
        this.#deliver({ kind: 'cancel', correlation, code: 0, name: '', payload: '' });
      };
      const late = (): void => giveUp(new BridgeError('timeout', `The host did not answer ${type.name}`));
      const timer = setTimeout(late, options.timeoutMs ?? DEFAULT_REQUEST_TIMEOUT_MS);
      const aborted = (): void => giveUp(new BridgeError('cancelled', `${type.name} was given up`));
      options.signal?.addEventListener('abort', aborted, { once: true });
      cleanUp.add({ dispose: () => clearTimeout(timer) });
      cleanUp.add({ dispose: () => options.signal?.removeEventListener('abort', aborted) });
    });
    try {
      /* Both at once: the answer may come, or the connection end, while the request still waits for room. */
      const sent = this.#send({ kind: 'request', correlation, code: 0, name: type.name, payload: JSON.stringify(params) });
      await Promise.race([sent, answer]);
      return (await answer) as TResult;
    } catch (error) {
      answer.catch(() => undefined);
      throw error;
    } finally {
      this.#pending.delete(correlation);
      cleanUp.dispose();
    }
  }

  /** @throws BridgeError `closed`, `busy`, `too-large` */
  async notify<TParams>(type: NotificationType<TParams>, params: TParams): Promise<void> {
    await this.#send({ kind: 'notification', correlation: 0n, code: 0, name: type.name, payload: JSON.stringify(params) });
  }

  /** Sends what is queued for at most `flushMs`, then ends the connection and frees it. Idempotent. */
  async close(flushMs = 1000): Promise<void> {
    this.#closed ??= this.#close(flushMs);
    await this.#closed;
  }

  async #close(flushMs: number): Promise<void> {
    this.#closing = true;
    await this.#sending;
    await this.link.disconnect(flushMs);
    await this.ended;
    this.link.release();
  }

  async #receiveAll(): Promise<string> {
    try {
      while (!this.#closing) {
        this.#receive(await this.link.receive(RECEIVE_SLICE_MS));
        this.#receiveHelping();
        await nextTurn();
      }
    } catch (error) {
      if (!isBridgeError(error, 'closed')) this.handlers.undelivered?.('', error);
    }
    this.#end();
    return this.#closing ? 'LOGOSW_E_CLOSED' : this.link.lastError();
  }

  #receiveHelping(): void {
    for (let taken = 0; taken < HELPING; taken++) {
      const message = this.link.tryReceive();
      if (message === null) return;
      this.#receive(message);
    }
  }

  #end(): void {
    for (const controller of this.#incoming.values()) controller.abort(new BridgeError('closed', 'The connection to the host ended'));
    for (const pending of this.#pending.values()) pending.reject(new BridgeError('closed', 'The connection to the host ended'));
    this.#pending.clear();
  }

  #receive(message: Message | null): void {
    if (message === null) return;
    switch (message.kind) {
      case 'request':
        void this.#answer(message);
        break;
      case 'reply':
      case 'error':
        this.#settle(message);
        break;
      case 'cancel':
        this.#incoming.get(message.correlation)?.abort(new BridgeError('cancelled', 'The host no longer wants the answer'));
        break;
      case 'notification':
        break;
    }
  }

  #settle(message: Message): void {
    const pending = this.#pending.get(message.correlation);
    if (pending === undefined) return;
    this.#pending.delete(message.correlation);
    try {
      const payload = parse(message.payload);
      if (message.kind === 'error') pending.reject(remoteError(message.code, payload));
      else pending.resolve(payload);
    } catch (error) {
      pending.reject(isBridgeError(error) ? error : new BridgeError('bad-payload', 'The answer cannot be read', {}, { cause: error }));
    }
  }

  async #answer(message: Message): Promise<void> {
    const { correlation, name } = message;
    const controller = new AbortController();
    try {
      if (this.#incoming.size >= this.#maxConcurrent) throw new BridgeError('busy', 'Too many requests at one time');
      if (this.#incoming.has(correlation)) throw new BridgeError('bad-payload', 'This request is under way already');
      this.#incoming.set(correlation, controller);
      try {
        const result = await this.handlers.request(name, parse(message.payload), controller.signal);
        await this.#send({ kind: 'reply', correlation, code: 0, name: '', payload: JSON.stringify(result ?? {}) });
      } finally {
        this.#incoming.delete(correlation);
      }
    } catch (error) {
      if (isBridgeError(error, 'closed')) this.handlers.undelivered?.(name, error);
      else
        this.#deliver({
          kind: 'error',
          correlation,
          code: ERROR_CODE_REFUSED,
          name: '',
          payload: JSON.stringify(this.handlers.describeError(error)),
        });
    }
  }

  /** Sends without anyone waiting for it. */
  #deliver(message: Message): void {
    this.#send(message).catch((error: unknown) => this.handlers.undelivered?.(message.name, error));
  }

  /** Messages leave in the order of these calls: at once while there is room, else one after the other on a thread of the pool. */
  async #send(message: Message): Promise<void> {
    if (this.#closing) throw new BridgeError('closed', 'The connection to the host is being closed');
    if (this.#queued === 0 && this.link.trySend(message)) return;
    this.#queued++;
    const turn = this.#sending.then(() => this.link.send(message, this.#sendTimeoutMs));
    this.#sending = turn.catch(() => undefined).finally(() => this.#queued--);
    await turn;
  }
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload === '' ? '{}' : payload) as unknown;
  } catch (error) {
    throw new BridgeError('bad-payload', 'The payload is not JSON', {}, { cause: error });
  }
}

function remoteError(result: number, payload: unknown): BridgeError {
  const { code, message } = (payload ?? {}) as Partial<ErrorPayload>;
  return new BridgeError('remote', typeof message === 'string' ? message : 'The host answered with an error', {
    result,
    ...(typeof code === 'string' ? { code } : {}),
  });
}
