import { defineLayout } from '../../fixed-width/layout';

/** Invoice (spec/noemie.md § 2, noemie_layouts.tsv). */
export const ENTITY_102 = defineLayout({
  family: 'noemie-ps',
  version: 'base',
  record: '102',
  length: 40,
  label: 'Facture',
  fields: [
    { name: 'entity', start: 1, length: 3, kind: 'N', presence: 'M', constant: '102', label: 'Code de l’entité' },
    { name: 'break_level', start: 4, length: 2, kind: 'N', presence: 'M', label: 'Niveau de rupture', note: 'read from the file' },
    { name: 'invoice_no', start: 6, length: 9, kind: 'A', presence: 'M', label: 'Numéro de facture' },
    { name: 'invoice_no_extra', start: 15, length: 6, kind: 'A', presence: 'O', label: 'Complément du numéro de facture' },
    { name: 'lot_no', start: 21, length: 3, kind: 'A', presence: 'O', label: 'Numéro du lot' },
    { name: 'lot_date', start: 24, length: 6, kind: 'N', presence: 'O', format: 'date', label: 'Date du lot' },
    {
      name: 'invoice_kind',
      start: 30,
      length: 1,
      kind: 'A',
      presence: 'M',
      label: 'Nature de la facture',
      note: 'F FSE, D DRE, B B2/degraded, A AMC flow, P paper AMO, C paper AMC, E recall, R/L inter-centre',
    },
    { name: 'invoice_date', start: 31, length: 6, kind: 'N', presence: 'O', format: 'date', label: 'Date de la facture' },
    {
      name: 'amc_processing',
      start: 37,
      length: 1,
      kind: 'A',
      presence: 'O',
      label: 'Traitement de la part AMC',
      note: 'N image sent, V separate transfers, C coordinated payment, E split at PS, A/F split by OCT, blank none',
    },
    { name: 'insurance_nature', start: 38, length: 2, kind: 'A', presence: 'O', personal: true, label: 'Nature d’assurance' },
    { name: 'end_mark', start: 40, length: 1, kind: 'A', presence: 'M', constant: '@', label: 'Fin de l’entité' },
  ],
});
