import { defineLayout } from '../../fixed-width/layout';

/** Archive key (spec/noemie.md § 2, noemie_layouts.tsv). */
export const ENTITY_160 = defineLayout({
  family: 'noemie-ps',
  version: 'base',
  record: '160',
  length: 23,
  label: 'Clé d’archivage',
  fields: [
    { name: 'entity', start: 1, length: 3, kind: 'N', presence: 'M', constant: '160', label: 'Code de l’entité' },
    { name: 'break_level', start: 4, length: 2, kind: 'N', presence: 'M', label: 'Niveau de rupture', note: 'read from the file' },
    { name: 'archive_no', start: 6, length: 17, kind: 'N', presence: 'M', label: 'Clé d’archivage' },
    { name: 'end_mark', start: 23, length: 1, kind: 'A', presence: 'M', constant: '@', label: 'Fin de l’entité' },
  ],
});
