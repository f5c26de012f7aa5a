import fc from 'fast-check';
import { hasLuhnKey, luhnKey, nirKey } from '../../../src/teletrans/domain/keys';
import { amoCeiling, formatEuros } from '../../../src/teletrans/domain/money';

const digits = (count: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[0-9]{${count}}$`));

describe('the key of a NIR', () => {
  it.each([
    ['1700275123456', '81'],
    ['2691099001002', '85'],
    ['170022A123456', '41'],
    ['170022B123456', '68'],
    ['1801167050075', '97'],
  ])('of %s is %s', (nir, key) => {
    expect(nirKey(nir)).toBe(key);
  });

  it('is two digits from 01 to 97, and makes the whole divisible by 97', () => {
    fc.assert(
      fc.property(digits(13), (nir) => {
        const key = nirKey(nir);
        return /^[0-9]{2}$/.test(key) && Number(key) >= 1 && Number(key) <= 97 && (BigInt(nir) + BigInt(key)) % 97n === 0n;
      }),
    );
  });

  it('of Corsica is that of the number less one or two millions', () => {
    fc.assert(
      fc.property(digits(5), digits(6), (head, tail) => {
        const asNumber = (less: bigint): string => String(97n - ((BigInt(`${head}20${tail}`) - less) % 97n)).padStart(2, '0');
        return nirKey(`${head}2A${tail}`) === asNumber(1_000_000n) && nirKey(`${head}2B${tail}`) === asNumber(2_000_000n);
      }),
    );
  });
});

describe('the Luhn key', () => {
  it.each([
    ['99900001', '1'],
    ['99900002', '9'],
    ['99900003', '7'],
    ['99900101', '9'],
    ['75900001', '1'],
    ['81000000', '0'],
    ['81000001', '8'],
    ['81000002', '6'],
    ['99101197', '4'],
    ['1000000000', '9'],
    ['1000000001', '7'],
  ])('of %s is %s', (stem, key) => {
    expect(luhnKey(stem)).toBe(key);
    expect(hasLuhnKey(`${stem}${key}`)).toBe(true);
  });

  it('finds any single wrong digit', () => {
    fc.assert(
      fc.property(digits(8), fc.nat(8), fc.integer({ min: 1, max: 9 }), (stem, at, shift) => {
        const whole = `${stem}${luhnKey(stem)}`;
        const wrong = `${whole.slice(0, at)}${(Number(whole[at]) + shift) % 10}${whole.slice(at + 1)}`;
        return hasLuhnKey(whole) && !hasLuhnKey(wrong);
      }),
    );
  });

  it('is missing from a number of one digit or none', () => {
    expect(hasLuhnKey('0')).toBe(false);
    expect(hasLuhnKey('')).toBe(false);
  });
});

describe('the most the AMO may pay', () => {
  it.each([
    [4048, 60, 2429], // 2428.8
    [798, 60, 479], // 478.8
    [1001, 50, 501], // 500.5: half a centime up
    [1, 49, 0],
    [1, 50, 1],
    [18275, 60, 10965],
    [0, 100, 0],
    [9999999, 100, 9999999],
  ])('of a base of %i at %i %% is %i', (base, rate, most) => {
    expect(amoCeiling(base, rate)).toBe(most);
  });

  it('is within half a centime of the exact amount, never under it by half', () => {
    fc.assert(
      fc.property(fc.nat(9_999_999), fc.nat(100), (base, rate) => {
        const hundredths = base * rate;
        const above = amoCeiling(base, rate) * 100 - hundredths;
        return above > -50 && above <= 50;
      }),
    );
  });
});

describe('amounts for people', () => {
  it.each([
    [0, '0,00 €'],
    [5, '0,05 €'],
    [123450, '1 234,50 €'],
    [-2995, '-29,95 €'],
    [99_999_999, '999 999,99 €'],
    [100_000_000, '1 000 000,00 €'],
  ])('%i centimes are written %s', (centimes, text) => {
    expect(formatEuros(centimes).replace(/[\u202f\u00a0]/g, ' ')).toBe(text);
  });

  it('never break at the end of a line', () => {
    expect(formatEuros(123_456_789)).not.toContain(' ');
  });

  it('can be read back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -999_999_999, max: 999_999_999 }),
        (centimes) => Number(formatEuros(centimes).replace(/[^0-9-]/g, '')) === centimes,
      ),
    );
  });
});
