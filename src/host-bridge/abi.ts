/**
 * `native/include/logosw_addin.h` as data: constants, struct layouts and functions, with the C types exactly as the header writes them. A test compares the
 * two line by line, and {@link NativeLibrary} compares the sizes with those of the library it loaded.
 */

/** Every number the header defines. */
export const CONSTANTS = {
  LOGOSW_ADDIN_ABI_VERSION: 1,
  LOGOSW_WAIT_FOREVER: 0xffffffff,
  LOGOSW_OK: 0,
  LOGOSW_E_ARGUMENT: -1,
  LOGOSW_E_MEMORY: -2,
  LOGOSW_E_TIMEOUT: -3,
  LOGOSW_E_CLOSED: -4,
  LOGOSW_E_PROTOCOL: -5,
  LOGOSW_E_VERSION: -6,
  LOGOSW_E_TOKEN: -7,
  LOGOSW_E_BUSY: -8,
  LOGOSW_E_TOO_LARGE: -9,
  LOGOSW_E_TOO_SMALL: -10,
  LOGOSW_E_START: -11,
  LOGOSW_E_IO: -12,
  LOGOSW_E_PEER: -13,
  LOGOSW_E_REMOTE: -14,
  LOGOSW_E_CANCELLED: -15,
  LOGOSW_E_WOKEN: -16,
  LOGOSW_E_HUNG: -17,
  LOGOSW_KIND_REQUEST: 1,
  LOGOSW_KIND_REPLY: 2,
  LOGOSW_KIND_ERROR: 3,
  LOGOSW_KIND_NOTIFICATION: 4,
  LOGOSW_KIND_CANCEL: 5,
  LOGOSW_KIND_STATE: 16,
  LOGOSW_STATE_STARTING: 1,
  LOGOSW_STATE_READY: 2,
  LOGOSW_STATE_STOPPED: 3,
  LOGOSW_STATE_FAILED: 4,
  LOGOSW_FLAG_DISCARD_OUTPUT: 1,
  LOGOSW_DEFAULT_MAX_MESSAGE: 4194304,
  LOGOSW_DEFAULT_QUEUE_MESSAGES: 256,
  LOGOSW_DEFAULT_START_TIMEOUT: 20000,
  LOGOSW_DEFAULT_SEND_TIMEOUT: 5000,
  LOGOSW_DEFAULT_STOP_TIMEOUT: 5000,
  LOGOSW_DEFAULT_HEARTBEAT: 5000,
  LOGOSW_DEFAULT_HEARTBEAT_TIMEOUT: 30000,
  LOGOSW_STRUCT_HOST_CONFIG: 1,
  LOGOSW_STRUCT_HOST_STATUS: 2,
  LOGOSW_STRUCT_MESSAGE: 3,
  LOGOSW_STRUCT_ADDIN_CONFIG: 4,
  LOGOSW_STRUCT_HEAD: 5,
} as const;

export type ConstantName = keyof typeof CONSTANTS;

/** A C declaration: type as in the header, then name. */
export type Declaration = readonly [type: string, name: string];

export interface StructLayout {
  readonly number: ConstantName;
  readonly fields: readonly Declaration[];
}

/** Every struct, field by field. `number` is what `logosw_struct_size` wants. */
export const STRUCTS = {
  logosw_host_config: {
    number: 'LOGOSW_STRUCT_HOST_CONFIG',
    fields: [
      ['uint32_t', 'struct_size'],
      ['uint32_t', 'flags'],
      ['const char *', 'folder'],
      ['const char *', 'program'],
      ['const char *const *', 'arguments'],
      ['uint32_t', 'argument_count'],
      ['uint32_t', 'max_message_bytes'],
      ['uint32_t', 'queue_messages'],
      ['uint32_t', 'start_timeout_ms'],
      ['uint32_t', 'send_timeout_ms'],
      ['uint32_t', 'stop_timeout_ms'],
      ['uint32_t', 'heartbeat_ms'],
      ['uint32_t', 'heartbeat_timeout_ms'],
    ],
  },
  logosw_host_status: {
    number: 'LOGOSW_STRUCT_HOST_STATUS',
    fields: [
      ['uint32_t', 'struct_size'],
      ['int32_t', 'state'],
      ['int32_t', 'error'],
      ['int32_t', 'exit_code'],
      ['int32_t', 'exit_signal'],
      ['uint32_t', 'refused_messages'],
      ['uint64_t', 'process_id'],
    ],
  },
  logosw_message: {
    number: 'LOGOSW_STRUCT_MESSAGE',
    fields: [
      ['uint32_t', 'struct_size'],
      ['int32_t', 'kind'],
      ['uint64_t', 'correlation'],
      ['int32_t', 'code'],
      ['uint32_t', 'name_size'],
      ['uint32_t', 'payload_size'],
      ['uint32_t', 'reserved'],
      ['const char *', 'name'],
      ['const char *', 'payload'],
      ['void *', 'memory'],
    ],
  },
  logosw_addin_config: {
    number: 'LOGOSW_STRUCT_ADDIN_CONFIG',
    fields: [
      ['uint32_t', 'struct_size'],
      ['uint32_t', 'max_message_bytes'],
      ['uint32_t', 'queue_messages'],
      ['uint32_t', 'timeout_ms'],
      ['const char *', 'endpoint'],
      ['const char *', 'token'],
    ],
  },
  logosw_head: {
    number: 'LOGOSW_STRUCT_HEAD',
    fields: [
      ['uint32_t', 'struct_size'],
      ['int32_t', 'kind'],
      ['uint64_t', 'correlation'],
      ['int32_t', 'code'],
      ['uint32_t', 'name_size'],
      ['uint32_t', 'payload_size'],
      ['uint32_t', 'reserved'],
    ],
  },
} as const satisfies Record<string, StructLayout>;

