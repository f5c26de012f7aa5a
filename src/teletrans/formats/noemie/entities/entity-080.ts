import { defineLayout } from '../../fixed-width/layout';

/** Lot (spec/noemie.md § 2, noemie_layouts.tsv). */
export const ENTITY_080 = defineLayout({
  family: 'noemie-ps',
  version: 'base',
  record: '080',
  length: 15,
  label: 'Lot',
  fields: [
    { name: 'entity', start: 1, length: 3, kind: 'N', presence: 'M', constant: '080', label: 'Code de l’entité' },
    { name: 'break_level', start: 4, length: 2, kind: 'N', presence: 'M', label: 'Niveau de rupture', note: 'read from the file' },
    { name: 'lot_date', start: 6, length: 6, kind: 'N', presence: 'M', format: 'date', label: 'Date du lot' },
    { name: 'lot_no', start: 12, length: 3, kind: 'N', presence: 'M', label: 'Numéro du lot' },
    { name: 'end_mark', start: 15, length: 1, kind: 'A', presence: 'M', constant: '@', label: 'Fin de l’entité' },
  ],
});
