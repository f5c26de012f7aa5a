/** Where a piece of advice is acted upon: the page that holds the button. Pure. */

export interface Way {
  /** After `#`. */
  readonly address: string;
  /** French, the word of the link. */
  readonly label: string;
}

const INVOICES = (group: string): string => `factures/${group}`;

/** By code of the error catalogue; the first that fits, by whole code and then by family. */
const WAYS: readonly (readonly [RegExp, Way])[] = [
  [/^TRA-007$/, { address: INVOICES('uncertain'), label: 'Voir les factures en doute' }],
  [/^TRA-008$/, { address: 'lots', label: 'Voir les lots sans accusé' }],
  [/^FAC-022$/, { address: INVOICES('late'), label: 'Voir les factures en retard' }],
  [/^FAC-023$/, { address: INVOICES('due'), label: 'Voir les échéances de ce soir' }],
  [/^LOT-002$/, { address: INVOICES('held'), label: 'Voir les factures retenues' }],
  [/^RET-00[24]$/, { address: 'lots', label: 'Voir les lots refusés' }],
  [/^RET-003$/, { address: INVOICES('refused'), label: 'Voir les factures refusées' }],
  [/^RET-02[0-9]$/, { address: 'tiers-payants', label: 'Voir les tiers payants' }],
  [/^RET-/, { address: 'retours', label: 'Voir les retours' }],
  [/^TRA-/, { address: 'fichiers', label: 'Voir les fichiers' }],
  [/^FAC-/, { address: INVOICES('person'), label: 'Voir les factures à traiter' }],
];

/** Null where nothing in this window can be done about it. */
export function wayOf(code: string): Way | null {
  return WAYS.find(([pattern]) => pattern.test(code))?.[1] ?? null;
}
