import { defineLayout } from '../../fixed-width/layout';

/** Payee (spec/noemie.md § 2, noemie_layouts.tsv). */
export const ENTITY_040 = defineLayout({
  family: 'noemie-ps',
  version: 'base',
  record: '040',
  length: 21,
  label: 'Bénéficiaire du paiement',
  fields: [
    { name: 'entity', start: 1, length: 3, kind: 'N', presence: 'M', constant: '040', label: 'Code de l’entité' },
    { name: 'break_level', start: 4, length: 2, kind: 'N', presence: 'M', label: 'Niveau de rupture', note: '02 in the public source' },
    { name: 'payee_no', start: 6, length: 15, kind: 'N', presence: 'M', label: 'Numéro du bénéficiaire du paiement' },
    { name: 'end_mark', start: 21, length: 1, kind: 'A', presence: 'M', constant: '@', label: 'Fin de l’entité' },
  ],
});
