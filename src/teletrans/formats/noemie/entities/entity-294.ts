import { defineLayout } from '../../fixed-width/layout';

/** Rejection line (spec/noemie.md § 2, noemie_layouts.tsv). */
export const ENTITY_294 = defineLayout({
  family: 'noemie-ps',
  version: 'base',
  record: '294',
  length: 153,
  label: 'Rejet',
  fields: [
    { name: 'entity', start: 1, length: 3, kind: 'N', presence: 'M', constant: '294', label: 'Code de l’entité' },
    { name: 'break_level', start: 4, length: 2, kind: 'N', presence: 'M', label: 'Niveau de rupture', note: 'read from the file' },
    { name: 'code', start: 6, length: 4, kind: 'A', presence: 'M', label: 'Code du rejet ou du signalement' },
    { name: 'label', start: 10, length: 86, kind: 'A', presence: 'M', empty: true, label: 'Libellé' },
    { name: 'level', start: 96, length: 1, kind: 'A', presence: 'M', label: 'Niveau', note: 'F invoice, L line, A refined code' },
    { name: 'part', start: 97, length: 1, kind: 'A', presence: 'M', label: 'Part concernée', note: 'O AMO or both, C AMC' },
    { name: 'benefit_code', start: 98, length: 5, kind: 'A', presence: 'O', personal: true, label: 'Code de la prestation' },
    { name: 'care_date', start: 103, length: 6, kind: 'N', presence: 'O', format: 'date', label: 'Date des soins' },
    { name: 'performer_no', start: 109, length: 9, kind: 'N', presence: 'O', format: 'luhn', label: 'Numéro de l’exécutant' },
    { name: 'line_no', start: 118, length: 3, kind: 'N', presence: 'O', label: 'Numéro de ligne' },
    { name: 'rejection_rank', start: 121, length: 2, kind: 'N', presence: 'O', label: 'Rang du rejet' },
    { name: 'extra', start: 123, length: 30, kind: 'A', presence: 'O', personal: true, label: 'Complément' },
    { name: 'end_mark', start: 153, length: 1, kind: 'A', presence: 'M', constant: '@', label: 'Fin de l’entité' },
  ],
});
