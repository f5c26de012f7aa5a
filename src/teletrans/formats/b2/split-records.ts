/**
 * Cuts the bytes of a B2 file into records (spec/b2.md § 1): blocks of 128 without separator, or lines when byte 129 is a line end. Where characters were
 * lost or added the record after them is found again, so that the rest of the file can be read.
 */
import { RECORD_LENGTH } from './codecs';
import { b2Fault, type B2Fault } from './fault';
import { isPlausibleRecord } from './record-type';

export type Separator = 'none' | 'lf' | 'cr' | 'crlf';

export interface RecordSlice {
  /** 0-based offset in the file. */
  readonly offset: number;
  /** 128 in a sound file. */
  readonly length: number;
}

export interface SplitFile {
  readonly separator: Separator;
  readonly slices: readonly RecordSlice[];
  readonly faults: readonly B2Fault[];
}

const CR = 13;
const LF = 10;

function detectSeparator(bytes: Buffer): Separator {
  const at = firstLineEnd(bytes, 0);
  // A damaged first line leaves its line end elsewhere: then the second line decides.
  const isLine = at === RECORD_LENGTH || (at >= 0 && at < 2 * RECORD_LENGTH && lineLengthAfter(bytes, at) === RECORD_LENGTH);
  if (!isLine) return 'none';
  if (bytes[at] === LF) return 'lf';
  return bytes[at + 1] === LF ? 'crlf' : 'cr';
}

function firstLineEnd(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at++) if (bytes[at] === CR || bytes[at] === LF) return at;
  return -1;
}

function lineLengthAfter(bytes: Buffer, end: number): number {
  const start = end + (bytes[end] === CR && bytes[end + 1] === LF ? 2 : 1);
  const next = firstLineEnd(bytes, start);
  return (next < 0 ? bytes.length : next) - start;
}

function splitLines(bytes: Buffer, separator: Separator): SplitFile {
  const slices: RecordSlice[] = [];
  const faults: B2Fault[] = [];
  for (let start = 0; start < bytes.length;) {
    const found = firstLineEnd(bytes, start);
    const end = found < 0 ? bytes.length : found;
    slices.push({ offset: start, length: end - start });
    if (end - start !== RECORD_LENGTH) faults.push(b2Fault('length', slices.length, `ligne de ${end - start} caractères, 128 attendus.`));
    start = found >= 0 && bytes[found] === CR && bytes[found + 1] === LF ? found + 2 : end + 1;
  }
  return { separator, slices, faults };
}

/**
 * How many characters to move from `at` so that records follow again: negative when some were lost, positive when some were added, 0 when nothing is found.
 * An unknown record whose neighbour is in its place is not a shift.
 */
function findShift(bytes: Buffer, at: number): number {
  if (isPlausibleRecord(bytes, at + RECORD_LENGTH)) return 0;
  for (let distance = 1; distance < RECORD_LENGTH; distance++) {
    for (const shift of [-distance, distance]) {
      // The first record has nothing before it: lost characters show at the second.
      const start = at === 0 && shift < 0 ? at + shift + RECORD_LENGTH : at + shift;
      const next = start + RECORD_LENGTH;
      if (isPlausibleRecord(bytes, start) && (next === bytes.length || isPlausibleRecord(bytes, next))) return shift;
    }
  }
  return 0;
}

function shiftMessage(shift: number): string {
  const count = Math.abs(shift);
  const what = count === 1 ? '1 caractère' : `${count} caractères`;
  return shift < 0 ? `il manque ${what} : la suite est décalée.` : `${what} de trop : la suite est décalée.`;
}

function splitBlocks(bytes: Buffer): SplitFile {
  const slices: RecordSlice[] = [];
  const faults: B2Fault[] = [];
  let at = 0;
  while (at < bytes.length) {
    const whole = bytes.length - at >= RECORD_LENGTH;
    const shift = isPlausibleRecord(bytes, at) ? 0 : findShift(bytes, at);
    if (shift !== 0) {
      const last = slices.at(-1);
      if (shift > 0) {
        at += shift;
        faults.push(b2Fault('shift', slices.length + 1, shiftMessage(shift)));
      } else if (last === undefined) {
        slices.push({ offset: 0, length: RECORD_LENGTH + shift });
        at = RECORD_LENGTH + shift;
        faults.push(b2Fault('shift', 1, shiftMessage(shift)));
      } else {
        slices[slices.length - 1] = { offset: last.offset, length: last.length + shift };
        at += shift;
        faults.push(b2Fault('shift', slices.length, shiftMessage(shift)));
      }
    }
    slices.push({ offset: at, length: Math.min(RECORD_LENGTH, bytes.length - at) });
    if (!whole && bytes.length - at < RECORD_LENGTH)
      faults.push(
        b2Fault(
          'length',
          slices.length,
          `le fichier s’arrête après ${bytes.length - at} caractères, 128 attendus.`,
          null,
          bytes.length - at + 1,
        ),
      );
    at += RECORD_LENGTH;
  }
  return { separator: 'none', slices, faults };
}

/** Never throws; every byte but separators and added characters belongs to one slice. */
export function splitRecords(bytes: Buffer): SplitFile {
  const separator = detectSeparator(bytes);
  return separator === 'none' ? splitBlocks(bytes) : splitLines(bytes, separator);
}
