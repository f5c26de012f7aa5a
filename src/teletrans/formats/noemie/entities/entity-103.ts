import { defineLayout } from '../../fixed-width/layout';

/** Insured and beneficiary (spec/noemie.md § 2, noemie_layouts.tsv). */
export const ENTITY_103 = defineLayout({
  family: 'noemie-ps',
  version: 'base',
  record: '103',
  length: 152,
  label: 'Assuré et bénéficiaire',
  fields: [
    { name: 'entity', start: 1, length: 3, kind: 'N', presence: 'M', constant: '103', label: 'Code de l’entité' },
    { name: 'break_level', start: 4, length: 2, kind: 'N', presence: 'M', label: 'Niveau de rupture', note: 'read from the file' },
    { name: 'nir', start: 6, length: 13, kind: 'A', presence: 'M', format: 'nir', personal: true, label: 'NIR' },
    { name: 'nir_key', start: 19, length: 2, kind: 'N', presence: 'M', personal: true, label: 'Clé du NIR' },
    { name: 'birth_name', start: 21, length: 25, kind: 'A', presence: 'O', personal: true, label: 'Nom de famille' },
    { name: 'usage_name', start: 46, length: 25, kind: 'A', presence: 'O', personal: true, label: 'Nom d’usage' },
    { name: 'first_name', start: 71, length: 15, kind: 'A', presence: 'O', personal: true, label: 'Prénom' },
    { name: 'individual_nir', start: 86, length: 13, kind: 'A', presence: 'O', format: 'nir', personal: true, label: 'NIR individuel' },
    { name: 'individual_nir_key', start: 99, length: 2, kind: 'N', presence: 'O', personal: true, label: 'Clé du NIR individuel' },
    {
      name: 'birth_date',
      start: 101,
      length: 6,
      kind: 'N',
      presence: 'M',
      format: 'birth-date',
      personal: true,
      label: 'Date de naissance du bénéficiaire',
    },
    { name: 'birth_rank', start: 107, length: 1, kind: 'N', presence: 'M', personal: true, label: 'Rang de naissance' },
    { name: 'beneficiary_name', start: 108, length: 25, kind: 'A', presence: 'O', personal: true, label: 'Nom du bénéficiaire' },
    { name: 'beneficiary_first_name', start: 133, length: 15, kind: 'A', presence: 'O', personal: true, label: 'Prénom du bénéficiaire' },
    { name: 'management_unit', start: 148, length: 4, kind: 'N', presence: 'O', label: 'Unité de gestion' },
    { name: 'end_mark', start: 152, length: 1, kind: 'A', presence: 'M', constant: '@', label: 'Fin de l’entité' },
  ],
});
