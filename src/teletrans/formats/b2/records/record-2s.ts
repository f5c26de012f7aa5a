import { defineLayout } from '../../fixed-width/layout';
import { PS_IDENTITY } from './ps-identity';

/** Beneficiary NIR and opposition (spec/b2.md § 2, b2_layouts.tsv). */
export const RECORD_2S = defineLayout({
  family: 'b2-ps',
  version: 'base',
  record: '2S',
  length: 128,
  label: 'Bénéficiaire, opposition',
  fields: [
    { name: 'rec_type', start: 1, length: 1, kind: 'N', presence: 'M', constant: '2', label: 'Type d’enregistrement' },
    ...PS_IDENTITY,
    { name: 'complement', start: 36, length: 1, kind: 'A', presence: 'M', constant: 'S', label: 'Complément de l’enregistrement' },
    { name: 'filler2', start: 37, length: 13, kind: 'A', presence: 'O', label: 'Zone non utilisée (2)' },
    {
      name: 'individual_nir',
      start: 50,
      length: 13,
      kind: 'A',
      presence: 'O',
      format: 'nir',
      personal: true,
      label: 'NIR du bénéficiaire',
      note: 'NIR of the beneficiary',
    },
    { name: 'individual_nir_key', start: 63, length: 2, kind: 'N', presence: 'O', personal: true, label: 'Clé du NIR du bénéficiaire' },
    { name: 'opposition_list_ref', start: 65, length: 6, kind: 'N', presence: 'O', label: 'Référence de la liste d’opposition' },
    {
      name: 'filler3',
      start: 71,
      length: 58,
      kind: 'A',
      presence: 'O',
      label: 'Zone non utilisée (3)',
      note: 'later versions: attending doctor flag, name, first name, number, care-path indicator',
    },
  ],
});
