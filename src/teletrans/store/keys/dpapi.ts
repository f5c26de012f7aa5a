/** DPAPI, the protection Windows gives to a user's secrets, through FFI: `crypt32.dll`. */
import { createRequire } from 'node:module';
import type * as Koffi from 'koffi' with { 'resolution-mode': 'import' };
import type { KeyProtection } from './key-protection';

/** Windows must never ask a question: nobody may sit there. */
const UI_FORBIDDEN = 0x1;
/** Not secret: another program of the same user that meets the file opens it only on purpose. */
const ENTROPY = Buffer.from('vitale/cle-des-donnees/1', 'latin1');

/** DATA_BLOB. */
interface Blob {
  cbData: number;
  pbData: Buffer | bigint | null;
}
type BlobFunction = (given: Blob, name: null, entropy: Blob, reserved: null, prompt: null, flags: number, made: Blob) => number;

const blobOf = (bytes: Buffer): Blob => ({ cbData: bytes.length, pbData: bytes });

/** Protects for this user of this computer (not for the computer as a whole). Only on Windows. */
export function loadDpapi(): KeyProtection {
  const koffi = createRequire(__filename)('koffi') as typeof Koffi;
  const crypt32 = koffi.load('crypt32.dll');
  const localFree = koffi.load('kernel32.dll').func('__stdcall', 'LocalFree', 'void *', ['void *']) as unknown as (
    memory: bigint,
  ) => unknown;
  const blob = koffi.struct({ cbData: 'uint32_t', pbData: 'void *' });
  const given = koffi.pointer(blob);
  const declare = (name: string): BlobFunction =>
    crypt32.func('__stdcall', name, 'int', [given, 'void *', given, 'void *', 'void *', 'uint32_t', koffi.out(given)]) as BlobFunction;
  const functions = { protect: declare('CryptProtectData'), unprotect: declare('CryptUnprotectData') };

  /** What Windows allocated, copied; its own copy is emptied before it is given back. */
  function taken({ cbData, pbData }: Blob): Buffer {
    const memory = pbData as bigint;
    const theirs = new Uint8Array(koffi.view(memory, cbData));
    try {
      return Buffer.from(theirs);
    } finally {
      theirs.fill(0);
      localFree(memory);
    }
  }

  function call(name: keyof typeof functions, bytes: Buffer): Buffer {
    const made: Blob = { cbData: 0, pbData: null };
    if (functions[name](blobOf(bytes), null, blobOf(ENTROPY), null, null, UI_FORBIDDEN, made) === 0)
      throw new Error(`DPAPI: ${name} failed`);
    return taken(made);
  }

  return { protect: (plain) => call('protect', plain), unprotect: (sealed) => call('unprotect', sealed) };
}
