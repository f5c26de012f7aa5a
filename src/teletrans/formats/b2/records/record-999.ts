import { defineLayout } from '../../fixed-width/layout';

/** File trailer (spec/b2.md § 2, b2_layouts.tsv). */
export const RECORD_999 = defineLayout({
  family: 'b2-ps',
  version: 'base',
  record: '999',
  length: 128,
  label: 'Fin de fichier',
  fields: [
    { name: 'rec_type', start: 1, length: 3, kind: 'N', presence: 'M', constant: '999', label: 'Type d’enregistrement' },
    { name: 'sender_type', start: 4, length: 2, kind: 'A', presence: 'M', label: 'Type de l’émetteur' },
    { name: 'sender_no', start: 6, length: 14, kind: 'N', presence: 'M', label: 'Numéro de l’émetteur' },
    { name: 'filler', start: 20, length: 6, kind: 'A', presence: 'O', label: 'Zone non utilisée' },
    { name: 'recipient_type', start: 26, length: 2, kind: 'A', presence: 'M', label: 'Type du destinataire' },
    {
      name: 'recipient_no',
      start: 28,
      length: 14,
      kind: 'N',
      presence: 'M',
      label: 'Numéro du destinataire',
      note: 'same value as 000; typed A in 000 and N here in the public source',
    },
    { name: 'filler2', start: 42, length: 6, kind: 'A', presence: 'O', label: 'Zone non utilisée (2)' },
    { name: 'application', start: 48, length: 2, kind: 'A', presence: 'M', label: 'Code application de l’échange' },
    { name: 'file_id', start: 50, length: 6, kind: 'A', presence: 'M', label: 'Identification du fichier' },
    {
      name: 'file_volume',
      start: 56,
      length: 8,
      kind: 'N',
      presence: 'M',
      label: 'Volume du fichier',
      note: 'number of 128-byte records, 000 and 999 included (own choice)',
    },
    { name: 'filler3', start: 64, length: 19, kind: 'A', presence: 'O', label: 'Zone non utilisée (3)' },
    { name: 'count_lots', start: 83, length: 3, kind: 'N', presence: 'M', label: 'Nombre de lots' },
    { name: 'filler4', start: 86, length: 43, kind: 'A', presence: 'O', label: 'Zone non utilisée (4)' },
  ],
});
