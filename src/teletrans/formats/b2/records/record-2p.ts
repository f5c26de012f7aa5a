import { defineLayout } from '../../fixed-width/layout';
import { PS_IDENTITY } from './ps-identity';

/** AMC agreement (spec/b2.md § 2, b2_layouts.tsv). */
export const RECORD_2P = defineLayout({
  family: 'b2-ps',
  version: 'base',
  record: '2P',
  length: 128,
  label: 'Convention de l’AMC',
  fields: [
    { name: 'rec_type', start: 1, length: 1, kind: 'N', presence: 'M', constant: '2', label: 'Type d’enregistrement' },
    ...PS_IDENTITY,
    { name: 'complement', start: 36, length: 1, kind: 'A', presence: 'M', constant: 'P', label: 'Complément de l’enregistrement' },
    { name: 'settlement_operator_no', start: 37, length: 10, kind: 'A', presence: 'O', label: 'Numéro de l’opérateur de règlement' },
    { name: 'amc_agreement_context', start: 47, length: 34, kind: 'A', presence: 'O', label: 'Contexte de la convention AMC' },
    { name: 'filler2', start: 81, length: 48, kind: 'A', presence: 'O', label: 'Zone non utilisée (2)' },
  ],
});
