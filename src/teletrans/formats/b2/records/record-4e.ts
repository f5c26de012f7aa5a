import { defineLayout } from '../../fixed-width/layout';
import { PS_IDENTITY } from './ps-identity';

const NOTE = 'late field, provisional position (A)';

/** RPPS of those who prescribe and perform; comes directly after 4S, in version `b2-ps-2005e-provisional` alone (spec/b2.md § 6). */
export const RECORD_4E = defineLayout({
  family: 'b2-ps',
  version: '2005e-provisional',
  record: '4E',
  length: 128,
  label: 'Identités RPPS et structures',
  fields: [
    { name: 'rec_type', start: 1, length: 1, kind: 'N', presence: 'M', constant: '4', label: 'Type d’enregistrement' },
    ...PS_IDENTITY,
    { name: 'complement', start: 36, length: 1, kind: 'A', presence: 'M', constant: 'E', label: 'Complément de l’enregistrement' },
    { name: 'sequence', start: 37, length: 2, kind: 'N', presence: 'O', label: 'Numéro de séquence' },
    { name: 'prescriber_rpps', start: 39, length: 11, kind: 'A', presence: 'O', label: 'RPPS du prescripteur', note: NOTE },
    { name: 'prescriber_structure', start: 50, length: 14, kind: 'A', presence: 'O', label: 'Structure du prescripteur', note: NOTE },
    { name: 'performer_rpps', start: 64, length: 11, kind: 'A', presence: 'O', label: 'RPPS de l’exécutant', note: NOTE },
    { name: 'performer_structure', start: 75, length: 14, kind: 'A', presence: 'O', label: 'Structure de l’exécutant', note: NOTE },
    { name: 'filler2', start: 89, length: 40, kind: 'A', presence: 'O', label: 'Zone non utilisée (2)' },
  ],
});
