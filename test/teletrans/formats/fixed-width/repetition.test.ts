import fc from 'fast-check';
import { recordTypeAt } from '../../../../src/teletrans/formats/b2/record-type';
import { B2_CODECS } from '../../../../src/teletrans/formats/b2/codecs';
import { B2_LAYOUTS } from '../../../../src/teletrans/formats/b2/records';
import { RecordCodec } from '../../../../src/teletrans/formats/fixed-width/codec';
import type { Layout } from '../../../../src/teletrans/formats/fixed-width/layout';
import { NOEMIE_LAYOUTS } from '../../../../src/teletrans/formats/noemie/entities';
import { dayFile } from '../../../support/b2-files';
import { sampleInvoices } from '../../../support/invoices';
import { recordValues } from '../../../support/record-arbitraries';

const LAYOUTS: readonly Layout[] = [
  B2_LAYOUTS['2'],
  B2_LAYOUTS['4'],
  B2_LAYOUTS['4M'],
  B2_LAYOUTS['2M'],
  NOEMIE_LAYOUTS['199'],
  NOEMIE_LAYOUTS['102'],
];

/** What a call gives: bytes, or the error it ends in. */
function outcome(run: () => Buffer): string {
  try {
    return run().toString('latin1');
  } catch (error) {
    return JSON.stringify(error);
  }
}

describe.each(LAYOUTS.map((layout) => [`${layout.family} ${layout.record}`, layout] as const))(
  'a codec that has worked before: %s',
  (_, layout) => {
    const writable = layout.fields.filter((row) => row.constant === undefined);
    const damage = fc.option(
      fc.tuple(fc.constantFrom(...writable.map((row) => row.name)), fc.constantFrom<string | number>('é', 'x'.repeat(200), -1, '')),
    );
    const inputs = fc.array(fc.tuple(recordValues(layout), damage), { minLength: 2, maxLength: 12 });

    it('writes, and refuses, each record as if it were the first', () => {
      fc.assert(
        fc.property(inputs, fc.boolean(), (records, shared) => {
          const codec = new RecordCodec(layout);
          const target = Buffer.alloc(layout.length * records.length + 3);
          for (const [index, [values, broken]] of records.entries()) {
            const input = broken === null ? values : { ...values, [broken[0]]: broken[1] };
            const write = (): Buffer => {
              if (!shared) return codec.encode(input);
              const end = codec.write(input, target, index * layout.length);
              return target.subarray(end - layout.length, end);
            };
            expect(outcome(write)).toBe(outcome(() => new RecordCodec(layout).encode(input)));
          }
        }),
        { numRuns: 60 },
      );
    });

    it('reads each record as if it were the first', () => {
      const edits = fc.array(fc.tuple(fc.nat({ max: layout.length - 1 }), fc.constantFrom(32, 48, 57, 65, 64, 120, 233)), { maxLength: 3 });
      fc.assert(
        fc.property(recordValues(layout), fc.array(fc.tuple(edits, fc.boolean()), { minLength: 2, maxLength: 12 }), (values, changes) => {
          const codec = new RecordCodec(layout);
          const bytes = Buffer.from(new RecordCodec(layout).encode(values));
          for (const [places, cut] of changes) {
            for (const [at, code] of places) bytes[at] = code;
            const input = cut ? bytes.subarray(0, layout.length - 1) : bytes;
            expect(codec.decode(input)).toEqual(new RecordCodec(layout).decode(input));
          }
        }),
        { numRuns: 60 },
      );
    });
  },
);

describe('a decoder on the records of a day', () => {
  it('reads each, sound or damaged, as if it were the first', async () => {
    const day = await dayFile(sampleInvoices());
    const records = Array.from({ length: day.length / 128 }, (_, index) => day.subarray(index * 128, (index + 1) * 128));
    const types = ['2', '4', '4M', '5'] as const;
    const edit = fc.option(fc.tuple(fc.nat({ max: 127 }), fc.constantFrom(32, 48, 49, 57, 65, 120)), { freq: 2 });
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.array(fc.tuple(fc.nat(), edit), { minLength: 3, maxLength: 20 }), (type, picks) => {
        const own = records.filter((record) => recordTypeAt(record, 0) === type);
        const layout: Layout = B2_LAYOUTS[type];
        const codec = (): RecordCodec => new RecordCodec(layout);
        const shared = codec();
        let faultless = 0;
        for (const [pick, change] of picks) {
          const record = Buffer.from(own[pick % own.length]!);
          if (change !== null) record[change[0]] = change[1];
          const alone = codec().decode(record);
          expect(shared.decode(record)).toEqual(alone);
          faultless += alone.faults.length === 0 ? 1 : 0;
        }
        fc.pre(faultless > 0);
      }),
      { numRuns: 150 },
    );
  });
});

describe('reading without checks', () => {
  it('gives what checked reading gives, whatever the bytes, record after record in one buffer', () => {
    const character = fc.constantFrom(0, 1, 32, 48, 57, 65, 127, 128, 233, 255);
    const edits = fc.array(fc.tuple(fc.nat({ max: 127 }), fc.integer({ min: 1, max: 16 }), character), { maxLength: 3 });
    fc.assert(
      fc.property(recordValues(B2_LAYOUTS['4']), fc.array(edits, { minLength: 2, maxLength: 10 }), (values, changes) => {
        const codec = new RecordCodec<Layout['fields']>(B2_LAYOUTS['4']);
        const bytes = Buffer.alloc(changes.length * 128);
        for (const [index, places] of changes.entries()) {
          bytes.set(codec.encode(values), index * 128);
          for (const [at, length, code] of places) bytes.fill(code, index * 128 + at, index * 128 + Math.min(128, at + length));
        }
        for (let index = 0; index < changes.length; index++) {
          const expected = new RecordCodec<Layout['fields']>(B2_LAYOUTS['4']).decode(bytes, index * 128, 128).values;
          expect(codec.values(bytes, bytes.toString('latin1'), index * 128)).toEqual(expected);
          expect(B2_CODECS['4'].values(bytes, bytes.toString('latin1'), index * 128)).toEqual(expected);
          expect(B2_CODECS['4'].decode(bytes, index * 128, 128, bytes.toString('latin1')).values).toEqual(expected);
        }
      }),
      { numRuns: 300 },
    );
  });
  it('gives what there is of a record that ends early', () => {
    expect(B2_CODECS['4'].values(Buffer.from('4999'), '4999', 0)).toMatchObject({ rec_type: '4', ps_billing_no: '999', invoice_no: '' });
  });
});
