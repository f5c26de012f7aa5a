import { defineLayout } from '../../fixed-width/layout';

/** Detail of a lump sum (spec/noemie.md § 2, noemie_layouts.tsv). */
export const ENTITY_262 = defineLayout({
  family: 'noemie-ps',
  version: 'base',
  record: '262',
  length: 134,
  label: 'Détail d’un forfait',
  fields: [
    { name: 'entity', start: 1, length: 3, kind: 'N', presence: 'M', constant: '262', label: 'Code de l’entité' },
    { name: 'break_level', start: 4, length: 2, kind: 'N', presence: 'M', label: 'Niveau de rupture', note: 'read from the file' },
    { name: 'detail_code', start: 6, length: 5, kind: 'A', presence: 'O', label: 'Code du détail' },
    { name: 'label', start: 11, length: 80, kind: 'A', presence: 'O', label: 'Libellé' },
    { name: 'nir', start: 91, length: 13, kind: 'A', presence: 'O', format: 'nir', personal: true, label: 'NIR' },
    { name: 'nir_key', start: 104, length: 2, kind: 'N', presence: 'O', personal: true, label: 'Clé du NIR' },
    {
      name: 'birth_date',
      start: 106,
      length: 6,
      kind: 'N',
      presence: 'O',
      format: 'birth-date',
      personal: true,
      label: 'Date de naissance du bénéficiaire',
    },
    { name: 'birth_rank', start: 112, length: 1, kind: 'N', presence: 'O', personal: true, label: 'Rang de naissance' },
    { name: 'period', start: 113, length: 1, kind: 'A', presence: 'M', empty: true, label: 'Périodicité', note: 'H M T S A P' },
    { name: 'period_start', start: 114, length: 6, kind: 'N', presence: 'O', format: 'date', label: 'Début de la période' },
    { name: 'period_end', start: 120, length: 6, kind: 'N', presence: 'O', format: 'date', label: 'Fin de la période' },
    { name: 'amount', start: 126, length: 8, kind: 'N', presence: 'M', format: 'centimes', label: 'Montant' },
    { name: 'end_mark', start: 134, length: 1, kind: 'A', presence: 'M', constant: '@', label: 'Fin de l’entité' },
  ],
});
