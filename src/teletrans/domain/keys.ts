/** Control keys of identification numbers (spec/b2.md § 4). */

const ZERO = 48;
const NINE = 57;
const NIR_LENGTH = 13;
/** 0-based place of the letter in a NIR of Corsica. */
const CORSICA = 6;

/** The 13 characters of a NIR. The department may be 2A or 2B. */
export const NIR_SHAPE = /^[1-8]\d{4}(?:\d\d|2A|2B)\d{6}$/;

/**
 * 97 − (N mod 97), N being the 13 characters with Corsica's 2A read as 19 and 2B as 18: the letter as 0, less one or two millions.
 * NaN when another character than a digit stands elsewhere.
 */
function nirKeyNumber(nir: string): number {
  let number = 0;
  for (let index = 0; index < nir.length; index++) {
    const code = nir.charCodeAt(index);
    if (code >= ZERO && code <= NINE) number = number * 10 + code - ZERO;
    else if (index === CORSICA && (nir[index] === 'A' || nir[index] === 'B')) number *= 10;
    else return Number.NaN;
  }
  const letter = nir[CORSICA];
  return 97 - ((letter === 'A' ? number - 1_000_000 : letter === 'B' ? number - 2_000_000 : number) % 97);
}

/**
 * Key of a NIR.
 * @param nir 13 characters.
 * @returns two digits.
 */
export function nirKey(nir: string): string {
  return String(nirKeyNumber(nir)).padStart(2, '0');
}

/** True for 13 characters of a NIR and the two digits of its key. */
export function isNirWithKey(nir: string, key: string): boolean {
  if (nir.length !== NIR_LENGTH || key.length !== 2) return false;
  const expected = nirKeyNumber(nir);
  return (key.charCodeAt(0) - ZERO) * 10 + key.charCodeAt(1) - ZERO === expected && NIR_SHAPE.test(nir);
}

/** The sum of the digits, every second one from the right doubled and its digits summed. NaN when one is no digit. @param isDoubled the last one is. */
function luhnSum(digits: string, isDoubled: boolean): number {
  let sum = 0;
  for (let index = digits.length - 1; index >= 0; index--) {
    const digit = digits.charCodeAt(index) - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    const weighed = isDoubled ? digit * 2 : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
    isDoubled = !isDoubled;
  }
  return sum;
}

/**
 * Luhn key of a number without its key (PS billing number, AMC number, FINESS: 8 digits).
 * From the right, ranks 1, 3, 5… are doubled and their digits summed.
 * @returns one digit.
 */
export function luhnKey(stem: string): string {
  return String((10 - (luhnSum(stem, true) % 10)) % 10);
}

/** True when the last digit of `number` is the Luhn key of those before it. */
export function hasLuhnKey(number: string): boolean {
  return number.length > 1 && luhnSum(number, false) % 10 === 0;
}
