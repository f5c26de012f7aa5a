import fc from 'fast-check';
import type { FieldRow, Layout } from '../../src/teletrans/formats/fixed-width/layout';

const DIGIT = fc.constantFrom(...Array.from('0123456789'));
const CHARACTER = fc.constantFrom(...Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 '-./"));

/** Any value a field may hold, as an encoder takes it: digits, a number, or text of the character set that is not all blank. */
export function fieldValue(row: FieldRow): fc.Arbitrary<string | number> {
  if (row.kind === 'N') {
    const digits = fc.string({ unit: DIGIT, minLength: 1, maxLength: row.length });
    return row.length > 15
      ? digits
      : fc.oneof(
          digits,
          fc.integer({ min: 0, max: Math.min(10 ** row.length - 1, 2 ** 31) }),
          fc.maxSafeNat().map((n) => n % 10 ** row.length),
        );
  }
  return fc.string({ unit: CHARACTER, minLength: 1, maxLength: row.length }).filter((text) => text.trim() !== '');
}

/** Any valid set of values of a record: all mandatory fields, any of the optional ones. */
export function recordValues(layout: Layout): fc.Arbitrary<Record<string, string | number>> {
  const rows = layout.fields.filter((row) => row.constant === undefined);
  return fc.record(Object.fromEntries(rows.map((row) => [row.name, fieldValue(row)])), {
    requiredKeys: rows.filter((row) => row.presence === 'M').map((row) => row.name),
  });
}

/** What a field must read back as. */
export function expectedValue(row: FieldRow, value: string | number | undefined): string {
  if (row.constant !== undefined) return row.constant;
  return row.kind === 'N' ? String(value ?? '').padStart(row.length, '0') : String(value ?? '').padEnd(row.length, ' ');
}
