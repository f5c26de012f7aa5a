/**
 * The texts of the fields of one record after the other. Records of one kind follow one another and most of their fields repeat: a field whose characters
 * are those of the last record keeps its text, so that only what changes is cut out of the bytes.
 */
import { WORD, WordView } from './words';

/** One field of the record. */
export interface Place {
  readonly name: string;
  /** 0-based. */
  readonly from: number;
  readonly to: number;
}

const NOT_ASCII = 128;
/** What stands in the memory before the first record: any character but NUL would do. */
const BLANK_MEMORY = 1;

/** What `toString('latin1')` calls once it has understood its arguments. */
interface Latin1Sliced {
  latin1Slice(start: number, end: number): string;
}
type Sliceable = Buffer & Latin1Sliced;

/** Makes one object of the texts of a record, in the order of its fields. */
export type Shape = (texts: readonly string[]) => Readonly<Record<string, string>>;

export class RepeatingFields {
  readonly #places: readonly Place[];
  readonly #length: number;
  readonly #last: Buffer;
  readonly #lastWords: Float64Array;
  readonly #view = new WordView();
  /** For each word of the record, the first and the last field that stand in it. */
  readonly #firstIn: Int32Array;
  readonly #lastIn: Int32Array;
  readonly #texts: string[];
  readonly #shape: Shape;
  #started = false;
  /** The record read last holds a character that may not be kept: NUL, or more than 7 bits. */
  #odd = false;
  /** Indexes of the fields that changed with the record read last; the first {@link changedCount} count. */
  readonly changed: Int32Array;
  changedCount = 0;

  /** @param shape when there is one for the table: much faster than filling an object by name. */
  constructor(places: readonly Place[], length: number, shape?: Shape) {
    this.#shape = shape ?? ((texts) => Object.fromEntries(places.map(({ name }, field) => [name, texts[field] ?? ''])));
    this.#places = places;
    this.#length = length;
    const memory = new ArrayBuffer(Math.ceil(length / WORD) * WORD);
    this.#last = Buffer.from(memory, 0, length);
    this.#lastWords = length % WORD === 0 ? new Float64Array(memory) : new Float64Array(0);
    this.#firstIn = Int32Array.from(this.#lastWords, (_, word) => places.findIndex(({ to }) => to > word * WORD));
    this.#lastIn = Int32Array.from(this.#lastWords, (_, word) => places.findLastIndex(({ from }) => from < (word + 1) * WORD));
    this.#texts = places.map(() => '');
    this.changed = new Int32Array(places.length);
  }

  /** Reads the whole record at `offset`. @returns its values; `changed` then names the fields that are not those of the record before. */
  read(bytes: Buffer, offset: number): Readonly<Record<string, string>> {
    if (this.#started) this.#next(bytes as Sliceable, offset);
    else this.#start(bytes as Sliceable, offset);
    if (this.#odd) this.forget();
    return this.#shape(this.#texts);
  }

  /** The next record will be read as the first one was. */
  forget(): void {
    this.#started = false;
  }

  #start(bytes: Sliceable, offset: number): void {
    this.#last.fill(BLANK_MEMORY);
    this.#odd = false;
    this.changedCount = 0;
    this.#compare(bytes, offset, 0, this.#places.length - 1);
    this.changedCount = this.#places.length;
    for (let field = 0; field < this.changedCount; field++) this.changed[field] = field;
    this.#cut(bytes, offset);
    this.#started = true;
  }

  #next(bytes: Sliceable, offset: number): void {
    this.#find(bytes, offset);
    if (this.changedCount > 0) this.#cut(bytes, offset);
  }

  /** Finds the fields that changed. The words kept are 7-bit characters without NUL: neither NaN nor zero, so that equal words have equal bytes. */
  #find(bytes: Sliceable, offset: number): void {
    this.changedCount = 0;
    const own = this.#lastWords;
    const at = own.length === 0 ? -1 : this.#view.indexOf(bytes, offset, own.length);
    if (at < 0) {
      this.#compare(bytes, offset, 0, this.#places.length - 1);
      return;
    }
    const words = this.#view.words;
    let next = 0;
    for (let word = 0; word < own.length; word++) {
      if (words[at + word] !== own[word])
        next = this.#compare(bytes, offset, Math.max(next, this.#firstIn[word] ?? 0), this.#lastIn[word] ?? 0);
    }
  }

  /** Compares some fields. @returns the field after the last one that changed, or `first`. */
  #compare(bytes: Sliceable, offset: number, first: number, last: number): number {
    let next = first;
    for (let field = first; field <= last; field++) {
      const place = this.#places[field];
      if (place !== undefined && this.#differs(bytes, offset, place)) {
        this.changed[this.changedCount++] = field;
        next = field + 1;
      }
    }
    return next;
  }

  /** True when the field is not that of the record before, which it then replaces. */
  #differs(bytes: Sliceable, offset: number, place: Place): boolean {
    const last = this.#last;
    const { to } = place;
    let at = place.from;
    while (at < to && bytes[offset + at] === last[at]) at++;
    if (at === to) return false;
    for (; at < to; at++) {
      const code = bytes[offset + at] ?? 0;
      last[at] = code;
      if (code === 0 || code >= NOT_ASCII) this.#odd = true;
    }
    return true;
  }

  #cut(bytes: Sliceable, offset: number): void {
    const text = bytes.latin1Slice(offset, offset + this.#length);
    for (let index = 0; index < this.changedCount; index++) {
      const field = this.changed[index] ?? 0;
      const place = this.#places[field];
      if (place === undefined) continue;
      this.#texts[field] = text.substring(place.from, place.to);
    }
  }
}
