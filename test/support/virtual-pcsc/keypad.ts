/** A keypad that does what PC/SC part 10 says with a PIN_VERIFY_STRUCTURE (spec/cps-card.md § 7), typed on by a script. */

/** What the person does on the keypad, at once or when something has happened. */
export type Typing = ({ readonly digits: string } | { readonly end: 'timeout' | 'cancel' }) & {
  readonly afterMs?: number;
  readonly when?: Promise<unknown>;
};

const HEADER = 19;
const status = (sw: number): Buffer => Buffer.from([sw >> 8, sw & 0xff]);
export const KEYPAD = { timeout: status(0x6400), cancelled: status(0x6401), badLength: status(0x6403), badStructure: status(0x6b80) };

export interface KeypadRequest {
  readonly timeoutSeconds: number;
  readonly shortest: number;
  readonly longest: number;
  readonly language: number;
  /** The command to complete with the digits, the place of the first digit in it, and the size of the block. */
  readonly template: Buffer;
  readonly at: number;
  readonly block: number;
}

/** @returns null when it is not a structure this keypad can follow. */
export function readStructure(bytes: Buffer): KeypadRequest | null {
  if (bytes.length < HEADER + 5 || bytes.readUInt32LE(15) !== bytes.length - HEADER) return null;
  const format = bytes.readUInt8(2);
  // Bytes, left justified, ASCII: the only format this keypad has.
  if ((format & 0x87) !== 0x82) return null;
  const template = Buffer.from(bytes.subarray(HEADER));
  const at = 5 + ((format >> 3) & 0x0f);
  const block = bytes.readUInt8(3) & 0x0f || 4;
  const [shortest, longest] = [bytes.readUInt8(6), bytes.readUInt8(5)];
  if (bytes.readUInt8(4) !== 0 || shortest > longest || longest > block || at + block !== template.length) return null;
  if (template.readUInt8(4) !== template.length - 5 || (bytes.readUInt8(7) & ~0x07) !== 0 || bytes.readUInt8(7) === 0) return null;
  return { timeoutSeconds: bytes.readUInt8(0), shortest, longest, language: bytes.readUInt16LE(9), template, at, block };
}

/** The command the keypad sends to the card, or the status it gives without sending any. */
export function typed(request: KeypadRequest, typing: Typing): { readonly command: Buffer } | { readonly status: Buffer } {
  if ('end' in typing) return { status: typing.end === 'timeout' ? KEYPAD.timeout : KEYPAD.cancelled };
  const { digits } = typing;
  if (digits.length < request.shortest || digits.length > request.longest) return { status: KEYPAD.badLength };
  const command = Buffer.from(request.template);
  command.write(digits, request.at, 'latin1');
  return { command };
}
