import fc from 'fast-check';
import { canonicalJson } from '../../../src/teletrans/domain/canonical-json';
import { isVitaleError, VitaleError } from '../../../src/teletrans/domain/errors';

describe('the error of the product', () => {
  it('carries a code and its details, and no sentence', () => {
    const error = new VitaleError('CPS-003', { n: 2 }, { cause: 'why' });
    expect([error.code, error.message, error.name, error.details, error.cause]).toEqual([
      'CPS-003',
      'CPS-003',
      'VitaleError',
      { n: 2 },
      'why',
    ]);
    expect(isVitaleError(error)).toBe(true);
    expect(isVitaleError(error, 'CPS-003')).toBe(true);
    expect(isVitaleError(error, 'CPS-004')).toBe(false);
    expect(isVitaleError(new Error('CPS-003'), 'CPS-003')).toBe(false);
    expect(isVitaleError('CPS-003')).toBe(false);
  });
});

describe('canonical JSON', () => {
  it('is the same whatever the order of the members', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'é' }], a: true })).toBe('{"a":true,"b":[1,{"c":"é","d":null}]}');
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (document) => {
        const reversed = Object.fromEntries(Object.entries(document).reverse());
        return canonicalJson(document) === canonicalJson(reversed);
      }),
    );
  });

  it('tells different documents apart and can be read back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (document) => {
        expect(JSON.parse(canonicalJson(document))).toEqual(JSON.parse(JSON.stringify(document)));
      }),
    );
  });

  it('leaves out members without a value', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });
});
