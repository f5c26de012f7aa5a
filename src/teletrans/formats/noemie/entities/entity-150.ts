import { defineLayout } from '../../fixed-width/layout';

/** Insurance nature (spec/noemie.md § 2, noemie_layouts.tsv). */
export const ENTITY_150 = defineLayout({
  family: 'noemie-ps',
  version: 'base',
  record: '150',
  length: 8,
  label: 'Nature d’assurance',
  fields: [
    { name: 'entity', start: 1, length: 3, kind: 'N', presence: 'M', constant: '150', label: 'Code de l’entité' },
    { name: 'break_level', start: 4, length: 2, kind: 'N', presence: 'M', label: 'Niveau de rupture', note: 'read from the file' },
    {
      name: 'nature',
      start: 6,
      length: 2,
      kind: 'A',
      presence: 'M',
      empty: true,
      personal: true,
      label: 'Nature d’assurance',
      note: 'AS, AT, AM',
    },
    { name: 'end_mark', start: 8, length: 1, kind: 'A', presence: 'M', constant: '@', label: 'Fin de l’entité' },
  ],
});
