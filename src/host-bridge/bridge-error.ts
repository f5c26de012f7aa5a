/** The one error of the bridge. Its code is stable; the message is for developers and holds nothing of what was sent. */

export type BridgeErrorCode =
  | 'library' // the native library is missing, or of another version
  | 'start' // no usable start line on standard input
  | 'connect' // the host cannot be reached or turned us away
  | 'closed' // the connection ended
  | 'busy' // a bounded queue stayed full
  | 'timeout'
  | 'cancelled'
  | 'too-large'
  | 'manifest' // the manifest cannot be read or breaks its schema
  | 'engine' // the host is too old for this add-in
  | 'capability' // the manifest does not ask for it
  | 'not-contributed' // the manifest does not declare this command or hook
  | 'already-registered'
  | 'no-handler'
  | 'disabled' // the command is disabled for now
  | 'inactive' // the add-in is not active
  | 'unknown-request'
  | 'bad-payload' // a message of the host without what it must have
  | 'remote' // the other side answered with an error; see details
  | 'native'; // any other result of the library

export class BridgeError extends Error {
  constructor(
    readonly code: BridgeErrorCode,
    message: string,
    readonly details: Readonly<Record<string, string | number>> = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'BridgeError';
  }
}

export function isBridgeError(error: unknown, code?: BridgeErrorCode): error is BridgeError {
  return error instanceof BridgeError && (code === undefined || error.code === code);
}
