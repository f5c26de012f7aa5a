/** Control keys of identification numbers (spec/b2.md § 4). */

/**
 * Key of a NIR: 97 − (N mod 97), N being the 13 characters with Corsica's 2A read as 19 and 2B as 18.
 * @param nir 13 characters.
 * @returns two digits.
 */
export function nirKey(nir: string): string {
  const digits = nir.replace('2A', '19').replace('2B', '18');
  return String(97 - (Number(digits) % 97)).padStart(2, '0');
}

/**
 * Luhn key of a number without its key (PS billing number, AMC number, FINESS: 8 digits).
 * From the right, ranks 1, 3, 5… are doubled and their digits summed.
 * @returns one digit.
 */
export function luhnKey(stem: string): string {
  let sum = 0;
  for (let rank = 1; rank <= stem.length; rank++) {
    const digit = Number(stem[stem.length - rank]);
    const weighed = rank % 2 === 1 ? digit * 2 : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return String((10 - (sum % 10)) % 10);
}

/** True when the last digit of `number` is the Luhn key of those before it. */
export function hasLuhnKey(number: string): boolean {
  return number.length > 1 && luhnKey(number.slice(0, -1)) === number.slice(-1);
}
