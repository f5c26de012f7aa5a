import { defineLayout } from '../../fixed-width/layout';

/** Invoice, short form (spec/noemie.md § 2, noemie_layouts.tsv). */
export const ENTITY_100 = defineLayout({
  family: 'noemie-ps',
  version: 'base',
  record: '100',
  length: 15,
  label: 'Facture, forme courte',
  fields: [
    { name: 'entity', start: 1, length: 3, kind: 'N', presence: 'M', constant: '100', label: 'Code de l’entité' },
    { name: 'break_level', start: 4, length: 2, kind: 'N', presence: 'M', label: 'Niveau de rupture', note: 'read from the file' },
    { name: 'invoice_no', start: 6, length: 9, kind: 'N', presence: 'M', label: 'Numéro de facture' },
    { name: 'end_mark', start: 15, length: 1, kind: 'A', presence: 'M', constant: '@', label: 'Fin de l’entité' },
  ],
});
