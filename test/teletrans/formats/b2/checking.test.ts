import fc from 'fast-check';
import { checkB2 } from '../../../../src/teletrans/formats/b2/check';
import { readB2 } from '../../../../src/teletrans/formats/b2/reader';
import { dayFile, workedFile } from '../../../support/b2-files';
import { sampleInvoices } from '../../../support/invoices';

let worked: Buffer;
let day: Buffer;
beforeAll(async () => {
  worked = await workedFile();
  day = await dayFile(sampleInvoices());
});

type Edit = (file: Buffer) => Buffer;
/** Overwrites characters: record and position count from 1. */
const put =
  (record: number, position: number, text: string): Edit =>
  (file) => {
    const copy = Buffer.from(file);
    copy.write(text, (record - 1) * 128 + position - 1, 'latin1');
    return copy;
  };
const record = (file: Buffer, index: number): Buffer => file.subarray((index - 1) * 128, index * 128);
const rebuild = (file: Buffer, ...order: number[]): Buffer => Buffer.concat(order.map((index) => record(file, index)));
const cutAt = (file: Buffer, at: number, removed: number, added = ''): Buffer =>
  Buffer.concat([file.subarray(0, at), Buffer.from(added, 'latin1'), file.subarray(at + removed)]);

const summary = (file: Buffer) => checkB2(file).map(({ kind, record: at, field, position }) => [kind, at, field, position]);

describe('a sound file', () => {
  it('has no fault, and is read as lots, invoices, acts and details', () => {
    expect(checkB2(worked)).toEqual([]);
    expect(checkB2(day)).toEqual([]);
    const { header, lots, trailer } = readB2(worked);
    expect([header?.type, lots.length, trailer?.type]).toEqual(['000', 1, '999']);
    const [invoice] = lots[0]!.invoices;
    expect(invoice!.acts.map((act) => [act.line.values['act_code'], act.ccam.length])).toEqual([
      ['C    ', 0],
      ['PFM  ', 1],
    ]);
    expect(readB2(day).lots.flatMap((lot) => lot.invoices)).toHaveLength(24);
  });
});

