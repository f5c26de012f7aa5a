/** The records of the measurement: the same values for every engine, as a practice makes them. */
import { B2_CODECS } from '../../src/teletrans/formats/b2/codecs';

const IDENTITY = { ps_billing_no: '999000011', insured_nir: '1700275123456', insured_nir_key: '81' };

/** Values of record `index`: numbers and amounts differ from one to the next. */
export const VALUES = {
  '2': (index: number) => ({
    ...IDENTITY,
    invoice_no: String(100_000_000 + (index % 800_000_000)),
    marking: 'T',
    operation_nature: '1',
    invoice_date: '261123',
    split_flag: 'E',
    invoice_type: 'F',
    regime: '01',
    fund: '999',
    centre: '0001',
    rights_proof: '4',
    prescriber_no: '999000011',
    prescription_date: '261123',
    insurance_nature: '10',
    exemption_code: '0',
    replacement_card_used: '0',
    birth_date: '700214',
    birth_rank: 1,
    payee: '15',
    amc_no: '0810000018',
  }),
  '4': (index: number) => ({
    ...IDENTITY,
    invoice_no: String(100_000_000 + (index % 800_000_000)),
    sequence: (index % 99) + 1,
    prior_approval_code: '9',
    performer_no: '999000011',
    performer_specialty: '19',
    act_date: '261123',
    act_code: 'PFM',
    quantity: 1,
    coefficient: 100,
    enumeration: 0,
    unit_price: 12_000,
    base_amount: 12_000,
    rate: 70,
    amo_amount: 8_400,
    fee_amount: 20_000 + (index % 10_000),
    spend_qualifier: 'D',
    place_code: '0',
    amc_amount: 3_600,
  }),
  '4M': (index: number) => ({
    ...IDENTITY,
    invoice_no: String(100_000_000 + (index % 800_000_000)),
    sequence: (index % 99) + 1,
    ccam_code: 'HBLD038',
    activity_code: '1',
    phase_code: '0',
    modifiers: 'N',
    association_code: '1',
    exceptional_reimb: 'N',
    session_date: '261123',
    teeth: '3637',
  }),
} as const;

export type MeasuredRecord = keyof typeof VALUES;

/** The types measured. */
export const MEASURED: readonly MeasuredRecord[] = ['2', '4', '4M'];

/** `count` records of a type, end to end. */
export function sampleBytes(type: MeasuredRecord, count: number): Buffer {
  const bytes = Buffer.alloc(count * 128);
  for (let index = 0; index < count; index++) write(type, index, bytes, index * 128);
  return bytes;
}

/** Writes record `index` with our engine. */
export function write(type: MeasuredRecord, index: number, target: Buffer, offset: number): number {
  switch (type) {
    case '2':
      return B2_CODECS['2'].write(VALUES['2'](index), target, offset);
    case '4':
      return B2_CODECS['4'].write(VALUES['4'](index), target, offset);
    case '4M':
      return B2_CODECS['4M'].write(VALUES['4M'](index), target, offset);
  }
}
