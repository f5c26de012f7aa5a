/** The add-in face of the native library, with the types TypeScript wants. Nothing here waits on the event loop's thread. */
import { CONSTANTS } from './abi';
import { BridgeError, type BridgeErrorCode } from './bridge-error';
import { bindLibrary, checkBinding, type NativeBinding, type NativeFunction } from './native-binding';

export type MessageKind = 'request' | 'reply' | 'error' | 'notification' | 'cancel';

const KIND_NUMBERS: Readonly<Record<MessageKind, number>> = {
  request: CONSTANTS.LOGOSW_KIND_REQUEST,
  reply: CONSTANTS.LOGOSW_KIND_REPLY,
  error: CONSTANTS.LOGOSW_KIND_ERROR,
  notification: CONSTANTS.LOGOSW_KIND_NOTIFICATION,
  cancel: CONSTANTS.LOGOSW_KIND_CANCEL,
};
const KINDS_BY_NUMBER = new Map(Object.entries(KIND_NUMBERS).map(([kind, number]) => [number, kind as MessageKind]));

/** One message of the wire. `correlation` is 0n for notifications; `name` is empty but for requests and notifications; `code` is 0 but for errors. */
export interface Message {
  readonly kind: MessageKind;
  readonly correlation: bigint;
  readonly code: number;
  readonly name: string;
  readonly payload: string;
}

/** Where the host waits, and what proves that it sent us. `token`: 64 hexadecimal digits. */
export interface Endpoint {
  readonly endpoint: string;
  readonly token: string;
  readonly maxMessageBytes?: number;
  readonly timeoutMs?: number;
}

interface Head {
  struct_size: number;
  kind: number;
  correlation: number | bigint;
  code: number;
  name_size: number;
  payload_size: number;
  reserved: number;
}

const CODES: Readonly<Record<number, BridgeErrorCode>> = {
  [CONSTANTS.LOGOSW_E_TIMEOUT]: 'timeout',
  [CONSTANTS.LOGOSW_E_CLOSED]: 'closed',
  [CONSTANTS.LOGOSW_E_BUSY]: 'busy',
  [CONSTANTS.LOGOSW_E_TOO_LARGE]: 'too-large',
};

const FIRST_BUFFER_BYTES = 65536;

function callAsync(target: NativeFunction, ...values: unknown[]): Promise<number> {
  return new Promise((resolve, reject) => {
    target.async(...values, (error: unknown, result: unknown) => {
      if (error instanceof Error) reject(error);
      else resolve(Number(result));
    });
  });
}

/** A loaded and checked library. */
export class NativeLibrary {
  private constructor(private readonly binding: NativeBinding) {}

  /**
   * Loads the shared library at `path` and checks version and struct sizes.
   * @throws BridgeError `library`
   */
  static load(path: string): NativeLibrary {
    const binding = bindLibrary(path);
    checkBinding(binding);
    return new NativeLibrary(binding);
  }

  /** The name of a result code, e.g. `LOGOSW_E_BUSY`. */
  resultName(result: number): string {
    return String(this.binding.functions.logosw_result_name(result));
  }

  /**
   * Connects to the host and shakes hands.
   * @throws BridgeError `connect`, with the library's result in `details.result`.
   */
  async connect(target: Endpoint): Promise<NativeConnection> {
    const { functions, sizes } = this.binding;
    const config = {
      struct_size: sizes.logosw_addin_config,
      max_message_bytes: target.maxMessageBytes ?? 0,
      queue_messages: 0,
      timeout_ms: target.timeoutMs ?? 0,
      endpoint: target.endpoint,
      token: target.token,
    };
    const handle: unknown[] = [null];
    const result = await callAsync(functions.logosw_addin_connect, config, handle);
    if (result !== CONSTANTS.LOGOSW_OK) {
      const name = this.resultName(result);
      throw new BridgeError('connect', `The host cannot be reached or refused this program: ${name}`, { result: name });
    }
    return new NativeConnection(this.binding, handle[0]);
  }
}

/** One connection. `receive` may not be called again before its promise is settled; everything else may be called at any time before `close`. */
export class NativeConnection {
  readonly maxMessageBytes: number;
  #buffer = Buffer.alloc(FIRST_BUFFER_BYTES);

