import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNoemie } from '../../../../src/teletrans/formats/noemie/reader';
import { RejectionCodes } from '../../../../src/teletrans/formats/noemie/rejection-codes';
import { readRsp } from '../../../../src/teletrans/formats/noemie/rsp';
import type { Rsp } from '../../../../src/teletrans/formats/noemie/rsp-model';
import { encodeEntity, encodeNoemieFile } from '../../../../src/teletrans/formats/noemie/writer';
import { sampleReturn } from '../../../support/noemie-files';

const CODES = RejectionCodes.parse(JSON.parse(readFileSync(join(__dirname, '../../../../addin/tables/rejection-codes.json'), 'utf8')));
const level = { break_level: '03' };
const ENDS = { sender_type: 'CP', sender_no: '00000001999999', recipient_type: 'TP', recipient_no: '00000999000011', file_id: '000301' };

function fileOf(...entities: Buffer[]): Buffer {
  return encodeNoemieFile({ ...ENDS, file_date: '261130', exchange_ref: '0930', currency: 'U', record_length: 128 }, entities, {
    ...ENDS,
    lot_count: 0,
    file_total: 0,
    sign: 'P',
  });
}
const read = (bytes: Buffer): Rsp => readRsp(readNoemie(bytes), CODES);
const payee = (no: string): Buffer => encodeEntity('040', { break_level: '02', payee_no: no });
const lot = (no: string): Buffer => encodeEntity('080', { ...level, lot_date: '261123', lot_no: no });
const invoice = (no: string, kind = 'F'): Buffer => encodeEntity('102', { ...level, invoice_no: no, invoice_kind: kind });
const amo = (state: string, requested = 10010, paid = 0, sign = 'P'): Buffer =>
  encodeEntity('198', { ...level, requested, state, paid, sign });
const amc = (state: string, requested = 2129, paid = 0): Buffer =>
  encodeEntity('199', { ...level, requested, state, paid, sign: 'P', amc_no: '0810000018' });
const rejection = (code: string, part: string, at = 'F', line = 0): Buffer =>
  encodeEntity('294', { ...level, code, label: 'LIBELLE DU FICHIER', level: at, part, line_no: line });

