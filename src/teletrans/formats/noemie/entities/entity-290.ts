import { defineLayout } from '../../fixed-width/layout';

/** Rejection or notice, short form (spec/noemie.md § 2, noemie_layouts.tsv). */
export const ENTITY_290 = defineLayout({
  family: 'noemie-ps',
  version: 'base',
  record: '290',
  length: 98,
  label: 'Rejet ou signalement, forme courte',
  fields: [
    { name: 'entity', start: 1, length: 3, kind: 'N', presence: 'M', constant: '290', label: 'Code de l’entité' },
    { name: 'break_level', start: 4, length: 2, kind: 'N', presence: 'M', label: 'Niveau de rupture', note: 'read from the file' },
    { name: 'line_no', start: 6, length: 2, kind: 'N', presence: 'M', label: 'Numéro de ligne' },
    { name: 'code', start: 8, length: 10, kind: 'A', presence: 'M', label: 'Code du rejet ou du signalement', note: 'left-justified' },
    { name: 'label', start: 18, length: 80, kind: 'A', presence: 'M', empty: true, label: 'Libellé' },
    { name: 'end_mark', start: 98, length: 1, kind: 'A', presence: 'M', constant: '@', label: 'Fin de l’entité' },
  ],
});
