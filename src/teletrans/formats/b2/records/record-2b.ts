import { defineLayout } from '../../fixed-width/layout';
import { PS_IDENTITY } from './ps-identity';

/** Beneficiary identity (spec/b2.md § 2, b2_layouts.tsv). */
export const RECORD_2B = defineLayout({
  family: 'b2-ps',
  version: 'base',
  record: '2B',
  length: 128,
  label: 'Identité du bénéficiaire',
  fields: [
    { name: 'rec_type', start: 1, length: 1, kind: 'N', presence: 'M', constant: '2', label: 'Type d’enregistrement' },
    ...PS_IDENTITY,
    { name: 'complement', start: 36, length: 1, kind: 'A', presence: 'M', constant: 'B', label: 'Complément de l’enregistrement' },
    { name: 'filler2', start: 37, length: 1, kind: 'A', presence: 'O', label: 'Zone non utilisée (2)' },
    {
      name: 'beneficiary_quality',
      start: 38,
      length: 2,
      kind: 'A',
      presence: 'M',
      personal: true,
      label: 'Qualité du bénéficiaire',
      note: 'A insured, C partner, E child, AA other',
    },
    { name: 'title', start: 40, length: 3, kind: 'A', presence: 'M', empty: true, personal: true, label: 'Civilité' },
    { name: 'last_name', start: 43, length: 25, kind: 'A', presence: 'M', personal: true, label: 'Nom du bénéficiaire' },
    { name: 'first_name', start: 68, length: 15, kind: 'A', presence: 'M', personal: true, label: 'Prénom du bénéficiaire' },
    { name: 'street_no', start: 83, length: 4, kind: 'N', presence: 'O', personal: true, label: 'Numéro dans la voie' },
    {
      name: 'street_no_suffix',
      start: 87,
      length: 1,
      kind: 'A',
      presence: 'O',
      personal: true,
      label: 'Complément du numéro dans la voie',
    },
    { name: 'street_type', start: 88, length: 4, kind: 'A', presence: 'O', personal: true, label: 'Type de voie' },
    { name: 'street_name', start: 92, length: 25, kind: 'A', presence: 'O', personal: true, label: 'Libellé de la voie' },
    { name: 'filler3', start: 117, length: 12, kind: 'A', presence: 'O', label: 'Zone non utilisée (3)' },
  ],
});