describe('the return of a payer', () => {
  it('says of each part what was asked, what was paid and why not', () => {
    const { invoices, faults, warnings } = read(sampleReturn());
    expect([faults, warnings]).toEqual([[], []]);
    expect(invoices).toEqual([
      {
        record: 6,
        billingNumber: '999000011',
        number: '000000101',
        lotNumber: '007',
        lotDate: '261123',
        kind: 'F',
        transfer: 0,
        comments: [],
        otherRejections: [],
        amo: { requested: 10010, paid: 10010, sign: 'P', state: 'paid', rejections: [] },
        amc: {
          amcNumber: '0810000018',
          requested: 2129,
          paid: 0,
          sign: 'P',
          state: 'rejected',
          rejections: [{ code: '2600', refined: null, label: 'CODE ASSOCIATION DIFFERENT', advice: null, level: 'invoice', line: null }],
        },
      },
    ]);
  });

  it.each([
    ['P', 10010, 'P', 'paid'],
    ['P', 9000, 'P', 'part-paid'],
    ['R', 0, 'P', 'rejected'],
    ['D', 0, 'P', 'deferred'],
    [' ', 0, 'P', 'unprocessed'],
    ['X', 0, 'P', 'unknown'],
    ['P', 10010, 'N', 'recovered'],
  ])('state %s, paid %d, sign %s: %s', (letter, paid, sign, state) => {
    expect(read(fileOf(invoice('000000101'), amo(letter, 10010, paid, sign))).invoices[0]?.amo).toMatchObject({ state, paid, sign });
  });

  it('gives each invoice the practitioner and lot it stands under', () => {
    const { invoices } = read(
      fileOf(
        payee('999000011'),
        lot('007'),
        invoice('000000101'),
        invoice('000000102', 'D'),
        payee('999000029'),
        lot('008'),
        invoice('000000201'),
      ),
    );
    expect(invoices.map((one) => [one.billingNumber, one.number, one.lotNumber, one.lotDate, one.kind])).toEqual([
      ['999000011', '000000101', '007', '261123', 'F'],
      ['999000011', '000000102', '007', '261123', 'D'],
      ['999000029', '000000201', '008', '261123', 'F'],
    ]);
  });

  it('takes meaning and advice from the table when the refined code is known, and the words of the file when it is not', () => {
    const { invoices } = read(
      fileOf(invoice('000000101'), amo('R'), rejection('2600', 'O'), rejection('0710', 'O', 'A'), rejection('9999', 'O', 'L', 2)),
    );
    expect(invoices[0]?.amo?.rejections).toEqual([
      {
        code: '2600',
        refined: '710',
        label: 'Numéro de dent incompatible avec l’acte',
        advice: 'Corriger la facture.',
        level: 'invoice',
        line: null,
      },
      { code: '9999', refined: null, label: 'LIBELLE DU FICHIER', advice: null, level: 'line', line: 2 },
    ]);
  });

  it('keeps reasons with their part; what is said of AMO or both explains an AMC part that has no reason of its own', () => {
    const own = read(fileOf(invoice('000000101'), amo('R'), amc('R'), rejection('0650', 'O'), rejection('9999', 'C'))).invoices[0];
    expect([own?.amo?.rejections.map(({ code }) => code), own?.amc?.rejections.map(({ code }) => code)]).toEqual([['0650'], ['9999']]);
    const shared = read(fileOf(invoice('000000101'), amo('R'), amc('R'), rejection('0650', 'O'))).invoices[0];
    expect([shared?.amo?.rejections.length, shared?.amc?.rejections.length]).toEqual([1, 1]);
    const paid = read(fileOf(invoice('000000101'), amo('R'), amc('P', 2129, 2129), rejection('0650', 'O'))).invoices[0];
    expect(paid?.amc?.rejections).toEqual([]);
  });

  it('drops no reason of a part that the return does not hold', () => {
    const [one] = read(fileOf(invoice('000000101'), rejection('0650', 'O'), rejection('9999', 'C'))).invoices;
    expect([one?.amo, one?.amc, one?.otherRejections.map(({ code }) => code)]).toEqual([null, null, ['0650', '9999']]);
  });

  it('warns of a part without an invoice, keeps the money of a second part, and passes on the controls', () => {
    const { warnings, invoices } = read(fileOf(amo('P'), lot('007'), invoice('000000101'), amo('P', 1, 1), amo('P', 2, 2)));
    expect(warnings.map(({ record, field }) => [record, field])).toEqual([
      [7, 'lot_count'],
      [2, null],
    ]);
    expect(invoices.map(({ number, amo: part }) => [number, part?.paid])).toEqual([
      ['000000101', 1],
      ['000000101', 2],
    ]);
  });

  it('tells who sent it, which transfers pay it, and the money that is no invoice’s', () => {
    const transfer = (date: string, label: string): Buffer =>
      encodeEntity('071', { break_level: '02', transfer_date: date, transfer_label1: label });
    const debt = { ...level, line_no: 1, debt_ref: 'IND1', debt_date: '261101', debt_kind: 'IPI', recovery_kind: 'RPR' };
    const rsp = read(
      fileOf(
        payee('999000011'),
        transfer('261130', 'VIREMENT UN'),
        invoice('000000101'),
        amo('P', 100, 100),
        encodeEntity('250', { ...debt, amount: 40, sign: 'N' }),
        transfer('261201', 'VIREMENT DEUX'),
        encodeEntity('261', { ...level, lump_code: '00012', amount: 490 }),
        invoice('000000102'),
        encodeEntity('990', { break_level: '99', lower_level_count: 2, lower_level_total: 100, sign: 'N' }),
      ),
    );
    expect(rsp.source).toMatchObject({ senderType: 'CP', senderNumber: '00000001999999', fileId: '000301', fileDate: '261130' });
    expect(rsp.transfers.map(({ date, label }) => [date, label])).toEqual([
      ['261130', 'VIREMENT UN'],
      ['261201', 'VIREMENT DEUX'],
    ]);
    expect(rsp.invoices.map((one) => one.transfer)).toEqual([0, 1]);
    expect(rsp.otherAmounts.map(({ kind, transfer: rank, code, amount }) => [kind, rank, code, amount])).toEqual([
      ['debt', 0, 'IPI RPR', -40],
      ['lump', 1, '00012', 490],
    ]);
    expect(rsp.statedTotal).toBe(-100);
  });

  it('never throws, and loses no invoice that the reader found, whatever the bytes', () => {
    const bytes = sampleReturn();
    const edits = fc.array(fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 })), { maxLength: 8 });
    fc.assert(
      fc.property(edits, fc.nat({ max: bytes.length }), (changes, end) => {
        const copy = Buffer.from(bytes);
        for (const [at, value] of changes) copy[at] = value;
        const file = readNoemie(copy.subarray(0, end));
        const found = file.stream.filter(({ code }) => code === '100' || code === '102');
        expect([...new Set(readRsp(file, CODES).invoices.map(({ record }) => record))]).toEqual(found.map(({ index }) => index));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the table of rejection codes', () => {
  it('knows each code with its refinement, and a code alone when it has but one meaning', () => {
    expect(CODES.find('2600', '649', null)?.label).toMatch(/association/);
    expect(CODES.find('0650', null, null)?.refined).toBe('001');
    expect([CODES.find('2600', null, null), CODES.find('2600', '000', null)]).toEqual([null, null]);
  });
  it('prefers the row of the AMC itself, and keeps it from the others', () => {
    const row = { code: '0100', refined: '001', label: 'a', advice: 'b', profession: 'c' };
    const codes = new RejectionCodes([row, { ...row, amc: '0810000018', label: 'own' }]);
    expect([codes.find('0100', '001', '0810000018')?.label, codes.find('0100', '001', null)?.label]).toEqual(['own', 'a']);
  });
  it.each([[null], [{}], [{ codes: [{ code: '1' }] }], [{ codes: 'x' }]])('refuses %j', (json) => {
    expect(() => RejectionCodes.parse(json)).toThrow(TypeError);
  });
});
