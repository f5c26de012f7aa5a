import { defineLayout } from '../../fixed-width/layout';

/** Debt or deduction (spec/noemie.md § 2, noemie_layouts.tsv). */
export const ENTITY_250 = defineLayout({
  family: 'noemie-ps',
  version: 'base',
  record: '250',
  length: 47,
  label: 'Créance ou retenue',
  fields: [
    { name: 'entity', start: 1, length: 3, kind: 'N', presence: 'M', constant: '250', label: 'Code de l’entité' },
    { name: 'break_level', start: 4, length: 2, kind: 'N', presence: 'M', label: 'Niveau de rupture', note: 'read from the file' },
    { name: 'line_no', start: 6, length: 2, kind: 'N', presence: 'M', label: 'Numéro de ligne' },
    { name: 'debt_ref', start: 8, length: 10, kind: 'A', presence: 'M', empty: true, label: 'Référence de la créance' },
    { name: 'debt_date', start: 18, length: 6, kind: 'N', presence: 'M', format: 'date', label: 'Date de la créance' },
    {
      name: 'debt_kind',
      start: 24,
      length: 3,
      kind: 'A',
      presence: 'M',
      empty: true,
      label: 'Nature de la créance',
      note: 'codes: spec/noemie.md § 3',
    },
    {
      name: 'recovery_kind',
      start: 27,
      length: 3,
      kind: 'A',
      presence: 'M',
      empty: true,
      label: 'Nature de la récupération',
      note: 'codes: spec/noemie.md § 3',
    },
    { name: 'amount', start: 30, length: 8, kind: 'N', presence: 'M', format: 'centimes', label: 'Montant' },
    { name: 'sign', start: 38, length: 1, kind: 'A', presence: 'M', label: 'Signe', note: 'P or N' },
    { name: 'balance', start: 39, length: 8, kind: 'N', presence: 'O', format: 'centimes', label: 'Solde' },
    { name: 'end_mark', start: 47, length: 1, kind: 'A', presence: 'M', constant: '@', label: 'Fin de l’entité' },
  ],
});
