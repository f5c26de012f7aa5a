import { defineLayout } from '../../fixed-width/layout';

/** Return kind (spec/noemie.md § 2, noemie_layouts.tsv). */
export const ENTITY_081 = defineLayout({
  family: 'noemie-ps',
  version: 'base',
  record: '081',
  length: 22,
  label: 'Nature du retour',
  fields: [
    { name: 'entity', start: 1, length: 3, kind: 'N', presence: 'M', constant: '081', label: 'Code de l’entité' },
    { name: 'break_level', start: 4, length: 2, kind: 'N', presence: 'M', label: 'Niveau de rupture', note: '02 in the public source' },
    {
      name: 'return_kind',
      start: 6,
      length: 2,
      kind: 'N',
      presence: 'M',
      label: 'Nature du retour',
      note: '01 electronic, 02 paper, 03 lump sums, 04 recalls, 05 deductions',
    },
    { name: 'place_of_execution', start: 8, length: 14, kind: 'A', presence: 'O', label: 'Établissement du lieu d’exécution' },
    { name: 'end_mark', start: 22, length: 1, kind: 'A', presence: 'M', constant: '@', label: 'Fin de l’entité' },
  ],
});