export type StructName = keyof typeof STRUCTS;

export interface FunctionLayout {
  readonly returns: string;
  readonly parameters: readonly Declaration[];
}

const HOST = ['logosw_host *', 'host'] as const;
const CONNECTION = ['logosw_addin *', 'connection'] as const;
const TIMEOUT = ['uint32_t', 'timeout_ms'] as const;
const PAYLOAD = [
  ['const char *', 'payload'],
  ['uint32_t', 'payload_size'],
] as const;

/** Every function of the library. */
export const FUNCTIONS = {
  logosw_abi_version: { returns: 'uint32_t', parameters: [] },
  logosw_struct_size: { returns: 'uint32_t', parameters: [['uint32_t', 'which']] },
  logosw_result_name: { returns: 'const char *', parameters: [['int32_t', 'result']] },
  logosw_host_open: {
    returns: 'int32_t',
    parameters: [
      ['const logosw_host_config *', 'config'],
      ['logosw_host **', 'host'],
    ],
  },
  logosw_host_wait_ready: { returns: 'int32_t', parameters: [HOST, TIMEOUT] },
  logosw_host_request: {
    returns: 'int32_t',
    parameters: [HOST, ['const char *', 'name'], ...PAYLOAD, TIMEOUT, ['logosw_message *', 'reply']],
  },
  logosw_host_start_request: {
    returns: 'int32_t',
    parameters: [HOST, ['const char *', 'name'], ...PAYLOAD, ['uint64_t *', 'correlation']],
  },
  logosw_host_cancel: { returns: 'int32_t', parameters: [HOST, ['uint64_t', 'correlation']] },
  logosw_host_notify: { returns: 'int32_t', parameters: [HOST, ['const char *', 'name'], ...PAYLOAD] },
  logosw_host_next_event: { returns: 'int32_t', parameters: [HOST, TIMEOUT, ['logosw_message *', 'event']] },
  logosw_host_wake: { returns: 'int32_t', parameters: [HOST] },
  logosw_host_reply: { returns: 'int32_t', parameters: [HOST, ['uint64_t', 'correlation'], ['int32_t', 'code'], ...PAYLOAD] },
  logosw_host_get_status: { returns: 'int32_t', parameters: [HOST, ['logosw_host_status *', 'status']] },
  logosw_host_kill: { returns: 'int32_t', parameters: [HOST] },
  logosw_host_close: { returns: 'int32_t', parameters: [HOST, ['logosw_host_status *', 'status']] },
  logosw_message_release: { returns: 'void', parameters: [['logosw_message *', 'message']] },
  logosw_addin_connect: {
    returns: 'int32_t',
    parameters: [
      ['const logosw_addin_config *', 'config'],
      ['logosw_addin **', 'connection'],
    ],
  },
  logosw_addin_max_message: { returns: 'uint32_t', parameters: [CONNECTION] },
  logosw_addin_receive: {
    returns: 'int32_t',
    parameters: [CONNECTION, ['logosw_head *', 'head'], ['uint8_t *', 'buffer'], ['uint32_t', 'capacity'], TIMEOUT],
  },
  logosw_addin_send: {
    returns: 'int32_t',
    parameters: [
      CONNECTION,
      ['int32_t', 'kind'],
      ['uint64_t', 'correlation'],
      ['int32_t', 'code'],
      ['const char *', 'name'],
      ['const uint8_t *', 'payload'],
      ['uint32_t', 'payload_size'],
      TIMEOUT,
    ],
  },
  logosw_addin_last_error: { returns: 'int32_t', parameters: [CONNECTION] },
  logosw_addin_disconnect: { returns: 'int32_t', parameters: [CONNECTION, ['uint32_t', 'flush_timeout_ms']] },
  logosw_addin_close: { returns: 'int32_t', parameters: [CONNECTION] },
} as const satisfies Record<string, FunctionLayout>;

export type FunctionName = keyof typeof FUNCTIONS;