describe('each wrong file has its own fault', () => {
  it.each<[string, Edit, unknown[]]>([
    [
      'cut inside a record',
      (file) => file.subarray(0, 1000),
      [
        ['length', 8, null, 105],
        ['missing-trailer', 8, null, null],
      ],
    ],
    ['cut inside the last record', (file) => file.subarray(0, 1100), [['length', 9, null, 77]]],
    ['cut after a record', (file) => file.subarray(0, 8 * 128), [['missing-trailer', 8, null, null]]],
    ['shifted by a missing byte at the start', (file) => file.subarray(1), [['shift', 1, null, null]]],
    ['shifted by one byte too many at the start', (file) => cutAt(file, 0, 0, ' '), [['shift', 1, null, null]]],
    ['shifted by a byte lost in the middle', (file) => cutAt(file, 3 * 128 + 20, 1), [['shift', 4, null, null]]],
    ['shifted by a byte added in the middle', (file) => cutAt(file, 3 * 128, 0, 'X'), [['shift', 3, null, null]]],
    ['wrong total of fees of the invoice', put(7, 58, '00031301'), [['total', 7, 'total_fees', 58]]],
    ['wrong total of the lot', put(8, 34, '000010011'), [['total', 8, 'total_amo', 34]]],
    ['wrong patient share', put(7, 74, '00021291'), [['total', 7, 'total_patient_share', 74]]],
    ['wrong counter of acts', put(7, 39, '003'), [['count', 7, 'count_type4', 39]]],
    ['wrong counter of invoices', put(8, 11, '002'), [['count', 8, 'count_invoices', 11]]],
    ['wrong volume', put(9, 56, '00000010'), [['volume', 9, 'file_volume', 56]]],
    ['wrong number of lots', put(9, 83, '002'), [['lot-count', 9, 'count_lots', 83]]],
    [
      'wrong key of a NIR',
      (file) => [3, 4, 5, 6, 7].reduce((bytes, at) => put(at, 25, '82')(bytes), file),
      [3, 4].map((at) => ['key', at, 'insured_nir', 12]),
    ],
    ['wrong key of the prescriber', put(3, 59, '999000012'), [['key', 3, 'prescriber_no', 67]]],
    ['foreign character', put(2, 32, 'é'), [['charset', 2, 'ps_name', 32]]],
    ['lower case', put(2, 32, 'b'), [['charset', 2, 'ps_name', 32]]],
    ['letter in a number', put(4, 113, 'O'), [['digits', 4, 'fee_amount', 113]]],
    ['records out of order: 4M before its act', (file) => rebuild(file, 1, 2, 3, 4, 6, 5, 7, 8, 9), [['identity', 5, 'sequence', 37]]],
    [
      'records out of order: end of invoice before its acts',
      (file) => rebuild(file, 1, 2, 3, 7, 4, 5, 6, 8, 9),
      [['order', 4, null, null]],
    ],
    ['records out of order: lot trailer first', (file) => rebuild(file, 1, 8, 2, 3, 4, 5, 6, 7, 9), [['order', 2, null, null]]],
    ['invoice without its end', (file) => rebuild(file, 1, 2, 3, 4, 5, 6, 8, 9), [['order', 7, null, null]]],
    ['lot without its end', (file) => rebuild(file, 1, 2, 3, 4, 5, 6, 7, 9), [['order', 8, null, null]]],
    [
      'lot number missing',
      (file) => put(8, 52, '000')(put(2, 20, '000')(file)),
      [
        ['lot-number', 2, 'lot_no', 20],
        ['lot-number', 8, 'lot_no', 52],
      ],
    ],
    [
      'lot number left blank',
      (file) => put(8, 52, '   ')(put(2, 20, '   ')(file)),
      [
        ['lot-number', 2, 'lot_no', 20],
        ['lot-number', 8, 'lot_no', 52],
      ],
    ],
    ['lot number of the trailer differs', put(8, 52, '008'), [['lot-number', 8, 'lot_no', 52]]],
    ['two headers 000', (file) => rebuild(file, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9), [['duplicate-header', 2, null, null]]],
    ['two files end to end', (file) => Buffer.concat([file, file]), [['duplicate-header', 10, null, null]]],
    ['text after 999', (file) => Buffer.concat([file, Buffer.from('FIN')]), [['after-trailer', 10, null, null]]],
    ['a record after 999', (file) => rebuild(file, 1, 2, 3, 4, 5, 6, 7, 8, 9, 8), [['after-trailer', 10, null, null]]],
    ['no header', (file) => rebuild(file, 2, 3, 4, 5, 6, 7, 8, 9), [['missing-header', 1, null, null]]],
    ['999 of another file', put(9, 50, '000043'), [['envelope', 9, 'file_id', 50]]],
    [
      'unknown record',
      (file) => Buffer.concat([file.subarray(0, 3 * 128), Buffer.from('3'.padEnd(128)), file.subarray(3 * 128)]),
      [['unknown-record', 4, null, null]],
    ],
    ['a day that does not exist', put(3, 40, '261131'), [['date', 3, 'invoice_date', 40]]],
    ['an act after the invoice', put(4, 68, '261124'), [['date', 4, 'act_date', 68]]],
    [
      'an invoice numbered zero',
      (file) => [3, 4, 5, 6, 7].reduce((bytes, at) => put(at, 27, '000000000')(bytes), file),
      [['invoice-number', 3, 'invoice_no', 27]],
    ],
    ['a record of another insured', put(5, 12, '1700275123457'), [['identity', 5, 'insured_nir', 12]]],
    ['a real invoice in a test lot', put(3, 37, 'R'), [['marking', 3, 'marking', 37]]],
    ['a changed constant', put(1, 83, '129'), [['constant', 1, 'record_length', 85]]],
    ['a blank mandatory field', put(2, 30, ' '.repeat(40)), [['mandatory', 2, 'ps_name', 30]]],
  ])('%s', (_, edit, expected) => {
    expect(summary(edit(worked))).toEqual(expect.arrayContaining(expected));
  });

  it('and no other where one thing alone is wrong', () => {
    for (const edit of [
      put(7, 74, '00021291'),
      put(8, 11, '002'),
      put(9, 56, '00000010'),
      put(3, 59, '999000012'),
      put(2, 32, 'é'),
      put(3, 40, '261131'),
      put(8, 52, '008'),
      put(9, 50, '000043'),
      put(2, 20, '   '),
      put(2, 20, '000'),
      put(8, 52, '   '),
    ])
      expect(summary(edit(worked))).toHaveLength(1);
    expect(summary(Buffer.concat([worked, Buffer.from('FIN')]))).toEqual([['after-trailer', 10, null, null]]);
  });

  it('says line ends only where none may travel', () => {
    const text = Buffer.from((worked.toString('latin1').match(/.{128}/gs) ?? []).join('\r\n'), 'latin1');
    expect(checkB2(text)).toEqual([]);
    expect(checkB2(text, { wire: true }).map(({ kind }) => kind)).toEqual(['separator']);
  });

  it('takes a line that lost its last blanks as a line of another length', () => {
    const lines = worked.toString('latin1').match(/.{128}/gs) ?? [];
    const trimmed = Buffer.from(lines.map((line) => line.trimEnd()).join('\n'), 'latin1');
    expect(
      checkB2(trimmed)
        .filter(({ kind }) => kind === 'length')
        .map(({ record: at }) => at),
    ).toEqual([1, 2, 3, 6, 9]);
  });

  it('counts continuations in records 5 and 6 when told so', () => {
    const file = put(8, 14, '0003')(put(7, 39, '003')(worked));
    expect(checkB2(file, { countContinuations: true })).toEqual([]);
    expect(checkB2(file)).toHaveLength(2);
  });
});

