/**
 * Copies a finished record into the caller's buffer, eight bytes at a time where records of one buffer follow one another: a call into the engine for each
 * record costs more than the copy. Records hold nothing but 7-bit characters, so that no eight bytes ever make a NaN: doubles are copied bit for bit.
 */
const WORD = 8;
/** Larger buffers are not kept hold of for the sake of speed. */
const LARGEST_KEPT = 4 * 1024 * 1024;
const NO_WORDS = new Float64Array(0);

export class RecordCopier {
  readonly #record: Uint8Array;
  /** The record as words; none when its length is no whole number of them. */
  readonly #source: Float64Array;
  /** The target seen last. */
  #target: Uint8Array | null = null;
  /** Bytes of the target before its first whole word in its memory. */
  #lead = 0;
  /** The words of the target; none until it comes back: a target seen for the first time may be the last of it. */
  #words: Float64Array = NO_WORDS;

  /** @param record alone in its memory. */
  constructor(record: Uint8Array) {
    this.#record = record;
    this.#source = record.length % WORD === 0 ? new Float64Array(record.buffer) : NO_WORDS;
  }

  /** @returns the offset after the record. */
  copy(target: Uint8Array, offset: number): number {
    const source = this.#source;
    const first = this.#firstWord(target, offset);
    if (first < 0) target.set(this.#record, offset);
    else {
      const words = this.#words;
      for (let word = 0; word < source.length; word++) words[first + word] = source[word] ?? 0;
    }
    return offset + this.#record.length;
  }

  /** The index in `#words` of the byte at `offset`, or -1 when the record cannot be copied there by words. */
  #firstWord(target: Uint8Array, offset: number): number {
    if (target !== this.#target) {
      this.#target = target.length <= LARGEST_KEPT ? target : null;
      this.#lead = target.byteOffset & (WORD - 1);
      this.#words = NO_WORDS;
      return -1;
    }
    const at = this.#lead + offset;
    if ((at & (WORD - 1)) !== 0 || this.#source.length === 0) return -1;
    if (this.#words.length === 0)
      this.#words = new Float64Array(target.buffer, target.byteOffset - this.#lead, Math.floor((this.#lead + target.length) / WORD));
    const first = at / WORD;
    return first + this.#source.length > this.#words.length ? -1 : first;
  }
}
