import { defineLayout } from '../../fixed-width/layout';

/** AMO part (spec/noemie.md § 2, noemie_layouts.tsv). */
export const ENTITY_198 = defineLayout({
  family: 'noemie-ps',
  version: 'base',
  record: '198',
  length: 24,
  label: 'Part AMO',
  fields: [
    { name: 'entity', start: 1, length: 3, kind: 'N', presence: 'M', constant: '198', label: 'Code de l’entité' },
    { name: 'break_level', start: 4, length: 2, kind: 'N', presence: 'M', label: 'Niveau de rupture', note: 'read from the file' },
    { name: 'requested', start: 6, length: 8, kind: 'N', presence: 'M', format: 'centimes', label: 'Montant demandé', note: 'centimes' },
    {
      name: 'state',
      start: 14,
      length: 1,
      kind: 'A',
      presence: 'M',
      empty: true,
      label: 'État',
      note: 'P paid, R rejected, D deferred, blank not processed',
    },
    { name: 'paid', start: 15, length: 8, kind: 'N', presence: 'O', format: 'centimes', label: 'Montant payé', note: 'centimes' },
    { name: 'sign', start: 23, length: 1, kind: 'A', presence: 'M', label: 'Signe', note: 'P or N (N = recovery)' },
    { name: 'end_mark', start: 24, length: 1, kind: 'A', presence: 'M', constant: '@', label: 'Fin de l’entité' },
  ],
});
