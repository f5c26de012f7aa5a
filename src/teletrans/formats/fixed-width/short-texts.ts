/**
 * Texts of one to four characters of a record: most fields of a B2 record are that short. Those of one and two are looked up by their bytes, for there are few of
 * them; those of three and four are mostly blank, and blanks need not be cut out of the text of the file again and again. The record is whole: nothing here
 * looks whether the bytes end. `at` is 0-based.
 */

/* eslint-disable @typescript-eslint/no-non-null-assertion -- each index is within its table or, by contract, within the record; asking costs at every field */

const BLANK = 32;
const FIRST = 32;
/** Characters 32-95, those of the norm and a few more: a power of two, so that one look tells whether a character is among them. */
const BITS = 6;
const SPAN = 1 << BITS;

const ONE: readonly string[] = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));
const TWO: readonly string[] = Array.from({ length: SPAN * SPAN }, (_, index) =>
  String.fromCharCode(FIRST + (index >> BITS), FIRST + (index & (SPAN - 1))),
);

/** The character (latin1) at `at`. */
export function one(bytes: Uint8Array, at: number): string {
  return ONE[bytes[at]!]!;
}

/** The two characters (latin1) from `at`. */
export function two(bytes: Uint8Array, at: number): string {
  const first = bytes[at]! - FIRST;
  const second = bytes[at + 1]! - FIRST;
  if (((first | second) & -SPAN) === 0) return TWO[(first << BITS) | second]!;
  return one(bytes, at) + one(bytes, at + 1);
}

/** The three characters from `at`. @param text all of `bytes` as characters (latin1). */
export function three(bytes: Uint8Array, text: string, at: number): string {
  return bytes[at] === BLANK && bytes[at + 1] === BLANK && bytes[at + 2] === BLANK ? '   ' : text.substring(at, at + 3);
}

/** The four characters from `at`. @param text all of `bytes` as characters (latin1). */
export function four(bytes: Uint8Array, text: string, at: number): string {
  return bytes[at] === BLANK && bytes[at + 1] === BLANK && bytes[at + 2] === BLANK && bytes[at + 3] === BLANK
    ? '    '
    : text.substring(at, at + 4);
}