  constructor(
    private readonly binding: NativeBinding,
    private readonly handle: unknown,
  ) {
    this.maxMessageBytes = Number(binding.functions.logosw_addin_max_message(handle));
  }

  /** A message that is already here, or null. @throws BridgeError `closed` */
  tryReceive(): Message | null {
    const head = this.#emptyHead();
    const result = Number(this.binding.functions.logosw_addin_receive(this.handle, head, this.#buffer, this.#buffer.length, 0));
    return this.#received(result, head) ?? (result === CONSTANTS.LOGOSW_E_TOO_SMALL ? this.tryReceive() : null);
  }

  /** Waits for a message on a thread of its own; null when none came in `timeoutMs`. @throws BridgeError `closed` */
  async receive(timeoutMs: number): Promise<Message | null> {
    const head = this.#emptyHead();
    const buffer = this.#buffer;
    const result = await callAsync(this.binding.functions.logosw_addin_receive, this.handle, head, buffer, buffer.length, timeoutMs);
    return this.#received(result, head) ?? (result === CONSTANTS.LOGOSW_E_TOO_SMALL ? this.tryReceive() : null);
  }

  /** Queues a message when there is room; false when there is none. @throws BridgeError `closed`, `too-large` */
  trySend(message: Message): boolean {
    const result = Number(this.binding.functions.logosw_addin_send(...this.#arguments(message), 0));
    if (result === CONSTANTS.LOGOSW_E_BUSY) return false;
    this.#check(result);
    return true;
  }

  /** Waits for room on a thread of its own. @throws BridgeError `busy` after `timeoutMs`, `closed`, `too-large` */
  async send(message: Message, timeoutMs: number): Promise<void> {
    this.#check(await callAsync(this.binding.functions.logosw_addin_send, ...this.#arguments(message), timeoutMs));
  }

  /** Why the connection ended, e.g. `LOGOSW_E_PROTOCOL`; `LOGOSW_OK` while it stands. */
  lastError(): string {
    return String(this.binding.functions.logosw_result_name(this.binding.functions.logosw_addin_last_error(this.handle)));
  }

  /** Sends what is queued (at most `flushMs`), ends the connection and wakes whoever waits. */
  async disconnect(flushMs: number): Promise<void> {
    await callAsync(this.binding.functions.logosw_addin_disconnect, this.handle, flushMs);
  }

  /** Frees the connection, once every other call has come back. Nothing may be called after it. */
  release(): void {
    this.binding.functions.logosw_addin_close(this.handle);
  }

  #emptyHead(): Head {
    return { struct_size: this.binding.sizes.logosw_head, kind: 0, correlation: 0, code: 0, name_size: 0, payload_size: 0, reserved: 0 };
  }

  #received(result: number, head: Head): Message | null {
    if (result === CONSTANTS.LOGOSW_E_TIMEOUT) return null;
    if (result === CONSTANTS.LOGOSW_E_TOO_SMALL) {
      this.#buffer = Buffer.alloc(head.name_size + head.payload_size);
      return null;
    }
    if (result !== CONSTANTS.LOGOSW_OK) throw new BridgeError('closed', 'The connection to the host ended', { result });
    const end = head.name_size + head.payload_size;
    const message: Message = {
      kind: KINDS_BY_NUMBER.get(head.kind) ?? 'cancel',
      correlation: BigInt(head.correlation),
      code: head.code,
      name: this.#buffer.toString('utf8', 0, head.name_size),
      payload: this.#buffer.toString('utf8', head.name_size, end),
    };
    /* What came stays in memory no longer than needed: the buffer is used again and may hold health data. */
    if (end > FIRST_BUFFER_BYTES) this.#buffer = Buffer.alloc(FIRST_BUFFER_BYTES);
    else this.#buffer.fill(0, 0, end);
    return message;
  }

  #arguments(message: Message): unknown[] {
    const payload = Buffer.from(message.payload, 'utf8');
    const name = message.name === '' ? null : message.name;
    return [this.handle, KIND_NUMBERS[message.kind], message.correlation, message.code, name, payload, payload.length];
  }

  #check(result: number): void {
    if (result === CONSTANTS.LOGOSW_OK) return;
    const code = CODES[result] ?? 'native';
    throw new BridgeError(code, `The message was not sent: ${String(this.binding.functions.logosw_result_name(result))}`, { result });
  }
}
