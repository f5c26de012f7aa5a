import { defineLayout } from '../../fixed-width/layout';
import { PS_IDENTITY } from './ps-identity';

/** Beneficiary address (spec/b2.md § 2, b2_layouts.tsv). */
export const RECORD_2C = defineLayout({
  family: 'b2-ps',
  version: 'base',
  record: '2C',
  length: 128,
  label: 'Adresse du bénéficiaire',
  fields: [
    { name: 'rec_type', start: 1, length: 1, kind: 'N', presence: 'M', constant: '2', label: 'Type d’enregistrement' },
    ...PS_IDENTITY,
    { name: 'complement', start: 36, length: 1, kind: 'A', presence: 'M', constant: 'C', label: 'Complément de l’enregistrement' },
    { name: 'filler2', start: 37, length: 4, kind: 'A', presence: 'O', label: 'Zone non utilisée (2)' },
    { name: 'address_extra', start: 41, length: 25, kind: 'A', presence: 'O', personal: true, label: 'Complément d’adresse' },
    { name: 'town', start: 66, length: 25, kind: 'A', presence: 'M', personal: true, label: 'Commune' },
    { name: 'postcode', start: 91, length: 5, kind: 'A', presence: 'M', personal: true, label: 'Code postal' },
    { name: 'insured_last_name', start: 96, length: 25, kind: 'A', presence: 'O', personal: true, label: 'Nom de l’assuré' },
    { name: 'insured_first_name', start: 121, length: 8, kind: 'A', presence: 'O', personal: true, label: 'Prénom de l’assuré' },
  ],
});
