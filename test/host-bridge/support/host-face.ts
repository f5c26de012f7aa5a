/** The host face called directly, for tests that are the host themselves. */
import { createRequire } from 'node:module';
import type * as Koffi from 'koffi' with { 'resolution-mode': 'import' };
import { CONSTANTS } from '../../../src/host-bridge/abi';
import { bindLibrary, type NativeFunction } from '../../../src/host-bridge/native-binding';
import { buildNative } from '../../native/build';

const koffi = createRequire(__filename)('koffi') as typeof Koffi;

export interface HostMessage {
  readonly kind: number;
  readonly correlation: bigint;
  readonly code: number;
  readonly name: string;
  readonly payload: string;
}

interface RawMessage {
  kind: number;
  correlation: number | bigint;
  code: number;
  name_size: number;
  payload_size: number;
  name: unknown;
  payload: unknown;
}

export interface HostFaceOptions {
  readonly folder: string;
  /** Arguments of Node. */
  readonly arguments: readonly string[];
  readonly program?: string;
  readonly limits?: Readonly<
    Partial<Record<'max_message_bytes' | 'queue_messages' | 'start_timeout_ms' | 'send_timeout_ms' | 'stop_timeout_ms', number>>
  >;
}

let shared: ReturnType<typeof bindLibrary> | undefined;
const binding = (): ReturnType<typeof bindLibrary> => (shared ??= bindLibrary(buildNative().bridge));

function threaded(target: NativeFunction, ...values: unknown[]): Promise<number> {
  return new Promise((resolve, reject) => {
    target.async(...values, (error: unknown, result: unknown) => {
      if (error instanceof Error) reject(error);
      else resolve(Number(result));
    });
  });
}

const emptyMessage = (): RawMessage & { struct_size: number; reserved: number; memory: null } => ({
  struct_size: binding().sizes.logosw_message,
  kind: 0,
  correlation: 0,
  code: 0,
  name_size: 0,
  payload_size: 0,
  reserved: 0,
  name: null,
  payload: null,
  memory: null,
});

const emptyStatus = (): Record<string, number | bigint> => ({
  struct_size: binding().sizes.logosw_host_status,
  state: 0,
  error: 0,
  exit_code: 0,
  exit_signal: 0,
  refused_messages: 0,
  process_id: 0,
});

function take(raw: ReturnType<typeof emptyMessage>): HostMessage {
  const message = {
    kind: raw.kind,
    correlation: BigInt(raw.correlation),
    code: raw.code,
    name: raw.name === null ? '' : koffi.decode.string(raw.name, raw.name_size),
    payload: raw.payload === null ? '' : koffi.decode.string(raw.payload, raw.payload_size),
  };
  binding().functions.logosw_message_release(raw);
  return message;
}

export const resultName = (result: number): string => String(binding().functions.logosw_result_name(result));

export class HostFace {
  private constructor(private readonly handle: unknown) {}

  static open(options: HostFaceOptions): HostFace {
    const handle: unknown[] = [null];
    const config = {
      struct_size: binding().sizes.logosw_host_config,
      flags: CONSTANTS.LOGOSW_FLAG_DISCARD_OUTPUT,
      folder: options.folder,
      program: options.program ?? process.execPath,
      arguments: [...options.arguments],
      argument_count: options.arguments.length,
      max_message_bytes: 0,
      queue_messages: 0,
      start_timeout_ms: 0,
      send_timeout_ms: 0,
      stop_timeout_ms: 0,
      ...options.limits,
    };
    const result = Number(binding().functions.logosw_host_open(config, handle));
    if (result !== CONSTANTS.LOGOSW_OK) throw new Error(resultName(result));
    return new HostFace(handle[0]);
  }

  async waitReady(timeoutMs = 10_000): Promise<string> {
    return resultName(await threaded(binding().functions.logosw_host_wait_ready, this.handle, timeoutMs));
  }

  async request(name: string, payload: string, timeoutMs = 10_000): Promise<{ result: string; reply: HostMessage }> {
    const raw = emptyMessage();
    const size = Buffer.byteLength(payload);
    const result = await threaded(binding().functions.logosw_host_request, this.handle, name, payload, size, timeoutMs, raw);
    return { result: resultName(result), reply: take(raw) };
  }

  startRequest(name: string, payload: string): { result: string; correlation: bigint } {
    const correlation: (number | bigint)[] = [0];
    const size = Buffer.byteLength(payload);
    const result = Number(binding().functions.logosw_host_start_request(this.handle, name, payload, size, correlation));
    return { result: resultName(result), correlation: BigInt(correlation[0]!) };
  }

  cancel(correlation: bigint): string {
    return resultName(Number(binding().functions.logosw_host_cancel(this.handle, correlation)));
  }

  async notify(name: string, payload: string): Promise<string> {
    return resultName(await threaded(binding().functions.logosw_host_notify, this.handle, name, payload, Buffer.byteLength(payload)));
  }

  reply(correlation: bigint, code: number, payload: string): string {
    const size = Buffer.byteLength(payload);
    return resultName(Number(binding().functions.logosw_host_reply(this.handle, correlation, code, payload, size)));
  }

  async nextEvent(timeoutMs = 10_000): Promise<HostMessage | string> {
    const raw = emptyMessage();
    const result = await threaded(binding().functions.logosw_host_next_event, this.handle, timeoutMs, raw);
    return result === CONSTANTS.LOGOSW_OK ? take(raw) : resultName(result);
  }

  /** Events until one satisfies `wanted`, or the text of the result that ended the wait. */
  async eventUntil(wanted: (event: HostMessage) => boolean): Promise<HostMessage | string> {
    for (;;) {
      const event = await this.nextEvent();
      if (typeof event === 'string' || wanted(event)) return event;
    }
  }

  wake(): void {
    binding().functions.logosw_host_wake(this.handle);
  }

  kill(): void {
    binding().functions.logosw_host_kill(this.handle);
  }

  status(): Record<string, number | bigint> {
    const status = emptyStatus();
    binding().functions.logosw_host_get_status(this.handle, status);
    return status;
  }

  async close(): Promise<Record<string, number | bigint>> {
    const status = emptyStatus();
    await threaded(binding().functions.logosw_host_close, this.handle, status);
    return status;
  }
}

export const STATE = {
  starting: CONSTANTS.LOGOSW_STATE_STARTING,
  ready: CONSTANTS.LOGOSW_STATE_READY,
  stopped: CONSTANTS.LOGOSW_STATE_STOPPED,
  failed: CONSTANTS.LOGOSW_STATE_FAILED,
} as const;
