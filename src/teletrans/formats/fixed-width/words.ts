/**
 * Buffers seen eight bytes at a time, for copying and comparing records. Records hold nothing but 7-bit characters where this is used, so that no eight bytes
 * ever make a NaN: doubles are copied and compared bit for bit. Whatever is not aligned, or not 7-bit, goes the slow way.
 */

export const WORD = 8;
/** Larger buffers are not kept hold of for the sake of speed. */
const LARGEST_KEPT = 4 * 1024 * 1024;
const NO_WORDS = new Float64Array(0);

/** The words of the buffer seen last. A buffer seen for the first time may be the last of it: the view is made when it comes back. */
export class WordView {
  #buffer: Uint8Array | null = null;
  /** Bytes of the buffer before its first whole word in its memory. */
  #lead = 0;
  words: Float64Array = NO_WORDS;

  /** The index in `words` of the byte at `offset`, or -1 when `count` whole words cannot be seen there. */
  indexOf(buffer: Uint8Array, offset: number, count: number): number {
    if (buffer !== this.#buffer) {
      this.#forget(buffer);
      return -1;
    }
    const at = this.#lead + offset;
    if ((at & (WORD - 1)) !== 0) return -1;
    if (this.words.length === 0) this.#view(buffer);
    const first = at / WORD;
    return first + count > this.words.length ? -1 : first;
  }

  #forget(buffer: Uint8Array): void {
    this.#buffer = buffer.length <= LARGEST_KEPT ? buffer : null;
    this.#lead = buffer.byteOffset & (WORD - 1);
    this.words = NO_WORDS;
  }

  #view(buffer: Uint8Array): void {
    this.words = new Float64Array(buffer.buffer, buffer.byteOffset - this.#lead, Math.floor((this.#lead + buffer.length) / WORD));
  }
}
