import { defineLayout } from '../../fixed-width/layout';

/** Accounting day (spec/noemie.md § 2, noemie_layouts.tsv). */
export const ENTITY_070 = defineLayout({
  family: 'noemie-ps',
  version: 'base',
  record: '070',
  length: 12,
  label: 'Journée comptable',
  fields: [
    { name: 'entity', start: 1, length: 3, kind: 'N', presence: 'M', constant: '070', label: 'Code de l’entité' },
    { name: 'break_level', start: 4, length: 2, kind: 'N', presence: 'M', label: 'Niveau de rupture', note: '02 in the public source' },
    { name: 'accounting_date', start: 6, length: 6, kind: 'N', presence: 'M', format: 'date', label: 'Date de la journée comptable' },
    { name: 'end_mark', start: 12, length: 1, kind: 'A', presence: 'M', constant: '@', label: 'Fin de l’entité' },
  ],
});
