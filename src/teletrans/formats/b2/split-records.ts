/**
 * Cuts the bytes of a B2 file into records (spec/b2.md § 1): blocks of 128 without separator, or lines when byte 129 is a line end. Where characters were
 * lost or added the record after them is found again, so that the rest of the file can be read.
 */
import { RECORD_LENGTH } from './codecs';
import { b2Fault, type B2Fault } from './fault';
import { isLikelyRecord, isPlausibleRecord, isSoundRecord } from './record-type';

export type Separator = 'none' | 'lf' | 'cr' | 'crlf';

export interface RecordSlice {
  /** 0-based offset in the file. */
  readonly offset: number;
  /** 128 in a sound file. */
  readonly length: number;
  /** False when characters are missing from the record or were added to it. */
  readonly isWhole: boolean;
}

export interface SplitFile {
  readonly separator: Separator;
  readonly slices: readonly RecordSlice[];
  readonly faults: readonly B2Fault[];
}

const CR = 13;
const LF = 10;

/** Lines looked at to tell whether records stand one a line. */
const PROBED_LINES = 16;

/** Finds line ends one after the other; each byte is looked at once whatever the file holds. */
class LineEnds {
  #cr: number;
  #lf: number;

  constructor(private readonly bytes: Buffer) {
    this.#cr = bytes.indexOf(CR);
    this.#lf = bytes.indexOf(LF);
  }

  /** The first line end at or after `from`, or -1. `from` never goes back. */
  after(from: number): number {
    if (this.#cr >= 0 && this.#cr < from) this.#cr = this.bytes.indexOf(CR, from);
    if (this.#lf >= 0 && this.#lf < from) this.#lf = this.bytes.indexOf(LF, from);
    return this.#cr < 0 || this.#lf < 0 ? Math.max(this.#cr, this.#lf) : Math.min(this.#cr, this.#lf);
  }

  /** Where the line after the one that ends at `end` starts. */
  nextStart(end: number): number {
    if (end < 0) return this.bytes.length;
    return this.bytes[end] === CR && this.bytes[end + 1] === LF ? end + 2 : end + 1;
  }
}

/** The line end after the first record, when most of the first lines begin like records; damaged or trimmed lines do not hide it. */
export function detectSeparator(bytes: Buffer): Separator {
  const ends = new LineEnds(bytes);
  const first = ends.after(0);
  if (first < 0) return 'none';
  let lines = 0;
  let plausible = 0;
  for (let start = 0; start < bytes.length && lines < PROBED_LINES; lines++) {
    if (isPlausibleRecord(bytes, start)) plausible += 1;
    start = ends.nextStart(ends.after(start));
  }
  if (lines < 2 || plausible * 2 <= lines) return 'none';
  if (bytes[first] === LF) return 'lf';
  return bytes[first + 1] === LF ? 'crlf' : 'cr';
}

function splitLines(bytes: Buffer, separator: Separator): SplitFile {
  const slices: RecordSlice[] = [];
  const faults: B2Fault[] = [];
  const ends = new LineEnds(bytes);
  for (let start = 0; start < bytes.length;) {
    const found = ends.after(start);
    const end = found < 0 ? bytes.length : found;
    slices.push({ offset: start, length: end - start, isWhole: end - start === RECORD_LENGTH });
    if (end - start !== RECORD_LENGTH) faults.push(b2Fault('length', slices.length, `ligne de ${end - start} caractères, 128 attendus.`));
    start = ends.nextStart(found);
  }
  return { separator, slices, faults };
}

/** Where records follow again after lost or added characters. */
interface Resumption {
  /** True when the characters are missing from, or added to, the record before; false when it is the one standing here. */
  readonly before: boolean;
  /** Negative when characters were lost, positive when some were added. */
  readonly shift: number;
}

/** Beyond this many characters lost or added, half a record, the two cannot be told apart. */
const FURTHEST = RECORD_LENGTH / 2;

/** True when a record certainly begins at `at`: its numbers are digits, its constants right, and another follows or the file ends. */
function isCertain(bytes: Buffer, at: number): boolean {
  const next = at + RECORD_LENGTH;
  return isSoundRecord(bytes, at) && (next === bytes.length || isLikelyRecord(bytes, next));
}

/** Looks for the next record around `at`, where none can be read, nearest first. An unknown record whose neighbour is in its place is not a shift. */
function findResumption(bytes: Buffer, at: number): Resumption | null {
  if (isLikelyRecord(bytes, at + RECORD_LENGTH)) return null;
  for (let distance = 1; distance < FURTHEST; distance++) {
    for (const shift of [-distance, distance]) {
      if (at + shift >= 0 && isCertain(bytes, at + shift)) return { before: true, shift };
      if (isCertain(bytes, at + RECORD_LENGTH + shift)) return { before: false, shift };
    }
  }
  return null;
}

function shiftFault(record: number, shift: number): B2Fault {
  const count = Math.abs(shift);
  const what = count === 1 ? '1 caractère' : `${count} caractères`;
  return b2Fault('shift', record, shift < 0 ? `il manque ${what} : la suite est décalée.` : `${what} de trop : la suite est décalée.`);
}

class BlockSplitter {
  readonly slices: RecordSlice[] = [];
  readonly faults: B2Fault[] = [];
  #at = 0;

  constructor(private readonly bytes: Buffer) {
    while (this.#at < bytes.length) {
      const found = isLikelyRecord(bytes, this.#at) ? null : findResumption(bytes, this.#at);
      if (found?.before === true) this.#shiftBefore(found.shift);
      this.#push(found?.before === false ? found.shift : 0);
    }
  }

  #shiftBefore(shift: number): void {
    const last = this.slices.at(-1);
    this.#at += shift;
    this.faults.push(shiftFault(Math.max(1, this.slices.length), shift));
    if (last !== undefined)
      this.slices[this.slices.length - 1] = { offset: last.offset, length: last.length + Math.min(0, shift), isWhole: false };
  }

  #push(shift: number): void {
    const left = this.bytes.length - this.#at;
    const length = Math.min(RECORD_LENGTH + Math.min(0, shift), left);
    this.slices.push({ offset: this.#at, length, isWhole: shift === 0 && length === RECORD_LENGTH });
    if (shift !== 0) this.faults.push(shiftFault(this.slices.length, shift));
    else if (length < RECORD_LENGTH)
      this.faults.push(
        b2Fault(
          'length',
          this.slices.length,
          `le fichier s’arrête après ${left} caractères de l’enregistrement, 128 attendus.`,
          null,
          left + 1,
        ),
      );
    this.#at += RECORD_LENGTH + shift;
  }
}

function splitBlocks(bytes: Buffer): SplitFile {
  const { slices, faults } = new BlockSplitter(bytes);
  return { separator: 'none', slices, faults };
}

/**
 * Never throws; every byte but separators and added characters belongs to one slice.
 * @param separator when it is known already, from the beginning of the same file.
 */
export function splitRecords(bytes: Buffer, separator: Separator = detectSeparator(bytes)): SplitFile {
  return separator === 'none' ? splitBlocks(bytes) : splitLines(bytes, separator);
}
