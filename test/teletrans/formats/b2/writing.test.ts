import { isVitaleError } from '../../../../src/teletrans/domain/errors';
import type { Act, Invoice } from '../../../../src/teletrans/domain/invoice';
import { B2FileFormatter } from '../../../../src/teletrans/formats/b2/file-formatter';
import { B2LotFormatter } from '../../../../src/teletrans/formats/b2/lot-formatter';
import { SimulatorSealer } from '../../../../src/teletrans/formats/b2/simulator-sealer';
import { dayFile, FILE_HEADER, LOT_HEADER, workedFile } from '../../../support/b2-files';
import { fieldOf, independentProblems, linesOf } from '../../../support/independent-b2-checker';
import { sampleInvoices } from '../../../support/invoices';

const formatter = new B2LotFormatter();

const ACT: Act = {
  code: 'C',
  date: '2026-11-20',
  quantity: 1,
  coefficient: 100,
  unitPrice: 2300,
  base: 2300,
  rate: 70,
  amo: 1610,
  fee: 2300,
  place: '0',
};
const BASE: Invoice = {
  format: 'logosw.facture/1',
  id: 'ESSAI-1',
  kind: 'FSE',
  number: '000000501',
  marking: 'T',
  securing: 'S',
  completedOn: '2026-11-20',
  practitioner: { billingNumber: '999000011', situation: '1' },
  insured: { nir: '1700275123456', nirKey: '81' },
  beneficiary: { lastName: 'Lefèvre', firstName: 'Ève', birthDate: '1970-02-14', birthRank: 1, quality: 'A' },
  amo: { regime: '01', fund: '999', centre: '0001', insuranceNature: '10', exemption: '0' },
  thirdParty: 'amo',
  split: 'none',
  acts: [ACT],
  totals: { fees: 2300, amo: 1610, patientShare: 690, amc: 0 },
};
const AMC = { number: '810000018', member: '123', contractType: '89', routing: { code: 'OT', host: '002', domain: 'oct.test.invalid' } };

const lines = (invoice: Invoice) => linesOf(formatter.encodeInvoice(invoice).bytes);
const types = (invoice: Invoice) =>
  lines(invoice)
    .map(({ type }) => type)
    .join(' ');
const value = (invoice: Invoice, type: string, field: string) =>
  fieldOf(
    lines(invoice).find((line) => line.type === type)!,
    field,
  );
const withAct = (act: Partial<Act>): Invoice => ({ ...BASE, acts: [{ ...ACT, ...act }] });

function failure(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return isVitaleError(error) ? { code: error.code, ...error.details } : error;
  }
  return 'nothing thrown';
}

