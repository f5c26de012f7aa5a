/** Which record a run of bytes is (spec/b2.md § 2): by its first characters, and the complement letter in position 36. */
import { hasLuhnKey } from '../../domain/keys';
import { B2_CODECS, RECORD_LENGTH, type B2RecordType } from './codecs';

const COMPLEMENT = 35;
const LETTER_BASES = '24';
/** Of positions 2-10. */
const BILLING_NUMBER_END = 10;

/** The record type at `offset`, or null when the norm has none such. Never throws. */
export function recordTypeAt(bytes: Buffer, offset: number): B2RecordType | null {
  const first = character(bytes, offset);
  const start = bytes.toString('latin1', offset, offset + 3);
  if (start === '000' || start === '999') return start;
  if (LETTER_BASES.includes(first) && first !== '') {
    const type = `${first}${character(bytes, offset + COMPLEMENT).trim()}`;
    return type in B2_CODECS ? (type as B2RecordType) : null;
  }
  return first === '1' || first === '5' || first === '6' ? first : null;
}

function character(bytes: Buffer, offset: number): string {
  const code = bytes[offset];
  return code === undefined ? '' : String.fromCharCode(code);
}

/** True when a record may well begin at `offset`: a known type followed by what every such record holds. */
export function isPlausibleRecord(bytes: Buffer, offset: number): boolean {
  if (offset < 0 || recordTypeAt(bytes, offset) === null) return false;
  const start = bytes.toString('latin1', offset, offset + 11);
  if (start.startsWith('000') || start.startsWith('999')) return /^(?:000|999)[A-Z]{2}\d{6}/.test(start);
  return start.startsWith('1') || start.startsWith('6') ? /^\d{10}/.test(start) : /^\d{10} /.test(start);
}

/**
 * As {@link isPlausibleRecord}, and the number that 1 and 6 begin with has its key: where characters were lost, nearly any run of digits looks like one of those
 * two without it.
 */
export function isLikelyRecord(bytes: Buffer, offset: number): boolean {
  if (!isPlausibleRecord(bytes, offset)) return false;
  const first = character(bytes, offset);
  return (first !== '1' && first !== '6') || hasLuhnKey(bytes.toString('latin1', offset + 1, offset + BILLING_NUMBER_END));
}

/** True when a whole record begins at `offset` with digits in its numbers and its constants in place: much harder to meet by chance. */
export function isSoundRecord(bytes: Buffer, offset: number): boolean {
  if (offset + RECORD_LENGTH > bytes.length || !isLikelyRecord(bytes, offset)) return false;
  const type = recordTypeAt(bytes, offset);
  return (
    type !== null &&
    B2_CODECS[type].decode(bytes, offset, RECORD_LENGTH).faults.every(({ kind }) => kind !== 'digits' && kind !== 'constant')
  );
}
