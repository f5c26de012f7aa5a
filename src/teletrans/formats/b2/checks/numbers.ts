/** Reading numbers out of decoded records: null when the field is absent or holds something else than digits (a fault reported elsewhere). */
import type { B2Record } from '../model';

/** False for a record whose characters are not all its own, and for one of a type the norm does not know: what it would say is unknown. */
export function isRead(record: B2Record): boolean {
  return record.isWhole && record.type !== '?';
}

export function numberIn(record: B2Record, field: string): number | null {
  const text = record.values[field] ?? '';
  return /^\d+$/.test(text) ? Number(text) : null;
}

/** The sum of a field over records; null when one of them cannot be read, for then no total can be compared. */
export function sumOf(records: readonly B2Record[], field: string): number | null {
  let sum = 0;
  for (const record of records) {
    const value = numberIn(record, field);
    if (value === null) return null;
    sum += value;
  }
  return sum;
}
