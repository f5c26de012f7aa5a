/** Copies finished records into the caller's buffer: four bytes at a time where records of one buffer follow one another. */

/** Larger buffers are not kept hold of for the sake of speed. */
const LARGEST_KEPT = 4 * 1024 * 1024;
const WORD = 4;
const NO_WORDS = new Int32Array(0);

export class RecordCopier {
  readonly #wordCount: number;
  #source: Uint8Array | null = null;
  #sourceWords: Int32Array = new Int32Array(0);
  #target: Uint8Array | null = null;
  #targetWords: Int32Array = NO_WORDS;
  /** Bytes of the target before its first whole word in its memory. */
  #targetStart = 0;

  constructor(length: number) {
    this.#wordCount = length % WORD === 0 ? length / WORD : 0;
  }

  /** @returns the offset after the record. */
  copy(record: Uint8Array, target: Uint8Array, offset: number): number {
    if (target !== this.#target || this.#wordCount === 0 || ((this.#targetStart + offset) & 3) !== 0) {
      target.set(record, offset);
      // A buffer seen for the first time may be the last of it: the views are made when it comes back.
      this.#target = target.length <= LARGEST_KEPT ? target : null;
      this.#targetStart = target.byteOffset & 3;
      this.#targetWords = NO_WORDS;
      return offset + record.length;
    }
    return this.#copyWords(record, target, offset);
  }

  #copyWords(record: Uint8Array, target: Uint8Array, offset: number): number {
    if (record !== this.#source) {
      this.#source = record;
      this.#sourceWords = new Int32Array(record.buffer, record.byteOffset, this.#wordCount);
    }
    if (this.#targetWords.length === 0) this.#viewTarget(target);
    const from = this.#sourceWords;
    const to = this.#targetWords;
    const first = (this.#targetStart + offset) >> 2;
    if (first + this.#wordCount > to.length) {
      target.set(record, offset);
      return offset + record.length;
    }
    for (let word = 0; word < from.length; word++) to[first + word] = from[word] ?? 0;
    return offset + record.length;
  }

  #viewTarget(target: Uint8Array): void {
    this.#targetWords = new Int32Array(target.buffer, target.byteOffset - this.#targetStart, (this.#targetStart + target.length) >> 2);
  }
}
