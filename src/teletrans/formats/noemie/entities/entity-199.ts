import { defineLayout } from '../../fixed-width/layout';

/** AMC part (spec/noemie.md § 2, noemie_layouts.tsv). */
export const ENTITY_199 = defineLayout({
  family: 'noemie-ps',
  version: 'base',
  record: '199',
  length: 49,
  label: 'Part AMC',
  fields: [
    { name: 'entity', start: 1, length: 3, kind: 'N', presence: 'M', constant: '199', label: 'Code de l’entité' },
    { name: 'break_level', start: 4, length: 2, kind: 'N', presence: 'M', label: 'Niveau de rupture', note: 'read from the file' },
    { name: 'requested', start: 6, length: 8, kind: 'N', presence: 'M', format: 'centimes', label: 'Montant demandé', note: 'centimes' },
    { name: 'state', start: 14, length: 1, kind: 'A', presence: 'M', empty: true, label: 'État', note: 'as 198' },
    { name: 'paid', start: 15, length: 8, kind: 'N', presence: 'O', format: 'centimes', label: 'Montant payé', note: 'centimes' },
    { name: 'sign', start: 23, length: 1, kind: 'A', presence: 'M', label: 'Signe', note: 'P or N (N = recovery)' },
    { name: 'amc_no', start: 24, length: 10, kind: 'N', presence: 'M', label: 'Numéro de l’AMC' },
    { name: 'amc_member_id', start: 34, length: 15, kind: 'A', presence: 'O', personal: true, label: 'Numéro d’adhérent AMC' },
    { name: 'end_mark', start: 49, length: 1, kind: 'A', presence: 'M', constant: '@', label: 'Fin de l’entité' },
  ],
});
