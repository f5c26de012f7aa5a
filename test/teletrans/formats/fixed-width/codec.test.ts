import fc from 'fast-check';
import { isVitaleError } from '../../../../src/teletrans/domain/errors';
import { B2_RECORDS } from '../../../../src/teletrans/formats/b2/records';
import { RecordCodec } from '../../../../src/teletrans/formats/fixed-width/codec';
import { defineLayout, type Layout } from '../../../../src/teletrans/formats/fixed-width/layout';
import { NOEMIE_LAYOUTS } from '../../../../src/teletrans/formats/noemie/entities';
import { expectedValue, recordValues } from '../../../support/record-arbitraries';

const LAYOUTS: readonly Layout[] = [...Object.values(B2_RECORDS), ...Object.values(NOEMIE_LAYOUTS)];
const FORM = ['short', 'digits', 'charset', 'constant', 'mandatory'];

const SAMPLE = defineLayout({
  family: 'test',
  version: 'base',
  record: 'X',
  length: 18,
  label: 'Essai',
  fields: [
    { name: 'type', start: 1, length: 1, kind: 'N', presence: 'M', constant: '7', label: 'Type' },
    { name: 'amount', start: 2, length: 4, kind: 'N', presence: 'M', label: 'Montant' },
    { name: 'town', start: 6, length: 5, kind: 'A', presence: 'M', label: 'Ville' },
    { name: 'qualifier', start: 11, length: 1, kind: 'A', presence: 'M', empty: true, label: 'Qualificatif' },
    { name: 'day', start: 12, length: 6, kind: 'N', presence: 'O', format: 'date', label: 'Jour' },
    { name: 'end', start: 18, length: 1, kind: 'A', presence: 'M', constant: '@', label: 'Fin' },
  ],
});
const sample = new RecordCodec(SAMPLE);
const good = { amount: 12, town: 'BREST', qualifier: ' ' };

function failure(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return isVitaleError(error) ? { code: error.code, ...error.details } : error;
  }
  return 'nothing thrown';
}

describe.each(LAYOUTS.map((layout) => [`${layout.family} ${layout.record}`, layout] as const))('%s', (_, layout) => {
  const codec = new RecordCodec(layout);

  it('reads back whatever valid values were written', () => {
    fc.assert(
      fc.property(recordValues(layout), (values) => {
        const bytes = codec.encode(values);
        expect(bytes).toHaveLength(layout.length);
        const decoded = codec.decode(bytes);
        expect(decoded.values).toEqual(Object.fromEntries(layout.fields.map((row) => [row.name, expectedValue(row, values[row.name])])));
        expect(decoded.faults.filter((fault) => FORM.includes(fault.kind))).toEqual([]);
        expect(codec.encode(Object.fromEntries(Object.entries(decoded.values).filter(([name]) => name in values)))).toEqual(bytes);
      }),
      { numRuns: 60 },
    );
  });

  it('never cuts: one character too many is an error at its field', () => {
    for (const row of layout.fields.filter(({ constant }) => constant === undefined)) {
      const values = { ...Object.fromEntries(layout.fields.map((one) => [one.name, '1'])), [row.name]: '1'.repeat(row.length + 1) };
      expect(failure(() => codec.encode(values))).toMatchObject({ code: 'FAC-011', record: layout.record, field: row.name });
    }
  });

  it('decodes any bytes without throwing, with places inside the record', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: layout.length + 10 }), (bytes) => {
        const { values, faults } = codec.decode(Buffer.from(bytes));
        expect(Object.keys(values)).toEqual(layout.fields.map((row) => row.name));
        for (const fault of faults) {
          expect(fault.position).toBeGreaterThanOrEqual(1);
          expect(fault.position).toBeLessThanOrEqual(layout.length);
        }
        if (bytes.length < layout.length) expect(faults.some((fault) => fault.kind === 'short' || fault.kind === 'constant')).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what an encoder refuses', () => {
  it.each([
    ['a number too large', { ...good, amount: 10_000 }, 'FAC-011', 'amount', 2],
    ['digits too many', { ...good, amount: '10000' }, 'FAC-011', 'amount', 5],
    ['a negative number', { ...good, amount: -1 }, 'FAC-011', 'amount', 2],
    ['half a centime', { ...good, amount: 1.5 }, 'FAC-011', 'amount', 2],
    ['not a number', { ...good, amount: Number.NaN }, 'FAC-011', 'amount', 2],
    ['a letter among digits', { ...good, amount: '1A' }, 'FAC-011', 'amount', 3],
    ['a name too long', { ...good, town: 'QUIMPER' }, 'FAC-011', 'town', 10],
    ['an accent', { ...good, town: 'ALÈS' }, 'FAC-011', 'town', 8],
    ['a lower-case letter', { ...good, town: 'Brest' }, 'FAC-011', 'town', 7],
    ['an end mark in a text', { ...good, town: 'A@B' }, 'FAC-011', 'town', 7],
    ['a line end', { ...good, town: 'A\nB' }, 'FAC-011', 'town', 7],
    ['a blank mandatory text', { ...good, town: '  ' }, 'FAC-001', 'town', 6],
    ['an empty mandatory text', { ...good, town: '' }, 'FAC-001', 'town', 6],
  ])('%s, naming record, field and position', (_, values, code, field, position) => {
    expect(failure(() => sample.encode(values))).toMatchObject({ code, record: 'X', field, position });
  });

  it('a missing mandatory field', () => {
    expect(failure(() => sample.encode({ amount: 1, qualifier: ' ' } as unknown as typeof good))).toMatchObject({
      code: 'FAC-001',
      champ: 'Ville',
    });
  });

  it('pads numbers with zeros on the left and texts with blanks on the right', () => {
    expect(sample.encode({ ...good, amount: '7', town: 'ALES' }).toString('latin1')).toBe('70007ALES  000000@');
  });
});

describe('what a decoder says', () => {
  const decode = (text: string) =>
    sample.decode(Buffer.from(text, 'latin1')).faults.map(({ kind, field, position }) => [kind, field, position]);
  it.each<[string, string, unknown[]]>([
    ['nothing of a right record', '70012BREST 201126@', []],
    ['where a constant differs', '80012BREST 201126@', [['constant', 'type', 1]]],
    ['where a digit is missing', '7001XBREST 201126@', [['digits', 'amount', 5]]],
    ['where a foreign character stands', '70012BR\xc9ST 201126@', [['charset', 'town', 8]]],
    ['that a mandatory text is blank', '70012      201126@', [['mandatory', 'town', 6]]],
    ['that a day does not exist', '70012BREST 260230@', [['date', 'day', 12]]],
    [
      'where the record ends',
      '70012BREST 20',
      [
        ['short', 'day', 14],
        ['short', 'end', 18],
      ],
    ],
    [
      'every fault, not the first alone',
      '8001XBREST 260230@',
      [
        ['constant', 'type', 1],
        ['digits', 'amount', 5],
        ['date', 'day', 12],
      ],
    ],
  ])('%s', (_, text, faults) => {
    expect(decode(text)).toEqual(faults);
  });
});
