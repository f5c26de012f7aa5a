import { defineLayout } from '../../fixed-width/layout';

/** File trailer (spec/noemie.md § 2, noemie_layouts.tsv). */
export const ENTITY_999 = defineLayout({
  family: 'noemie-ps',
  version: 'base',
  record: '999',
  length: 128,
  label: 'Fin de fichier',
  fields: [
    { name: 'entity', start: 1, length: 3, kind: 'N', presence: 'M', constant: '999', label: 'Code de l’entité' },
    { name: 'sender_type', start: 4, length: 2, kind: 'A', presence: 'M', label: 'Type de l’émetteur' },
    { name: 'sender_no', start: 6, length: 14, kind: 'N', presence: 'M', label: 'Numéro de l’émetteur' },
    { name: 'sender_program', start: 20, length: 6, kind: 'A', presence: 'O', label: 'Programme de l’émetteur' },
    { name: 'recipient_type', start: 26, length: 2, kind: 'A', presence: 'M', label: 'Type du destinataire' },
    { name: 'recipient_no', start: 28, length: 14, kind: 'N', presence: 'M', label: 'Numéro du destinataire' },
    { name: 'recipient_program', start: 42, length: 6, kind: 'A', presence: 'O', label: 'Programme du destinataire' },
    { name: 'application', start: 48, length: 2, kind: 'A', presence: 'O', label: 'Code application de l’échange' },
    { name: 'file_id', start: 50, length: 6, kind: 'A', presence: 'M', label: 'Identification du fichier' },
    { name: 'record_count', start: 56, length: 8, kind: 'N', presence: 'M', label: 'Nombre d’enregistrements' },
    { name: 'flow_kind', start: 64, length: 1, kind: 'A', presence: 'O', label: 'Nature du flux' },
    { name: 'filler', start: 65, length: 18, kind: 'A', presence: 'O', label: 'Zone non utilisée' },
    { name: 'lot_count', start: 83, length: 3, kind: 'N', presence: 'M', label: 'Nombre de lots' },
    { name: 'file_total', start: 86, length: 11, kind: 'N', presence: 'M', format: 'centimes', label: 'Total du fichier' },
    { name: 'sign', start: 97, length: 1, kind: 'A', presence: 'M', label: 'Signe', note: 'P or N' },
    { name: 'file_total_other_currency', start: 98, length: 11, kind: 'N', presence: 'O', label: 'Total du fichier dans l’autre devise' },
    { name: 'filler2', start: 109, length: 20, kind: 'A', presence: 'O', label: 'Zone non utilisée (2)' },
  ],
});
