/** The number of a complementary insurer in a 10-wide field is zero-padded on the left (contract § 5): the 9 digits, or the field as it stands when it is longer. */
export function amcNumberOf(field: string): string {
  return /^0\d{9}$/.test(field) ? field.slice(1) : field;
}
