import { defineLayout } from '../../fixed-width/layout';

/** Insured (spec/noemie.md § 2, noemie_layouts.tsv). */
export const ENTITY_110 = defineLayout({
  family: 'noemie-ps',
  version: 'base',
  record: '110',
  length: 88,
  label: 'Assuré',
  fields: [
    { name: 'entity', start: 1, length: 3, kind: 'N', presence: 'M', constant: '110', label: 'Code de l’entité' },
    { name: 'break_level', start: 4, length: 2, kind: 'N', presence: 'M', label: 'Niveau de rupture', note: 'read from the file' },
    { name: 'nir', start: 6, length: 13, kind: 'A', presence: 'M', format: 'nir', personal: true, label: 'NIR' },
    { name: 'nir_key', start: 19, length: 2, kind: 'N', presence: 'M', personal: true, label: 'Clé du NIR' },
    { name: 'name_kind', start: 21, length: 1, kind: 'A', presence: 'M', empty: true, label: 'Nature du nom' },
    { name: 'name', start: 22, length: 25, kind: 'A', presence: 'M', empty: true, personal: true, label: 'Nom' },
    { name: 'filler', start: 47, length: 26, kind: 'A', presence: 'O', label: 'Zone non utilisée' },
    { name: 'first_name', start: 73, length: 15, kind: 'A', presence: 'M', empty: true, personal: true, label: 'Prénom' },
    { name: 'end_mark', start: 88, length: 1, kind: 'A', presence: 'M', constant: '@', label: 'Fin de l’entité' },
  ],
});
