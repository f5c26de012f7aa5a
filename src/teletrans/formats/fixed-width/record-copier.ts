/** Copies finished records (7-bit characters alone) into the caller's buffer: a word at a time where records of one buffer follow one another. */
import { WORD, WordView } from './words';

export class RecordCopier {
  readonly #count: number;
  readonly #source = new WordView();
  readonly #target = new WordView();

  constructor(length: number) {
    this.#count = length % WORD === 0 ? length / WORD : 0;
  }

  /** @returns the offset after the record. */
  copy(record: Uint8Array, target: Uint8Array, offset: number): number {
    const count = this.#count;
    const from = count === 0 ? -1 : this.#source.indexOf(record, 0, count);
    const to = count === 0 ? -1 : this.#target.indexOf(target, offset, count);
    if (from < 0 || to < 0) {
      target.set(record, offset);
      return offset + record.length;
    }
    const source = this.#source.words;
    const words = this.#target.words;
    for (let word = 0; word < count; word++) words[to + word] = source[from + word] ?? 0;
    return offset + record.length;
  }
}