describe('the same value wrong in the same way', () => {
  const said = (file: Buffer) =>
    checkB2(file).map(({ kind, record: at, field, occurrences }) => [kind, at, field, ...(occurrences === undefined ? [] : [occurrences])]);

  it('is told in full in the first record of an invoice, and once with their number for those after it', () => {
    const wrong = [3, 4, 5, 6, 7].reduce((file, at) => put(at, 25, '82')(file), worked);
    expect(said(wrong)).toEqual([
      ['key', 3, 'insured_nir'],
      ['key', 4, 'insured_nir', 4],
    ]);
    expect(checkB2(wrong)[1]?.message).toBe(
      'NIR de l’assuré : la clé du NIR ne correspond pas. Même défaut que dans l’enregistrement 3 : 4 autres enregistrements de la facture.',
    );
  });

  it('is told again for the next invoice', () => {
    const [first, ...others] = readB2(day).lots[0]!.invoices;
    const invoices = [first!, others.find(({ header }) => header.values['insured_nir'] !== first!.header.values['insured_nir'])!];
    const wrong = invoices.flatMap(({ records }) => records).reduce((file, { index }) => put(index, 25, '00')(file), day);
    expect(said(wrong)).toEqual(
      invoices.flatMap(({ records }) => [
        ['key', records[0]!.index, 'insured_nir'],
        ['key', records[1]!.index, 'insured_nir', records.length - 1],
      ]),
    );
  });

  it('is told once for a lot where it is of the practitioner', () => {
    const wrong = [2, 3, 4, 5, 6, 7, 8].reduce((file, at) => put(at, 2, '999000012')(file), worked);
    expect(said(wrong)).toEqual([
      ['key', 2, 'ps_billing_no'],
      ['key', 3, 'ps_billing_no', 6],
    ]);
  });

  it('is its own fault where the value is another', () => {
    const wrong = put(5, 25, '83')(put(3, 25, '82')(worked));
    expect(said(wrong).filter(([kind]) => kind === 'key')).toEqual([
      ['key', 3, 'insured_nir'],
      ['key', 5, 'insured_nir'],
    ]);
  });
});

