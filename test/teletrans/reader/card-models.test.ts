import fc from 'fast-check';
import { atrOf, DEMONSTRATION_ATR, recogniseCard } from '../../../src/teletrans/reader/card-models';

const recognise = (hex: string): unknown => recogniseCard(atrOf(hex)!);

describe('card recognition', () => {
  it.each([
    ['CPS3', '3B AC 00 40 2A 00 12 25 00 64 80 00 03 10 00 90 00'],
    ['CPS3', '3BAC00402A00122500648000031000 9000'],
    ['CPS3', '3b ac 11 22 33 00 12 25 00 64 80 82 02 12 00 90 00'],
    ['CPS4', '3B 9B 18 80 01 00 12 25 00 64 80 04 01 00 00 90 44'],
    ['CPS4', '3B 9B 18 80 01 00 12 25 00 64 80 00 04 01 00 90 44'],
    ['CPS4', '3B DC 18 FF 00 00 12 25 00 64 80 00 04 01 00 90 00'],
    ['DEMONSTRATION', DEMONSTRATION_ATR],
  ])('knows a %s by %s', (family, atr) => {
    expect(recognise(atr)).toEqual({ usable: true, family });
  });

  it.each([
    ['CPS-025', '3B 8F 80 01 00 31 B8 64 04 B0 EC C1 73 94 01 80 82 90 00 0E'],
    ['CPS-019', '3B 75 13 00 00 44 09 EA 90 00'],
    ['CPS-019', '3B 75 13 00 00 49 09 EA 90 00'],
    ['CPS-019', '3F 65 25 00 2C 09 69 90 00'],
    ['CPS-020', '3B 65 00 00 20 63 CB 68 00'],
    ['CPS-020', '3B AC 00 40 2A 00 12 25 00 64 80 00 03 10 00 90 01'],
    ['CPS-020', '3B AC 00 40 2A 00 12 25 00 64 80 00 03 10 00 90'],
  ])('says %s of %s', (errorCode, atr) => {
    expect(recognise(atr)).toEqual({ usable: false, errorCode });
  });

  it('takes no other ATR for a card it can use', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 2, maxLength: 33 }), (bytes) => {
        const known =
          Buffer.from(bytes).toString('hex').startsWith('3b') &&
          (bytes[1] === 0xac || bytes[1] === 0x9b || bytes[1] === 0xdc || bytes[1] === 0x0b);
        return known || !recogniseCard(Buffer.from(bytes)).usable;
      }),
    );
  });

  it('refuses what is no ATR', () => {
    for (const text of ['', '3B', '3BA', 'ZZZZ', '3B'.repeat(34)]) expect(atrOf(text)).toBeNull();
  });

  it('gives the demonstration card a well-formed ATR', () => {
    const atr = atrOf(DEMONSTRATION_ATR)!;
    expect(atr[0]).toBe(0x3b);
    expect(atr.length).toBe(2 + (atr[1]! & 0x0f));
    expect(atr.subarray(2).toString('latin1')).toBe('VITALE-DEMO');
  });
});
