import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { nirKey } from '../../../../src/teletrans/domain/keys';
import { B2_RECORDS } from '../../../../src/teletrans/formats/b2/records';
import { B2_SHAPES } from '../../../../src/teletrans/formats/b2/shapes';
import { RecordCodec } from '../../../../src/teletrans/formats/fixed-width/codec';
import type { FieldRow, Layout } from '../../../../src/teletrans/formats/fixed-width/layout';
import { formatFault } from '../../../../src/teletrans/formats/fixed-width/rules';
import { loopOver } from '../../../../src/teletrans/formats/fixed-width/shape';
import { soundFields } from '../../../../src/teletrans/formats/fixed-width/sound-fields';
import { NOEMIE_LAYOUTS } from '../../../../src/teletrans/formats/noemie/entities';
import { recordValues } from '../../../support/record-arbitraries';

const B2: readonly (readonly [string, Layout])[] = Object.entries<Layout>(B2_RECORDS);
const ALL: readonly (readonly [string, Layout])[] = [...B2, ...Object.entries<Layout>(NOEMIE_LAYOUTS)];

function outcome(run: () => Buffer): string {
  try {
    return run().toString('latin1');
  } catch (error) {
    return JSON.stringify(error);
  }
}

describe('the generator of the shapes', () => {
  it('finds b2/shapes.ts to be what the tables say', () => {
    const script = join(__dirname, '..', '..', '..', '..', 'scripts', 'generate-record-shapes.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });
});

/** Records that end early, and whole ones: of any bytes, and of those at the ends of what short fields are looked up by. */
const foreignBytes = fc.oneof(
  fc.uint8Array({ maxLength: 127 }),
  fc.uint8Array({ minLength: 128, maxLength: 140 }),
  fc
    .array(fc.constantFrom(32, 32, 32, 31, 33, 48, 65, 95, 96, 127, 128, 255), { minLength: 128, maxLength: 140 })
    .map((codes) => Uint8Array.from(codes)),
);

describe.each(B2)('record %s written out field by field', (name, layout) => {
  const odd = fc.constantFrom<unknown>('é', 'x'.repeat(200), -1, 1.5, '', ' ', null, true, {}, Number.NaN, 2 ** 53, 10 ** 12, undefined);
  const rows = layout.fields.filter((row) => row.constant === undefined).map((row) => row.name);
  const inputs = fc.array(fc.tuple(recordValues(layout), fc.option(fc.tuple(fc.constantFrom(...rows), odd))), {
    minLength: 1,
    maxLength: 6,
  });

  it('is written and refused as by a loop over its table', () => {
    const written = new RecordCodec(layout, B2_SHAPES[name]);
    const looped = new RecordCodec(layout, loopOver(layout));
    fc.assert(
      fc.property(inputs, (records) => {
        for (const [values, broken] of records) {
          const input = (broken === null ? values : { ...values, [broken[0]]: broken[1] }) as Record<string, string | number>;
          expect(outcome(() => written.encode(input))).toBe(outcome(() => looped.encode(input)));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is read as by a loop over its table, whatever the bytes', () => {
    const written = new RecordCodec(layout, B2_SHAPES[name]);
    const looped = new RecordCodec(layout, loopOver(layout));
    fc.assert(
      fc.property(foreignBytes, fc.nat({ max: 10 }), (bytes, offset) => {
        const foreign = Buffer.from(bytes);
        const text = foreign.toString('latin1');
        expect(written.values(foreign, text, offset)).toEqual(looped.values(foreign, text, offset));
        expect(written.decode(foreign, offset)).toEqual(looped.decode(foreign, offset));
        expect(written.decode(foreign, offset, foreign.length - offset, text)).toEqual(looped.decode(foreign, offset));
      }),
      { numRuns: 60 },
    );
  });
});

/** Bytes of a field: right, nearly right, or nothing of the kind. */
function fieldBytes(row: FieldRow): fc.Arbitrary<string> {
  const of = (unit: string): fc.Arbitrary<string> =>
    fc.string({ unit: fc.constantFrom(...Array.from(unit)), minLength: row.length, maxLength: row.length });
  const usual = [of('0'), of(' '), of('0 '), of('0123456789'), of('0123456789 AB')];
  const date = fc
    .constantFrom('260228', '240229', '250229', '261131', '261231', '261301', '260100', '000000', '      ')
    .filter((text) => text.length === row.length);
  if (row.format === 'date' || row.format === 'birth-date') return fc.oneof(date, ...usual);
  const nir = fc
    .tuple(fc.constantFrom('1700275', '270022A', '170022B', '9700275', '17002 5'), of('0123456789'))
    .map(([head, tail]) => (head + tail).slice(0, row.length));
  if (row.format === 'nir') return fc.oneof(nir, ...usual);
  return fc.oneof(...usual);
}

const EXAMINED = ALL.flatMap(([name, layout]) => soundFields(layout).map((field) => [`${name} ${field.row.name}`, field, layout] as const));

describe('what is looked at on the bytes alone', () => {
  it('is every field that has a rule', () => {
    const named = new Set(EXAMINED.map(([name]) => name));
    for (const [name, layout] of ALL)
      for (const row of layout.fields)
        if (['date', 'birth-date', 'luhn', 'nir'].includes(row.format ?? '')) expect(named).toContain(`${name} ${row.name}`);
  });
  it.each(EXAMINED)('%s: nothing passes that its rule refuses', (_, { row, at, isSound }, layout) => {
    const keyRow = layout.fields.find(({ name }) => name === `${row.name}_key`);
    fc.assert(
      fc.property(fieldBytes(row), fc.boolean(), fc.constantFrom('01', '81', '  ', '9A'), (text, right, wrong) => {
        const key = right && /^\d{5}[\dAB]/.test(text) ? nirKey(text).slice(-2) : wrong;
        const record = Buffer.alloc(layout.length, ' ');
        record.write(text, at, 'latin1');
        if (keyRow !== undefined) record.write(key, keyRow.start - 1, 'latin1');
        const fault = formatFault(row, { [row.name]: text, [`${row.name}_key`]: key });
        const blank = row.presence === 'M' && row.kind === 'A' && row.empty !== true && text.trim() === '';
        if (isSound(record, at)) expect([fault, blank]).toEqual([null, false]);
      }),
      { numRuns: 150 },
    );
  });
});
