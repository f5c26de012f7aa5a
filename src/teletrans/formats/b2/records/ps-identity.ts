import type { FieldRow } from '../../fixed-width/layout';

/** Who and which invoice: positions 2-35, the same in every record of an invoice (spec/b2.md § 2). */
export const PS_IDENTITY = [
  {
    name: 'ps_billing_no',
    start: 2,
    length: 9,
    kind: 'N',
    presence: 'M',
    format: 'luhn',
    label: 'Numéro de facturation du praticien',
    note: 'PS billing number incl. key (9)',
  },
  { name: 'filler', start: 11, length: 1, kind: 'A', presence: 'O', label: 'Zone non utilisée' },
  { name: 'insured_nir', start: 12, length: 13, kind: 'A', presence: 'M', format: 'nir', personal: true, label: 'NIR de l’assuré' },
  { name: 'insured_nir_key', start: 25, length: 2, kind: 'N', presence: 'M', personal: true, label: 'Clé du NIR de l’assuré' },
  { name: 'invoice_no', start: 27, length: 9, kind: 'N', presence: 'M', label: 'Numéro de facture', note: '9 digits, not 0' },
] as const satisfies readonly FieldRow[];