describe('a total over what could not be read', () => {
  /** Faults beyond those of the damaged record. */
  const elsewhere = (file: Buffer, damaged: number) => summary(file).filter(([, at]) => at !== damaged);

  it.each<[string, number, Edit]>([
    ['a character lost at the start of an act', 4, (file) => cutAt(file, 3 * 128 + 20, 1)],
    ['characters lost within an act', 4, (file) => cutAt(file, 3 * 128 + 60, 20)],
    ['many characters lost within an act', 4, (file) => cutAt(file, 3 * 128 + 60, 40)],
    ['a character added to an act', 4, (file) => cutAt(file, 3 * 128 + 100, 0, '1')],
    ['characters lost within the start of the invoice', 3, (file) => cutAt(file, 2 * 128 + 40, 9)],
    ['characters lost within the end of the invoice', 7, (file) => cutAt(file, 6 * 128 + 50, 9)],
  ])('is not compared, and the lot says so once: %s', (_, damaged, edit) => {
    const wrong = edit(worked);
    expect(summary(wrong)).toContainEqual(['shift', damaged, null, null]);
    expect(elsewhere(wrong, damaged)).toEqual([['unverified', 8, null, null]]);
  });

  it('leaves the other invoices and lots of the file compared', () => {
    const { lots } = readB2(day);
    const [first, second] = lots[0]!.invoices;
    const end = second!.trailer!.index;
    const wrong = cutAt(put(end, 58, '99999999')(day), first!.acts[0]!.line.index * 128 - 40, 10);
    const kinds = summary(wrong).filter(([kind]) => ['total', 'count', 'unverified', 'lot-count', 'volume'].includes(String(kind)));
    expect(kinds).toEqual(
      expect.arrayContaining([
        ['total', end, 'total_fees', 58],
        ['unverified', lots[0]!.trailer!.index, null, null],
      ]),
    );
    expect(new Set(kinds.map(([, at]) => at))).toEqual(new Set([end, lots[0]!.trailer!.index]));
  });

  it('is told of the number of lots where the records between two of them are lost', () => {
    const [first, second] = readB2(day).lots;
    const wrong = put(first!.trailer!.index, 1, 'X')(put(second!.header!.index, 1, 'X')(day));
    expect(summary(wrong)).toContainEqual(['unverified', readB2(day).records.length, 'count_lots', 83]);
    expect(summary(wrong).map(([kind]) => kind)).not.toContain('lot-count');
  });
});

describe('a damaged file', () => {
  it('is read on after lost and added characters: every other record keeps its type', () => {
    const types = (file: Buffer) =>
      readB2(file)
        .records.map(({ type }) => type)
        .join(' ');
    const whole = '000 1 2 4 4 4M 5 6 999';
    expect(types(cutAt(worked, 3 * 128 + 20, 1))).toBe('000 1 2 ? 4 4M 5 6 999');
    expect(types(cutAt(worked, 3 * 128 + 60, 1))).toBe(whole);
    expect(types(cutAt(worked, 5 * 128 + 60, 7))).toBe(whole);
    expect(types(cutAt(worked, 4 * 128, 0, 'XYZ'))).toBe(whole);
    expect(types(worked.subarray(1))).toBe(whole.replace('000', '?'));
  });

  it('never leaks what a field says of a patient', () => {
    fc.assert(
      fc.property(fc.nat({ max: worked.length - 1 }), fc.constantFrom('#', 'a', 'Z', '9'), (at, character) => {
        const text = checkB2(put(1, at + 1, character)(worked))
          .map(({ message }) => message)
          .join('\n');
        expect(text).not.toMatch(/17002751|HBLD|PFM/);
      }),
      { numRuns: 300 },
    );
  });

  it('never makes the check throw or loop, and gives places that exist', () => {
    const change = fc.tuple(fc.nat(), fc.nat({ max: 255 }), fc.constantFrom('set', 'insert', 'remove', 'cut', 'repeat'));
    const mutated = fc.tuple(fc.boolean(), fc.array(change, { minLength: 1, maxLength: 8 })).map(([small, changes]) =>
      changes.reduce(
        (bytes, [place, byte, how]) => {
          const at = bytes.length === 0 ? 0 : place % bytes.length;
          if (how === 'set') return cutAt(bytes, at, 1, String.fromCharCode(byte));
          if (how === 'insert') return cutAt(bytes, at, 0, String.fromCharCode(byte));
          if (how === 'remove') return cutAt(bytes, at, 1 + (byte % 200));
          if (how === 'cut') return bytes.subarray(0, at);
          return Buffer.concat([bytes, bytes.subarray(at, at + 256)]);
        },
        small ? worked : day,
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          mutated,
          fc.uint8Array({ maxLength: 2000 }).map((raw) => Buffer.from(raw)),
        ),
        (bytes) => {
          const { records } = readB2(bytes);
          for (const fault of checkB2(bytes)) {
            expect(fault.record).toBeGreaterThanOrEqual(1);
            expect(fault.record).toBeLessThanOrEqual(Math.max(1, records.length));
            expect(fault.message).not.toBe('');
          }
        },
      ),
      { numRuns: 1500 },
    );
  });
});
