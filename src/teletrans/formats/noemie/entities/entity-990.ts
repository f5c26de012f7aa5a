import { defineLayout } from '../../fixed-width/layout';

/** Control (spec/noemie.md § 2, noemie_layouts.tsv). */
export const ENTITY_990 = defineLayout({
  family: 'noemie-ps',
  version: 'base',
  record: '990',
  length: 43,
  label: 'Contrôle',
  fields: [
    { name: 'entity', start: 1, length: 3, kind: 'N', presence: 'M', constant: '990', label: 'Code de l’entité' },
    { name: 'break_level', start: 4, length: 2, kind: 'N', presence: 'M', label: 'Niveau de rupture', note: '99 in the public source' },
    { name: 'level_id', start: 6, length: 17, kind: 'A', presence: 'O', label: 'Identification du niveau' },
    { name: 'lower_level_count', start: 23, length: 8, kind: 'N', presence: 'M', label: 'Nombre d’éléments du niveau inférieur' },
    { name: 'lower_level_total', start: 31, length: 11, kind: 'N', presence: 'M', format: 'centimes', label: 'Total du niveau inférieur' },
    { name: 'sign', start: 42, length: 1, kind: 'A', presence: 'M', label: 'Signe', note: 'P or N' },
    { name: 'end_mark', start: 43, length: 1, kind: 'A', presence: 'M', constant: '@', label: 'Fin de l’entité' },
  ],
});
