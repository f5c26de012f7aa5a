import { defineLayout } from '../../fixed-width/layout';

/** Lump sum (spec/noemie.md § 2, noemie_layouts.tsv). */
export const ENTITY_261 = defineLayout({
  family: 'noemie-ps',
  version: 'base',
  record: '261',
  length: 19,
  label: 'Forfait',
  fields: [
    { name: 'entity', start: 1, length: 3, kind: 'N', presence: 'M', constant: '261', label: 'Code de l’entité' },
    { name: 'break_level', start: 4, length: 2, kind: 'N', presence: 'M', label: 'Niveau de rupture', note: 'read from the file' },
    { name: 'lump_code', start: 6, length: 5, kind: 'N', presence: 'M', label: 'Code du forfait' },
    { name: 'amount', start: 11, length: 8, kind: 'N', presence: 'M', format: 'centimes', label: 'Montant' },
    { name: 'end_mark', start: 19, length: 1, kind: 'A', presence: 'M', constant: '@', label: 'Fin de l’entité' },
  ],
});
