/**
 * Version `b2-cp`, the establishment variant (spec/b2.md § 3): what is public of it, and no more. The positions given there stand in the tables; everything
 * else of a record is one unpublished zone (A), kept as it stands. Enough to recognise and explain such a file, not to write one.
 */
import { defineLayout, type FieldRow, type Layout } from '../../fixed-width/layout';
import { B2_LAYOUTS } from '../records';

const UNPUBLISHED = 'unpublished, kept as it stands (A)';
const LENGTH = 128;

type Known = Omit<FieldRow, 'presence'>;

/** Fills what is not known between the known fields. Unpublished zones may hold anything of a patient. */
function cpRecord(record: string, label: string, known: readonly Known[]): Layout {
  const rows: FieldRow[] = [];
  let next = 1;
  const fillTo = (start: number): void => {
    if (start > next)
      rows.push({
        name: `unpublished_${next}`,
        start: next,
        length: start - next,
        kind: 'A',
        presence: 'O',
        personal: true,
        label: 'Zone non publiée',
        note: UNPUBLISHED,
      });
  };
  for (const row of known) {
    fillTo(row.start);
    rows.push({ ...row, presence: row.constant === undefined ? 'O' : 'M' });
    next = row.start + row.length;
  }
  fillTo(LENGTH + 1);
  return defineLayout({ family: 'b2-cp', version: 'base', record, length: LENGTH, label, fields: rows });
}

function recordType(code: string): Known {
  return { name: 'rec_type', start: 1, length: code.length, kind: 'N', constant: code, label: 'Type d’enregistrement' };
}

/** Positions 27-41 of the records of an invoice. */
function invoiceRecord(record: string, label: string, more: readonly Known[] = []): Layout {
  const letter = record.slice(1);
  const sequence: readonly Known[] = record.startsWith('4')
    ? [{ name: 'sequence', start: 40, length: 2, kind: 'N', label: 'Numéro de séquence' }]
    : [];
  return cpRecord(record, label, [
    recordType(record.slice(0, 1)),
    { name: 'beneficiary_rank', start: 27, length: 3, kind: 'A', personal: true, label: 'Rang du bénéficiaire' },
    { name: 'invoice_no', start: 30, length: 9, kind: 'N', label: 'Numéro de facture' },
    {
      name: 'complement',
      start: 39,
      length: 1,
      kind: 'A',
      label: 'Complément de l’enregistrement',
      ...(letter === '' ? {} : { constant: letter }),
    },
    ...sequence,
    ...more,
  ]);
}

const ACT: readonly Known[] = [
  { name: 'performer_no', start: 57, length: 9, kind: 'N', label: 'Numéro de l’exécutant' },
  { name: 'act_date', start: 70, length: 6, kind: 'N', format: 'date', label: 'Date de l’acte' },
  { name: 'act_code', start: 76, length: 5, kind: 'A', personal: true, label: 'Code de l’acte' },
  { name: 'quantity', start: 81, length: 2, kind: 'N', personal: true, label: 'Quantité' },
  { name: 'coefficient', start: 83, length: 6, kind: 'N', format: 'hundredths', personal: true, label: 'Coefficient' },
  { name: 'enumeration', start: 89, length: 2, kind: 'N', label: 'Dénombrement' },
  { name: 'unit_price', start: 91, length: 7, kind: 'N', format: 'centimes', label: 'Prix unitaire' },
  { name: 'base_amount', start: 98, length: 7, kind: 'N', format: 'centimes', label: 'Base de remboursement' },
  { name: 'rate', start: 105, length: 3, kind: 'N', format: 'percent', label: 'Taux de remboursement' },
  { name: 'amo_amount', start: 108, length: 7, kind: 'N', format: 'centimes', label: 'Montant remboursable par l’AMO' },
  { name: 'fee_amount', start: 115, length: 7, kind: 'N', format: 'centimes', label: 'Honoraires' },
  { name: 'spend_qualifier', start: 122, length: 1, kind: 'A', label: 'Qualificatif de la dépense' },
  { name: 'amc_amount', start: 123, length: 6, kind: 'N', format: 'centimes', label: 'Montant remboursable par l’AMC' },
];

/** The late fields of 2S and 4S, known in this variant (spec/b2.md § 6). */
const LATE_2S: readonly Known[] = [
  { name: 'attending_doctor_declared', start: 71, length: 1, kind: 'A', label: 'Déclaration de médecin traitant' },
  { name: 'doctor_last_name', start: 72, length: 25, kind: 'A', personal: true, label: 'Nom du médecin' },
  { name: 'doctor_first_name', start: 97, length: 15, kind: 'A', personal: true, label: 'Prénom du médecin' },
  { name: 'doctor_no', start: 112, length: 9, kind: 'A', label: 'Numéro du médecin' },
  { name: 'care_path', start: 121, length: 1, kind: 'A', label: 'Indicateur de parcours de soins' },
];

/** 000 and 999 are those of the PS variant; 000: 62-65 tells the two apart. */
export const CP_LAYOUTS: Readonly<Record<string, Layout>> = {
  '000': B2_LAYOUTS['000'],
  '1': cpRecord('1', 'En-tête de lot', [recordType('1')]),
  '2': invoiceRecord('2', 'En-tête de facture'),
  '2S': invoiceRecord('2S', 'Bénéficiaire, médecin traitant', LATE_2S),
  '4': invoiceRecord('4', 'Ligne d’acte', ACT),
  '4S': invoiceRecord('4S', 'Suite de la ligne d’acte'),
  '4M': invoiceRecord('4M', 'Détail CCAM'),
  '5': invoiceRecord('5', 'Fin de facture'),
  '6': cpRecord('6', 'Fin de lot', [recordType('6')]),
  '999': B2_LAYOUTS['999'],
};
