import { defineLayout } from '../../fixed-width/layout';
import { PS_IDENTITY } from './ps-identity';

/** Older dental detail (spec/b2.md § 2, b2_layouts.tsv). */
export const RECORD_4D = defineLayout({
  family: 'b2-ps',
  version: 'base',
  record: '4D',
  length: 128,
  label: 'Détail dentaire ancien',
  fields: [
    { name: 'rec_type', start: 1, length: 1, kind: 'N', presence: 'M', constant: '4', label: 'Type d’enregistrement' },
    ...PS_IDENTITY,
    { name: 'complement', start: 36, length: 1, kind: 'A', presence: 'M', constant: 'D', label: 'Complément de l’enregistrement' },
    { name: 'sequence', start: 37, length: 2, kind: 'N', presence: 'O', label: 'Numéro de séquence' },
    { name: 'sesam_reserved', start: 39, length: 4, kind: 'A', presence: 'O', label: 'Réservé SESAM' },
    { name: 'act1_date', start: 43, length: 6, kind: 'N', presence: 'M', format: 'date', label: 'Date du premier acte' },
    { name: 'act1_qty', start: 49, length: 2, kind: 'N', presence: 'O', label: 'Quantité du premier acte' },
    { name: 'act1_code', start: 51, length: 13, kind: 'A', presence: 'O', personal: true, label: 'Code du premier acte' },
    { name: 'act1_modulator', start: 64, length: 3, kind: 'N', presence: 'O', personal: true, label: 'Modulateur du premier acte' },
    { name: 'act1_tooth', start: 67, length: 2, kind: 'N', presence: 'M', personal: true, label: 'Dent du premier acte' },
    { name: 'act2_date', start: 69, length: 6, kind: 'N', presence: 'O', format: 'date', label: 'Date du second acte' },
    { name: 'act2_qty', start: 75, length: 2, kind: 'N', presence: 'O', label: 'Quantité du second acte' },
    { name: 'act2_code', start: 77, length: 13, kind: 'A', presence: 'O', personal: true, label: 'Code du second acte' },
    { name: 'act2_modulator', start: 90, length: 3, kind: 'N', presence: 'O', personal: true, label: 'Modulateur du second acte' },
    { name: 'act2_tooth', start: 93, length: 2, kind: 'N', presence: 'O', personal: true, label: 'Dent du second acte' },
    { name: 'filler2', start: 95, length: 34, kind: 'A', presence: 'O', label: 'Zone non utilisée (2)' },
  ],
});
