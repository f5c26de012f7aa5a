/** The records of the measurement: the same values for every engine, as a practice makes them. */
import { nirKey } from '../../src/teletrans/domain/keys';
import { B2_CODECS } from '../../src/teletrans/formats/b2/codecs';

/** Invented people: a practice does not see the same one twice in a row. */
const PEOPLE = Array.from({ length: 60 }, (_, index) => {
  const nir = `${(index % 2) + 1}${String(40 + index).slice(-2)}${String((index % 12) + 1).padStart(2, '0')}75${String(100_000 + index * 997).slice(-6)}`;
  return { insured_nir: nir, insured_nir_key: nirKey(nir), birth_date: `${nir.slice(1, 5)}${String((index % 28) + 1).padStart(2, '0')}` };
});
const FUNDS = ['999', '998', '997'];
const INSURERS = ['0810000018', '0810000000', '0810000026'];
/** Code, unit price in centimes, CCAM code, association. */
const ACTS = [
  ['C', 2_300, 'HBQK389', ''],
  ['PFM', 12_000, 'HBLD038', '1'],
  ['END', 5_760, 'HBFD021', ''],
  ['SDE', 4_097, 'HBMD042', '2'],
  ['TDS', 2_892, 'HBJD001', ''],
  ['INO', 10_000, 'HBMD460', ''],
  ['ADC', 3_344, 'HBGD035', '1'],
  ['PAR', 6_450, 'HBLD364', ''],
] as const;

function pick<T>(list: readonly T[], index: number): T {
  const one = list[index % list.length];
  if (one === undefined) throw new Error('an empty list');
  return one;
}

/** Positions 2-35 of the records of invoice `index`. */
function identity(index: number) {
  const { insured_nir, insured_nir_key } = pick(PEOPLE, index * 7);
  return { ps_billing_no: '999000011', insured_nir, insured_nir_key, invoice_no: String(100_000_000 + (index % 800_000_000)) };
}

/** Values of record `index`: another person and another number for each invoice, three act lines an invoice. */
export const VALUES = {
  '2': (index: number) => ({
    ...identity(index),
    marking: 'T',
    operation_nature: '1',
    invoice_date: '261123',
    split_flag: index % 3 === 0 ? 'E' : ' ',
    invoice_type: 'F',
    regime: '01',
    fund: pick(FUNDS, index),
    centre: '0001',
    rights_proof: '4',
    prescriber_no: '999000011',
    prescription_date: '261123',
    insurance_nature: '10',
    exemption_code: index % 5 === 0 ? '4' : '0',
    replacement_card_used: '0',
    birth_date: pick(PEOPLE, index * 7).birth_date,
    birth_rank: 1,
    payee: index % 2 === 0 ? '15' : '05',
    amc_no: pick(INSURERS, index),
  }),
  '4': (index: number) => {
    const [act_code, unit_price] = pick(ACTS, index);
    const base_amount = unit_price;
    return {
      ...identity(Math.floor(index / 3)),
      sequence: (index % 3) + 1,
      prior_approval_code: '9',
      performer_no: '999000011',
      performer_specialty: '19',
      act_date: '261123',
      act_code,
      quantity: 1,
      coefficient: 100,
      enumeration: 0,
      unit_price,
      base_amount,
      rate: 70,
      amo_amount: Math.round((base_amount * 70) / 100),
      fee_amount: unit_price + ((index * 37) % 20_000),
      spend_qualifier: index % 4 === 0 ? 'D' : '',
      place_code: '0',
      amc_amount: Math.round((base_amount * 30) / 100),
    };
  },
  '4M': (index: number) => {
    const [, , ccam_code, association_code] = pick(ACTS, index);
    return {
      ...identity(Math.floor(index / 3)),
      sequence: (index % 3) + 1,
      ccam_code,
      activity_code: '1',
      phase_code: '0',
      modifiers: index % 6 === 0 ? 'N' : '',
      association_code,
      exceptional_reimb: 'N',
      session_date: '261123',
      teeth: `${(index % 4) + 1}${(index % 8) + 1}`,
    };
  },
} as const;

export type MeasuredRecord = keyof typeof VALUES;

/** The types measured. */
export const MEASURED: readonly MeasuredRecord[] = ['2', '4', '4M'];

/** Values as an engine gets them. */
export type Values = Record<string, string | number>;

/** As invoices come: read from JSON. */
function fromJson(values: readonly Values[]): readonly Values[] {
  return JSON.parse(JSON.stringify(values)) as readonly Values[];
}

/** Records of a practice: see {@link VALUES}. */
export function ofPractice(type: MeasuredRecord, count: number): readonly Values[] {
  return fromJson(Array.from({ length: count }, (_, index) => ({ ...VALUES[type](index) })));
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Records in which every field is filled and none repeats the one before: what no practice writes, and the worst case for an engine that remembers. */
export function withoutRepeats(type: MeasuredRecord, count: number): readonly Values[] {
  let state = 1;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const character = (digits: boolean): string => (digits ? String(1 + below(9)) : LETTERS.charAt(below(LETTERS.length)));
  const rows = B2_CODECS[type].layout.fields.filter((row) => !('constant' in row));
  return fromJson(
    Array.from({ length: count }, () =>
      Object.fromEntries(rows.map(({ name, kind, length }) => [name, Array.from({ length }, () => character(kind === 'N')).join('')])),
    ),
  );
}
