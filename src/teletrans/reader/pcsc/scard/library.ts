/**
 * The functions of PC/SC as the operating system gives them, through FFI: `winscard.dll` on Windows, `libpcsclite.so.1` on Linux. Both have the same functions; Windows
 * counts its `long` in 4 bytes and names readers in UTF-16.
 */
import { createRequire } from 'node:module';
import type * as Koffi from 'koffi' with { 'resolution-mode': 'import' };
import { faultOf } from '../transport';

/** A context of the service, or a connection to a card: a number of the service's own. */
export type Handle = number | bigint;

/** What the service says of one reader. `events`: SCARD_STATE_* in the low half, the comings and goings of cards counted in the high one. */
export interface RawState {
  readonly name: string;
  readonly events: number;
  readonly atr: Buffer;
}

export const STATE = { unknown: 0x04, unavailable: 0x08, present: 0x20 } as const;
export const SHARE = { exclusive: 1, shared: 2 } as const;
export const DISPOSITION = { leave: 0, reset: 1 } as const;

/** Each function runs on a thread of its own and rejects with a PcscError when its status is not 0. */
export interface ScardLibrary {
  establish(): Promise<Handle>;
  release(context: Handle): Promise<void>;
  /** Names of the readers; empty when there is none. */
  listReaders(context: Handle): Promise<readonly string[]>;
  /** How these readers are now, without waiting. */
  states(context: Handle, names: readonly string[]): Promise<readonly RawState[]>;
  /** @returns the connection and its protocol (1: T=0, 2: T=1). */
  connect(context: Handle, reader: string, share: number): Promise<{ readonly card: Handle; readonly protocol: number }>;
  /** The buffers are the service's while it works: nothing of a command is copied. */
  transmit(card: Handle, protocol: number, command: Buffer): Promise<Buffer>;
  control(card: Handle, code: number, data: Buffer): Promise<Buffer>;
  disconnect(card: Handle, disposition: number): Promise<void>;
}

interface Native {
  async(...values: unknown[]): void;
}

const SCOPE = process.platform === 'win32' ? 0 : 2;
const PROTOCOLS = 3;
const NO_READERS = 0x8010002e;
/** The longest answer of a command without extended length, and of a control. */
const MOST = 258;
const ATR_BYTES = process.platform === 'win32' ? 36 : 33;
const WIDE = process.platform === 'win32';

function ask(native: Native, ...values: unknown[]): Promise<number> {
  return new Promise((resolve, reject) => {
    native.async(...values, (error: unknown, status: number | bigint) => {
      if (error instanceof Error) reject(error);
      else resolve(Number(BigInt.asUintN(32, BigInt(status))));
    });
  });
}

async function call(native: Native, ...values: unknown[]): Promise<void> {
  const status = await ask(native, ...values);
  if (status !== 0) throw faultOf(status);
}

/** Names end with a zero, the list with another. */
function namesIn(list: Buffer): readonly string[] {
  return list
    .toString(WIDE ? 'utf16le' : 'utf8')
    .split('\0')
    .filter((name) => name !== '');
}

/** @returns null where there is no such library. */
export function loadScardLibrary(file = WIDE ? 'winscard.dll' : 'libpcsclite.so.1'): ScardLibrary | null {
  try {
    const koffi = createRequire(__filename)('koffi') as typeof Koffi;
    return bind(koffi, koffi.load(file));
  } catch {
    return null;
  }
}