describe('the records of an invoice', () => {
  it('are 2, 2B, 4 and 5 when there is nothing more to say', () => {
    expect(types(BASE)).toBe('2 2B 4 5');
  });
  it('have a 2S when the beneficiary has a NIR of their own, with its key', () => {
    const invoice: Invoice = { ...BASE, beneficiary: { ...BASE.beneficiary, nir: '170022A123456' } };
    expect(types(invoice)).toBe('2 2S 2B 4 5');
    expect(value(invoice, '2S', 'individual_nir_key')).toBe('41');
  });
  it('have a 2M when a complementary insurer is named, its number on ten digits', () => {
    const invoice: Invoice = { ...BASE, amc: AMC, thirdParty: 'amo+amc' };
    expect(types(invoice)).toBe('2 2M 2B 4 5');
    expect(value(invoice, '2', 'amc_no')).toBe('0810000018');
    expect(value(invoice, '2M', 'amc_no')).toBe('0810000018');
    expect(value(invoice, '2M', 'amc_member_id')).toBe('000000000000123');
    expect(value(invoice, '2M', 'amc_domain')).toBe('OCT.TEST.INVALID    ');
    expect(value(invoice, '2', 'contract_type')).toBe('89');
  });
  it.each<[string, Invoice, string]>([
    ['a prior approval', withAct({ priorApproval: { code: '4', on: '2026-10-01' } }), '2 2B 4 4S 5'],
    ['a prior approval code 9', withAct({ priorApproval: { code: '9' } }), '2 2B 4 5'],
    ['an exemption', withAct({ exemption: '4' }), '2 2B 4 4S 5'],
    ['an exemption code 0', withAct({ exemption: '0' }), '2 2B 4 5'],
    ['a locum', { ...BASE, practitioner: { ...BASE.practitioner, replacement: '999000029' } }, '2 2B 4 4S 5'],
  ])('have or have not a 4S: %s', (_, invoice, expected) => {
    expect(types(invoice)).toBe(expected);
  });
  it('put one 4M per CCAM act after the 4S, by date of session, numbered as their act', () => {
    const ccam = ['2026-11-19', undefined, '2026-11-02'].map((on, index) => ({
      code: `HBLD00${index}`,
      activity: '1',
      ...(on === undefined ? {} : { on }),
    }));
    const invoice: Invoice = { ...BASE, acts: [ACT, { ...ACT, exemption: '4', ccam }] };
    expect(types(invoice)).toBe('2 2B 4 4 4S 4M 4M 4M 5');
    const details = lines(invoice).filter(({ type }) => type === '4M');
    expect(details.map((line) => [fieldOf(line, 'session_date'), fieldOf(line, 'ccam_code').trim(), fieldOf(line, 'sequence')])).toEqual([
      ['261102', 'HBLD002', '02'],
      ['261119', 'HBLD000', '02'],
      ['261120', 'HBLD001', '02'],
    ]);
  });
  it('carry a prior approval in both 4 and 4S', () => {
    const invoice = withAct({ priorApproval: { code: '5', on: '2026-10-01' } });
    for (const type of ['4', '4S']) {
      expect(value(invoice, type, 'prior_approval_code')).toBe('5');
      expect(value(invoice, type, 'prior_approval_date')).toBe('261001');
    }
    expect(value(BASE, '4', 'prior_approval_code')).toBe('9');
  });
  it.each([
    ['none', '00'],
    ['amo', '05'],
    ['amo+amc', '15'],
    ['amc', '25'],
  ] as const)('say who is paid: %s is %s', (thirdParty, payee) => {
    expect(value({ ...BASE, thirdParty }, '2', 'payee')).toBe(payee);
    expect(value({ ...BASE, kind: 'DRE', thirdParty }, '2', 'payee')).toBe(payee);
  });
  it.each([
    ['none', ' ', '00', ' '],
    ['practice', 'E', '89', ' '],
    ['oct', ' ', '99', 'A'],
  ] as const)('say who splits: %s', (split, flag, contract, octFlag) => {
    const invoice: Invoice = { ...BASE, split, amc: AMC };
    expect([value(invoice, '2', 'split_flag'), value(invoice, '2', 'contract_type'), value(invoice, '5', 'oct_split_flag')]).toEqual([
      flag,
      split === 'none' ? '89' : contract,
      octFlag,
    ]);
  });
  it.each([
    ['S', 'F'],
    ['F', 'F'],
    ['D', 'F'],
    [' ', ' '],
  ] as const)('securing %j gives invoice type %j', (securing, type) => {
    expect(value({ ...BASE, securing }, '2', 'invoice_type')).toBe(type);
  });
  it('write an accident by its number or by its date and three zeros', () => {
    expect(value({ ...BASE, amo: { ...BASE.amo, accident: { on: '2026-11-03' } } }, '2', 'accident_no')).toBe('261103000');
    expect(value({ ...BASE, amo: { ...BASE.amo, accident: { number: '123456789' } } }, '2', 'accident_no')).toBe('123456789');
  });
  it('name the prescriber, or the performer where there is none', () => {
    expect([value(BASE, '2', 'prescriber_no'), value(BASE, '2', 'prescription_date')]).toEqual(['999000011', '261120']);
    const prescriber = { number: '999000037', on: '2026-11-01', specialty: '18' };
    const invoice: Invoice = { ...BASE, amo: { ...BASE.amo, prescriber } };
    expect(['prescriber_no', 'prescription_date', 'prescriber_specialty'].map((field) => value(invoice, '2', field))).toEqual([
      '999000037',
      '261101',
      '18',
    ]);
  });
  it('keep a lunar birth date as it is', () => {
    expect(value({ ...BASE, beneficiary: { ...BASE.beneficiary, birthDate: '1951-42-00' } }, '2', 'birth_date')).toBe('514200');
  });
  it('shorten names to their fields, and fold them', () => {
    const invoice: Invoice = {
      ...BASE,
      beneficiary: { ...BASE.beneficiary, lastName: 'De La Tour du Pin Chambly de La Charce', firstName: 'Jean-Noël' },
    };
    expect(value(invoice, '2B', 'last_name')).toBe('DE LA TOUR DU PIN CHAMBLY');
    expect(value(invoice, '2B', 'first_name')).toBe('JEAN-NOEL      ');
    expect(value(invoice, '2B', 'title')).toBe('   ');
  });
  it('total what the acts say', () => {
    const invoice: Invoice = { ...BASE, acts: [ACT, { ...ACT, fee: 29000, amo: 8400, amc: 100 }] };
    expect(formatter.encodeInvoice(invoice)).toMatchObject({
      number: '000000501',
      actLines: 2,
      type2: 2,
      totals: { fees: 31300, amo: 10010, amc: 100 },
    });
    expect(value(invoice, '5', 'total_patient_share')).toBe('00021290');
  });
});

