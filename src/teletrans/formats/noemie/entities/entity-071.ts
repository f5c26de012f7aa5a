import { defineLayout } from '../../fixed-width/layout';

/** Transfer (spec/noemie.md § 2, noemie_layouts.tsv). */
export const ENTITY_071 = defineLayout({
  family: 'noemie-ps',
  version: 'base',
  record: '071',
  length: 86,
  label: 'Virement',
  fields: [
    { name: 'entity', start: 1, length: 3, kind: 'N', presence: 'M', constant: '071', label: 'Code de l’entité' },
    { name: 'break_level', start: 4, length: 2, kind: 'N', presence: 'M', label: 'Niveau de rupture', note: '02 in the public source' },
    { name: 'transfer_date', start: 6, length: 6, kind: 'N', presence: 'M', format: 'date', label: 'Date du virement' },
    { name: 'transfer_label1', start: 12, length: 32, kind: 'A', presence: 'M', empty: true, label: 'Premier libellé du virement' },
    { name: 'transfer_label2', start: 44, length: 32, kind: 'A', presence: 'O', label: 'Second libellé du virement' },
    { name: 'paying_body', start: 76, length: 10, kind: 'A', presence: 'O', label: 'Organisme payeur' },
    { name: 'end_mark', start: 86, length: 1, kind: 'A', presence: 'M', constant: '@', label: 'Fin de l’entité' },
  ],
});
