import { defineLayout } from '../../fixed-width/layout';

/** Comment (spec/noemie.md § 2, noemie_layouts.tsv). */
export const ENTITY_295 = defineLayout({
  family: 'noemie-ps',
  version: 'base',
  record: '295',
  length: 135,
  label: 'Commentaire',
  fields: [
    { name: 'entity', start: 1, length: 3, kind: 'N', presence: 'M', constant: '295', label: 'Code de l’entité' },
    { name: 'break_level', start: 4, length: 2, kind: 'N', presence: 'M', label: 'Niveau de rupture', note: 'read from the file' },
    { name: 'comment_code', start: 6, length: 1, kind: 'A', presence: 'O', label: 'Code du commentaire' },
    {
      name: 'comment',
      start: 7,
      length: 128,
      kind: 'A',
      presence: 'M',
      empty: true,
      personal: true,
      label: 'Commentaire',
      note: 'free text',
    },
    { name: 'end_mark', start: 135, length: 1, kind: 'A', presence: 'M', constant: '@', label: 'Fin de l’entité' },
  ],
});
