import { defineLayout } from '../../fixed-width/layout';
import { PS_IDENTITY } from './ps-identity';

/** Routing to the AMC (spec/b2.md § 2, b2_layouts.tsv). */
export const RECORD_2M = defineLayout({
  family: 'b2-ps',
  version: 'base',
  record: '2M',
  length: 128,
  label: 'Acheminement vers l’AMC',
  fields: [
    { name: 'rec_type', start: 1, length: 1, kind: 'N', presence: 'M', constant: '2', label: 'Type d’enregistrement' },
    ...PS_IDENTITY,
    { name: 'complement', start: 36, length: 1, kind: 'A', presence: 'M', constant: 'M', label: 'Complément de l’enregistrement' },
    {
      name: 'amc_no',
      start: 37,
      length: 10,
      kind: 'N',
      presence: 'O',
      format: 'luhn',
      label: 'Numéro de l’AMC',
      note: '10 positions; the AMC number itself is 9 digits',
    },
    { name: 'amc_routing_code', start: 47, length: 2, kind: 'A', presence: 'O', label: 'Code de routage de l’AMC' },
    { name: 'amc_host_id', start: 49, length: 3, kind: 'A', presence: 'O', label: 'Identifiant de l’hôte AMC' },
    { name: 'filler2', start: 52, length: 20, kind: 'A', presence: 'O', label: 'Zone non utilisée (2)' },
    {
      name: 'amc_member_id',
      start: 72,
      length: 15,
      kind: 'N',
      presence: 'O',
      personal: true,
      label: 'Numéro d’adhérent AMC',
      note: 'identifier given by the AMC',
    },
    { name: 'filler3', start: 87, length: 7, kind: 'A', presence: 'O', label: 'Zone non utilisée (3)' },
    { name: 'amc_forced', start: 94, length: 1, kind: 'A', presence: 'O', label: 'Forçage du tarif AMC' },
    { name: 'sts_module_type', start: 95, length: 1, kind: 'A', presence: 'O', label: 'Type du module STS', note: 'R U M 8 4' },
    { name: 'sts_module_version', start: 96, length: 4, kind: 'A', presence: 'O', label: 'Version du module STS' },
    { name: 'amc_routing_code2', start: 100, length: 2, kind: 'A', presence: 'O', label: 'Code de routage de l’AMC (second)' },
    { name: 'amc_host_id2', start: 102, length: 3, kind: 'A', presence: 'O', label: 'Identifiant de l’hôte AMC (second)' },
    { name: 'amc_domain', start: 105, length: 20, kind: 'A', presence: 'O', label: 'Domaine de messagerie de l’AMC', note: 'mail domain' },
    { name: 'processing_indicator', start: 125, length: 2, kind: 'A', presence: 'O', label: 'Indicateur de traitement' },
    { name: 'amc_application_code', start: 127, length: 2, kind: 'A', presence: 'O', label: 'Code application de l’AMC' },
  ],
});