describe('what cannot be written is refused, never cut', () => {
  it.each<[string, Invoice, Record<string, unknown>]>([
    ['a fee above 99,999.99 euros', withAct({ fee: 10_000_000 }), { code: 'FAC-011', record: '4', field: 'fee_amount', position: 113 }],
    ['an act code of six letters', withAct({ code: 'ABCDEF' }), { code: 'FAC-011', record: '4', field: 'act_code', position: 78 }],
    [
      'a total of fees above 999,999.99 euros',
      { ...BASE, acts: Array.from({ length: 11 }, () => ({ ...ACT, fee: 9_999_999 })) },
      { code: 'FAC-011', record: '5', field: 'total_fees', position: 58 },
    ],
    [
      'seventeen teeth',
      withAct({ ccam: [{ code: 'HBLD038', activity: '1', teeth: Array.from({ length: 17 }, () => '36') }] }),
      { code: 'FAC-011', record: '4M', field: 'teeth', position: 102 },
    ],
    ['27 CCAM details', withAct({ ccam: Array.from({ length: 27 }, () => ({ code: 'HBLD038', activity: '1' })) }), { code: 'FAC-016' }],
    [
      'a mail domain with a foreign character',
      { ...BASE, amc: { ...AMC, routing: { ...AMC.routing, domain: 'a_b.invalid' } } },
      { code: 'FAC-011', record: '2M', field: 'amc_domain', position: 106 },
    ],
    [
      'a name of which nothing is left',
      { ...BASE, beneficiary: { ...BASE.beneficiary, lastName: '王小明' } },
      { code: 'FAC-001', record: '2B', field: 'last_name' },
    ],
    ['an AMO part above the fees', withAct({ amo: 2301 }), { code: 'FAC-013' }],
  ])('%s', (_, invoice, expected) => {
    const details = failure(() => formatter.encodeInvoice(invoice));
    expect(details).toMatchObject(expected);
    expect(JSON.stringify(details)).not.toMatch(/1700275123456|LEF|ABCDEF|HBLD|王/);
  });

  it('a lot of 1,000 invoices, before anything is sealed', async () => {
    const one = formatter.encodeInvoice(BASE);
    const sealer = { sealInvoice: jest.fn(), sealLot: jest.fn() };
    await expect(
      formatter.encodeLot(
        LOT_HEADER,
        Array.from({ length: 1000 }, () => one),
        sealer,
      ),
    ).rejects.toMatchObject({ code: 'FAC-011', details: { field: 'count_invoices' } });
    expect(sealer.sealInvoice).not.toHaveBeenCalled();
  });

  it('a certification zone that is not 32 characters', async () => {
    const sealer = { sealInvoice: () => Promise.resolve('COURT'), sealLot: () => Promise.resolve('COURT') };
    await expect(formatter.encodeLot(LOT_HEADER, [formatter.encodeInvoice(BASE)], sealer)).rejects.toMatchObject({ code: 'LOT-009' });
  });

  it('a file whose lots do not hold together', async () => {
    const lot = await formatter.encodeLot(LOT_HEADER, [formatter.encodeInvoice(BASE)], new SimulatorSealer());
    const wrong = Buffer.from(lot);
    wrong.write('000009999', wrong.length - 128 + 24);
    for (const lots of [[wrong], [], [lot.subarray(1)], [lot.subarray(128)], [lot, lot]])
      expect(failure(() => new B2FileFormatter().encodeFile(FILE_HEADER, lots))).toMatchObject({ code: 'LOT-010' });
  });
});

describe('a whole day', () => {
  it('comes out as a file that a second reader of the published tables finds right', async () => {
    const file = await dayFile(sampleInvoices());
    expect(independentProblems(file)).toEqual([]);
    expect(linesOf(file).filter(({ type }) => type === '2')).toHaveLength(24);
  });
});

describe('the second reader itself', () => {
  it('finds nothing in the worked file and notices each single digit changed in a number', async () => {
    const file = await workedFile();
    expect(independentProblems(file)).toEqual([]);
    const noticed = [2, 9, 128 * 6 + 60, 128 * 7 + 30, 128 * 8 + 60, 128 * 2 + 15].map((at) => {
      const copy = Buffer.from(file);
      copy[at] = copy[at] === 57 ? 56 : copy[at]! + 1;
      return independentProblems(copy).length > 0;
    });
    expect(noticed).not.toContain(false);
  });
});
