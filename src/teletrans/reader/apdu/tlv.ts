/** BER-TLV as cards write it (ISO 7816-4): tags of one to three bytes, definite lengths. */

export interface Tlv {
  /** Upper-case hexadecimal, `BF8101`. */
  readonly tag: string;
  readonly value: Buffer;
  /** The objects inside, for a constructed tag that holds nothing but objects; empty otherwise. */
  readonly children: readonly Tlv[];
}

/** Nested deeper than this, it was not written by a card. */
const DEEPEST = 16;

interface Element {
  readonly tag: string;
  readonly constructed: boolean;
  readonly start: number;
  readonly end: number;
}

function elementAt(bytes: Buffer, at: number): Element | null {
  const first = bytes[at];
  if (first === undefined) return null;
  let i = at + 1;
  if ((first & 0x1f) === 0x1f) {
    while (((bytes[i] ?? 0) & 0x80) !== 0 && i - at < 2) i += 1;
    i += 1;
  }
  const tag = bytes.subarray(at, i).toString('hex').toUpperCase();
  const size = bytes[i++];
  if (size === undefined || size > 0x84 || size === 0x80) return null;
  let length = size;
  if (size > 0x80) {
    const count = size & 0x7f;
    if (i + count > bytes.length) return null;
    length = bytes.readUIntBE(i, count);
    i += count;
  }
  return i + length > bytes.length ? null : { tag, constructed: (first & 0x20) !== 0, start: i, end: i + length };
}

/** @returns the objects of `bytes`, or null when it is not made of whole objects. Filler bytes `00` and `FF` between and after objects are skipped. */
export function parseTlv(bytes: Buffer, depth = 0): readonly Tlv[] | null {
  const found: Tlv[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (bytes[at] === 0x00 || bytes[at] === 0xff) {
      at += 1;
      continue;
    }
    const element = elementAt(bytes, at);
    if (element === null) return null;
    const value = bytes.subarray(element.start, element.end);
    const children = element.constructed && depth < DEEPEST ? (parseTlv(value, depth + 1) ?? []) : [];
    found.push({ tag: element.tag, value, children });
    at = element.end;
  }
  return found;
}

/** The first object with this tag, at any depth. */
export function findTlv(objects: readonly Tlv[], tag: string): Tlv | null {
  for (const object of objects) {
    if (object.tag === tag) return object;
    const inside = findTlv(object.children, tag);
    if (inside !== null) return inside;
  }
  return null;
}
