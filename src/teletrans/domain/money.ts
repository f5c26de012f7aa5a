/** Money is integer centimes of euro everywhere (spec/b2.md § 1). */

/** The most the AMO may pay for an act: base × rate / 100, half a centime rounded up. */
export function amoCeiling(base: number, rate: number): number {
  return Math.floor((base * rate * 2 + 100) / 200);
}

/** Amount for people: `1 234,50 €` with non-breaking spaces. */
export function formatEuros(centimes: number): string {
  const sign = centimes < 0 ? '-' : '';
  const units = String(Math.floor(Math.abs(centimes) / 100)).replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return `${sign}${units},${String(Math.abs(centimes) % 100).padStart(2, '0')}\u00a0€`;
}