function bind(koffi: typeof Koffi, library: ReturnType<typeof Koffi.load>): ScardLibrary {
  const text = WIDE ? 'str16' : 'str';
  const handle = 'uintptr_t';
  const count = koffi.inout(koffi.pointer('ulong'));
  const given = koffi.out(koffi.pointer(handle));
  const bytes = koffi.pointer('uint8_t');
  const state = koffi.struct({
    szReader: text,
    pvUserData: 'void *',
    dwCurrentState: 'ulong',
    dwEventState: 'ulong',
    cbAtr: 'ulong',
    rgbAtr: koffi.array('uint8_t', ATR_BYTES, 'Typed'),
  });
  const request = koffi.struct({ dwProtocol: 'ulong', cbPciLength: 'ulong' });
  type Parameter = string | ReturnType<typeof koffi.pointer> | ReturnType<typeof koffi.out>;
  const declare = (name: string, ...parameters: readonly Parameter[]): Native => library.func(name, 'long', [...parameters]);
  const named = (name: string): string => (WIDE ? `${name}W` : name);
  const functions = {
    establish: declare('SCardEstablishContext', 'ulong', 'void *', 'void *', given),
    release: declare('SCardReleaseContext', handle),
    list: declare(named('SCardListReaders'), handle, 'void *', bytes, count),
    status: declare(named('SCardGetStatusChange'), handle, 'ulong', koffi.inout(koffi.pointer(state)), 'ulong'),
    connect: declare(named('SCardConnect'), handle, text, 'ulong', 'ulong', given, koffi.out(koffi.pointer('ulong'))),
    transmit: declare('SCardTransmit', handle, koffi.pointer(request), bytes, 'ulong', 'void *', bytes, count),
    control: declare('SCardControl', handle, 'ulong', bytes, 'ulong', bytes, 'ulong', koffi.out(koffi.pointer('ulong'))),
    disconnect: declare('SCardDisconnect', handle, 'ulong'),
  };
  const requestBytes = koffi.sizeof(request);

  return {
    async establish() {
      const context: Handle[] = [0];
      await call(functions.establish, SCOPE, null, null, context);
      return context[0] ?? 0;
    },
    release: (context) => call(functions.release, context),
    async listReaders(context) {
      const size = [0];
      const sign = WIDE ? 2 : 1;
      for (;;) {
        const status = await ask(functions.list, context, null, null, size);
        if (status === NO_READERS) return [];
        if (status !== 0) throw faultOf(status);
        const list = Buffer.alloc(Number(size[0]) * sign);
        const filled = await ask(functions.list, context, null, list, size);
        if (filled === NO_READERS) return [];
        // One more reader was plugged in between the two calls: the list is longer now.
        if (filled === 0x80100008) continue;
        if (filled !== 0) throw faultOf(filled);
        return namesIn(list.subarray(0, Number(size[0]) * sign));
      }
    },
    async states(context, names) {
      const rows = names.map((name) => ({
        szReader: name,
        pvUserData: null,
        dwCurrentState: 0,
        dwEventState: 0,
        cbAtr: 0,
        rgbAtr: new Uint8Array(ATR_BYTES),
      }));
      await call(functions.status, context, 0, rows, rows.length);
      return rows.map((row, at) => ({
        name: names[at] ?? '',
        events: row.dwEventState,
        atr: Buffer.from(row.rgbAtr.subarray(0, Math.min(row.cbAtr, ATR_BYTES))),
      }));
    },
    async connect(context, reader, share) {
      const card: Handle[] = [0];
      const protocol = [0];
      await call(functions.connect, context, reader, share, PROTOCOLS, card, protocol);
      return { card: card[0] ?? 0, protocol: Number(protocol[0]) };
    },
    async transmit(card, protocol, command) {
      const answer = Buffer.alloc(MOST);
      const size = [MOST];
      const header = { dwProtocol: protocol, cbPciLength: requestBytes };
      await call(functions.transmit, card, header, command, command.length, null, answer, size);
      return answer.subarray(0, Number(size[0]));
    },
    async control(card, code, data) {
      const answer = Buffer.alloc(MOST);
      const size = [0];
      await call(functions.control, card, code, data, data.length, answer, answer.length, size);
      return answer.subarray(0, Number(size[0]));
    },
    disconnect: (card, disposition) => call(functions.disconnect, card, disposition),
  };
}
