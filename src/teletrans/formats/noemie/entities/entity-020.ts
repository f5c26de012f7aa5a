import { defineLayout } from '../../fixed-width/layout';

/** Mandatary (spec/noemie.md § 2, noemie_layouts.tsv). */
export const ENTITY_020 = defineLayout({
  family: 'noemie-ps',
  version: 'base',
  record: '020',
  length: 21,
  label: 'Mandataire',
  fields: [
    { name: 'entity', start: 1, length: 3, kind: 'N', presence: 'M', constant: '020', label: 'Code de l’entité' },
    { name: 'break_level', start: 4, length: 2, kind: 'N', presence: 'M', label: 'Niveau de rupture', note: '01 in the public source' },
    { name: 'payee_no', start: 6, length: 15, kind: 'N', presence: 'M', label: 'Numéro du bénéficiaire du paiement' },
    { name: 'end_mark', start: 21, length: 1, kind: 'A', presence: 'M', constant: '@', label: 'Fin de l’entité' },
  ],
});
