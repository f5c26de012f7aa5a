import fc from 'fast-check';
import { readBlocks, writeBlocks } from '../../../../src/teletrans/formats/noemie/physical';
import { readNoemie } from '../../../../src/teletrans/formats/noemie/reader';
import { encodeEntity, encodeNoemieFile } from '../../../../src/teletrans/formats/noemie/writer';
import { sampleReturn } from '../../../support/noemie-files';

const block = (character: string): Buffer => Buffer.alloc(128, character);

describe('the physical form of NOEMIE', () => {
  it('gives back any stream that does not end in a blank, whatever its length', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('A', '0', '9', ' ', '@'), maxLength: 700 }), (text) => {
        const stream = Buffer.from(`${text}@`);
        const file = writeBlocks(block('H'), stream, block('T'));
        expect(file).toHaveLength(128 * (2 + Math.ceil(stream.length / 127)));
        const read = readBlocks(file);
        expect([read.stream.toString(), read.faults, read.oddFlags]).toEqual([stream.toString(), [], []]);
        expect([read.header.toString(), read.trailer?.toString()]).toEqual([block('H').toString(), block('T').toString()]);
      }),
    );
  });

  it('marks the last data block alone with 1, and adds no padding to a full one', () => {
    const file = writeBlocks(block('H'), Buffer.alloc(254, 'x'), block('T'));
    expect([file.length, file[128], file[256], file.toString('latin1', 383, 384)]).toEqual([512, 48, 49, 'x']);
  });

  it('tells blocks apart by their place, not by their first characters', () => {
    const file = writeBlocks(block('H'), Buffer.from(`${'99'.padEnd(127)}@`), block('T'));
    file.write('9', 128);
    expect(readBlocks(file)).toMatchObject({ faults: [], oddFlags: [2], blocks: 4 });
  });
});

describe('reading a return', () => {
  const bytes = sampleReturn();

  it('gives every entity in order, without a fault or warning', () => {
    const file = readNoemie(bytes);
    expect(file.entities.map(({ code }) => code)).toEqual([
      '000',
      '020',
      '040',
      '071',
      '080',
      '102',
      '103',
      '198',
      '199',
      '294',
      '990',
      '999',
    ]);
    expect([file.faults, file.warnings]).toEqual([[], []]);
    expect(file.stream.find(({ code }) => code === '198')?.values).toMatchObject({ state: 'P', paid: '00010010' });
  });

  it('accepts an entity that leaves out its optional last fields', () => {
    const short = encodeEntity('071', { break_level: '02', transfer_date: '261130', transfer_label1: 'VIREMENT' }).subarray(0, 43);
    const file = readNoemie(withEntities(Buffer.concat([short, Buffer.from('@')])));
    expect(file.faults).toEqual([]);
    expect(file.stream[0]?.values).toMatchObject({ transfer_date: '261130', transfer_label2: '', paying_body: '' });
  });

  it('reports an entity that ends inside a mandatory field', () => {
    const file = readNoemie(withEntities(Buffer.from('08003261@')));
    expect(file.faults.map(({ record, field, position }) => [record, field, position])).toEqual(
      expect.arrayContaining([
        [2, 'lot_date', 9],
        [2, 'lot_no', 12],
      ]),
    );
  });

  it('keeps an unknown entity and one without an end, and reports both', () => {
    const file = readNoemie(withEntities(Buffer.from('77703ABC@08003261123007')));
    expect(file.stream.map(({ code }) => code)).toEqual(['?', '080']);
    expect(file.stream[0]?.bytes.toString()).toBe('77703ABC@');
    expect(file.faults.map(({ record, field }) => [record, field])).toEqual([
      [2, null],
      [3, 'end_mark'],
    ]);
  });

  it.each([
    ['the number of blocks', { at: -128 + 55, text: '00000099' }, 'record_count'],
    ['the number of lots', { at: -128 + 82, text: '009' }, 'lot_count'],
    ['the total', { at: -128 + 85, text: '00000000001' }, 'file_total'],
  ])('warns, no more, when 999 differs in %s', (_, { at, text }, field) => {
    const copy = Buffer.from(bytes);
    copy.write(text, copy.length + at);
    const file = readNoemie(copy);
    expect(file.faults).toEqual([]);
    expect(file.warnings.map((warning) => warning.field)).toEqual([field]);
  });

  it('warns when 990 counts or sums otherwise', () => {
    const copy = Buffer.from(bytes);
    const at = copy.indexOf('FIN  ') + 17;
    copy.write('00000002', at);
    expect(readNoemie(copy).warnings.map(({ field }) => field)).toEqual(['lower_level_count']);
  });

  it.each<[string, (file: Buffer) => Buffer, RegExp]>([
    ['cut after a block', (file) => file.subarray(0, -128), /999 manque/],
    ['cut inside a block', (file) => file.subarray(0, -30), /s’arrête après 98/],
    ['without a last data block', (file) => Buffer.concat([file.subarray(0, 384), file.subarray(-128)]), /marqué comme le dernier/],
    ['with something after 999', (file) => Buffer.concat([file, Buffer.from('X')]), /après le bloc de fin/],
  ])('says that a file is %s', (_, edit, message) => {
    expect(
      readNoemie(edit(bytes))
        .faults.map((fault) => fault.message)
        .join('\n'),
    ).toMatch(message);
  });

  it('never throws on arbitrary or damaged bytes', () => {
    const damaged = fc.array(fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 })), { maxLength: 6 }).map((changes) => {
      const copy = Buffer.from(bytes);
      for (const [at, value] of changes) copy[at] = value;
      return copy;
    });
    fc.assert(
      fc.property(
        fc.oneof(
          damaged,
          fc.uint8Array({ maxLength: 1500 }).map((raw) => Buffer.from(raw)),
        ),
        fc.nat({ max: 2000 }),
        (input, end) => {
          const file = readNoemie(input.subarray(0, end));
          for (const fault of file.faults) expect(fault.record).toBeLessThanOrEqual(file.entities.length);
        },
      ),
      { numRuns: 1500 },
    );
  });
});

function withEntities(stream: Buffer): Buffer {
  const ends = { sender_type: 'CP', sender_no: '00000001999999', recipient_type: 'TP', recipient_no: '00000999000011', file_id: '000301' };
  return encodeNoemieFile({ ...ends, file_date: '261130', exchange_ref: '0930', currency: 'U', record_length: 128 }, [stream], {
    ...ends,
    lot_count: stream.toString('latin1').startsWith('080') || stream.includes('@080') ? 1 : 0,
    file_total: 0,
    sign: 'P',
  });
}
