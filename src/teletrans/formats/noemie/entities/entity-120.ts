import { defineLayout } from '../../fixed-width/layout';

/** Patient (spec/noemie.md § 2, noemie_layouts.tsv). */
export const ENTITY_120 = defineLayout({
  family: 'noemie-ps',
  version: 'base',
  record: '120',
  length: 57,
  label: 'Patient',
  fields: [
    { name: 'entity', start: 1, length: 3, kind: 'N', presence: 'M', constant: '120', label: 'Code de l’entité' },
    { name: 'break_level', start: 4, length: 2, kind: 'N', presence: 'M', label: 'Niveau de rupture', note: 'read from the file' },
    {
      name: 'birth_date',
      start: 6,
      length: 6,
      kind: 'N',
      presence: 'M',
      format: 'birth-date',
      personal: true,
      label: 'Date de naissance du bénéficiaire',
    },
    { name: 'rank', start: 12, length: 1, kind: 'A', presence: 'M', empty: true, personal: true, label: 'Rang' },
    { name: 'name', start: 13, length: 25, kind: 'A', presence: 'M', empty: true, personal: true, label: 'Nom' },
    { name: 'first_name', start: 38, length: 15, kind: 'A', presence: 'M', empty: true, personal: true, label: 'Prénom' },
    { name: 'management_unit', start: 53, length: 4, kind: 'A', presence: 'M', empty: true, label: 'Unité de gestion' },
    { name: 'end_mark', start: 57, length: 1, kind: 'A', presence: 'M', constant: '@', label: 'Fin de l’entité' },
  ],
});
