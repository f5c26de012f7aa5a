import { recogniseB2Version, readVersioned, B2_VERSIONS } from '../../../../src/teletrans/formats/b2/versions';
import { readB2 } from '../../../../src/teletrans/formats/b2/reader';
import { explain, MASK, maskPatientData } from '../../../../src/teletrans/formats/explain';
import { RecordCodec } from '../../../../src/teletrans/formats/fixed-width/codec';
import type { Layout } from '../../../../src/teletrans/formats/fixed-width/layout';
import fc from 'fast-check';
import { expectedValue, recordValues } from '../../../support/record-arbitraries';
import { workedFile } from '../../../support/b2-files';

let worked: Buffer;
beforeAll(async () => {
  worked = await workedFile();
});

const record = (index: number): Buffer => worked.subarray((index - 1) * 128, index * 128);
/** The worked file with a record more after its third, which is the invoice header. */
const withRecord = (after: number, extra: Buffer): Buffer =>
  Buffer.concat([worked.subarray(0, after * 128), extra, worked.subarray(after * 128)]);
const versionOf = (file: Buffer) => recogniseB2Version(readB2(file).records.map(({ bytes }) => bytes));

/** A record of the invoice of the worked file with a letter and a text at a 1-based position. */
function complement(base: '2' | '4', letter: string, position: number, text: string): Buffer {
  const bytes = Buffer.alloc(128, ' ');
  record(base === '2' ? 3 : 5).copy(bytes, 0, 0, 35);
  bytes.write(letter, 35);
  if (base === '4') bytes.write('02', 36);
  bytes.write(text, position - 1, 'latin1');
  return bytes;
}

const cpFile = (): Buffer => {
  const file = Buffer.from(worked);
  file.write('CP  ', 61);
  const act = Buffer.alloc(128, ' ');
  act.write('4'.padEnd(26) + '001' + '000000101' + ' ' + '01');
  act.write(
    '999000011' +
      '    ' +
      '261123' +
      'PFM  ' +
      '01' +
      '000100' +
      '00' +
      '0012000' +
      '0012000' +
      '070' +
      '0008400' +
      '0029000' +
      ' ' +
      '000000',
    56,
  );
  return Buffer.concat([file.subarray(0, 128), act, file.subarray(-128)]);
};

describe('the tables of the other versions', () => {
  const tables = Object.entries(B2_VERSIONS).flatMap(([version, layouts]) =>
    Object.values<Layout>(layouts)
      .filter((layout) => layout.family !== 'b2-ps' || layout.version !== 'base')
      .map((layout) => [`${version} ${layout.record}`, layout] as const),
  );
  it('are there', () => {
    expect(tables.map(([name]) => name)).toEqual(expect.arrayContaining(['b2-ps-2005e-provisional 4E', 'b2-cp 4']));
  });
  it.each(tables)('%s reads back whatever valid values were written', (_, layout) => {
    const codec = new RecordCodec(layout);
    fc.assert(
      fc.property(recordValues(layout), (values) => {
        expect(codec.decode(codec.encode(values)).values).toEqual(
          Object.fromEntries(layout.fields.map((row) => [row.name, expectedValue(row, values[row.name])])),
        );
      }),
      { numRuns: 40 },
    );
  });
});

describe('the version of a file', () => {
  it('is the base one when nothing says otherwise, of any bytes too', () => {
    expect(versionOf(worked)).toBe('b2-ps-base');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(Object.keys(B2_VERSIONS)).toContain(versionOf(Buffer.from(bytes)));
        for (const version of ['b2-cp', 'b2-ps-2005e-provisional', 'b2-ps-base'] as const) readVersioned(Buffer.from(bytes), version);
      }),
    );
  });
  it.each([
    ['a care path in 2S', '2' as const, 'S', 121, 'D'],
    ['a prescriber condition in 4S', '4' as const, 'S', 48, 'L'],
    ['a record 4E', '4' as const, 'E', 39, '10000000009'],
  ])('is the provisional one for %s', (_, base, letter, position, text) => {
    const extra = complement(base, letter, position, text);
    expect(versionOf(withRecord(base === '2' ? 3 : 5, extra))).toBe('b2-ps-2005e-provisional');
  });
  it('is that of establishments when 000 says so', () => {
    expect(versionOf(cpFile())).toBe('b2-cp');
  });
});

describe('explaining the other versions', () => {
  it('names late fields, knows 4E, and masks the doctor’s name', () => {
    const suite = complement('4', 'S', 39, 'L');
    const file = withRecord(5, Buffer.concat([suite, complement('4', 'E', 64, '10000000009')]));
    const { records, faults } = explain(file);
    expect(records[6]).toMatchObject({ type: '4E', fields: { performer_rpps: '10000000009', sequence: '02' } });
    // The 4S stands there for its place alone.
    expect(faults.filter(({ record: at }) => at !== 6).map(({ field }) => field)).toEqual(['file_volume']);
    const named = maskPatientData(explain(withRecord(3, complement('2', 'S', 72, 'DOCTEUR')))).records[3];
    expect([named?.type, named?.fields['doctor_last_name']]).toEqual(['2S', MASK]);
  });
  it.each([
    ['after the act line', 5, [], 'directement après un enregistrement 4S'],
    ['after 4M', 6, [], 'avant l’enregistrement 4M'],
    ['twice', 5, ['S', 'E'], 'un seul enregistrement 4E'],
  ])('expects 4E directly after 4S: finds it %s', (_, after, before, said) => {
    const extra = [...before, 'E'].map((letter) => complement('4', letter, 64, '10000000009'));
    const orders = explain(withRecord(after, Buffer.concat(extra))).faults.filter(({ field }) => field === null);
    expect(orders.map(({ record: at, message }) => [at, message.includes(said)])).toEqual([[after + extra.length, true]]);
  });
  it('reads what is public of an establishment’s act line, and masks all that is not', () => {
    const { records, faults } = explain(cpFile());
    expect(records.map(({ type }) => type)).toEqual(['000', '4', '999']);
    expect(records[1]?.fields).toMatchObject({ invoice_no: '000000101', act_code: 'PFM', fee_amount: '0029000', amc_amount: '000000' });
    expect(faults).toEqual([]);
    expect(JSON.stringify(maskPatientData(explain(cpFile())).records[1])).not.toContain('PFM');
  });
  it('finds faults at the positions of that variant', () => {
    const file = cpFile();
    file.write('X', 128 + 115);
    expect(explain(file).faults.map(({ record: at, field, position }) => [at, field, position])).toEqual([[2, 'fee_amount', 116]]);
  });
});
