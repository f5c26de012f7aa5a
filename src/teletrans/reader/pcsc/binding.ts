/** The npm package `pcsclite`, loaded when it is first needed: the rest of the product runs without it. */
import { createRequire } from 'node:module';
import { faultOf, PcscError } from './transport';

type Done<T> = (error: Error | null | undefined, value: T) => void;

/** One reader. Its `status` and `error` are emitted while a lock of it is held: `close` must not be called from them. */
export interface BoundReader {
  readonly name: string;
  readonly SCARD_SHARE_SHARED: number;
  readonly SCARD_SHARE_EXCLUSIVE: number;
  readonly SCARD_PROTOCOL_T0: number;
  readonly SCARD_PROTOCOL_T1: number;
  readonly SCARD_STATE_UNKNOWN: number;
  readonly SCARD_STATE_UNAVAILABLE: number;
  readonly SCARD_STATE_PRESENT: number;
  readonly SCARD_LEAVE_CARD: number;
  readonly SCARD_RESET_CARD: number;
  on(event: 'status', listener: (status: { readonly state: number; readonly atr?: Buffer }) => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: 'end', listener: () => void): this;
  connect(options: { readonly share_mode: number; readonly protocol: number }, done: Done<number>): void;
  disconnect(disposition: number, done: Done<undefined>): void;
  transmit(data: Buffer, most: number, protocol: number, done: Done<Buffer>): void;
  control(data: Buffer, code: number, most: number, done: Done<Buffer>): void;
  close(): void;
}

export interface BoundService {
  on(event: 'reader', listener: (reader: BoundReader) => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  /** Called by the package itself at the next tick. */
  start(listed: (error: Error | undefined, names: Buffer) => void): void;
  close(): void;
}

export type Binding = () => BoundService;

/**
 * @param place name or absolute path of the package.
 * @returns null when the package is not installed, or was not built for this Node.
 */
export function loadBinding(place = 'pcsclite'): Binding | null {
  try {
    return createRequire(__filename)(place) as Binding;
  } catch {
    return null;
  }
}

/** The failure behind an error of the package, which gives its number in its text only: `SCardConnect error: … (0x8010000b)`. */
export function asPcscError(error: unknown): PcscError {
  if (error instanceof PcscError) return error;
  const status = /\(0x([0-9a-f]{8,16})\)/i.exec(error instanceof Error ? error.message : '')?.[1];
  return faultOf(status === undefined ? 0 : Number(BigInt.asUintN(32, BigInt(`0x${status}`))));
}
