/** What the local insurer can be asked to play: `npm start -- --scenario NOM`. */
import type { PaymentRound } from './insurer/payments';
import type { Rule } from './insurer/scenario';

export interface Scenario {
  readonly name: string;
  /** French, one line. */
  readonly summary: string;
  readonly rules: readonly Rule[];
  /** Nothing is transmitted: the invoices wait for the person at the window. */
  readonly byHand?: boolean;
  /** How long to wait for the ARL, when some will not come. */
  readonly arlWaitMs?: number;
  /** Payment returns after the ARL, round by round. */
  readonly payments?: readonly PaymentRound[];
}

export const SCENARIOS: readonly Scenario[] = [
  { name: 'positif', summary: 'tous les lots sont acceptés', rules: [] },
  {
    name: 'a-vous',
    summary: 'rien n’est envoyé : la journée attend que vous la transmettiez à la fenêtre (code porteur 1234) ; un lot sera refusé',
    byHand: true,
    rules: [{ when: { practitioner: '999000029' }, do: { play: 'negative-lot', code: 'L004' }, times: 1 }],
  },
  {
    name: 'refus-lot',
    summary: 'le premier lot d’un praticien est refusé',
    rules: [{ when: { practitioner: '999000029' }, do: { play: 'negative-lot', code: 'L004' }, times: 1 }],
  },
  {
    name: 'refus-facture',
    summary: 'une facture est refusée, les autres de son lot repartiront',
    rules: [{ when: { invoice: '000000112' }, do: { play: 'negative-invoice', code: 'I004' }, times: 1 }],
  },
  {
    name: 'refus-fichier',
    summary: 'un fichier est refusé en entier',
    rules: [{ when: { nth: 1 }, do: { play: 'negative-file', code: 'F002' }, times: 1 }],
  },
  { name: 'tardif', summary: 'les accusés arrivent après trois secondes', rules: [{ do: { play: 'late', delayMs: 3000 } }] },
  {
    name: 'perdu',
    summary: 'l’accusé du premier fichier ne vient jamais',
    rules: [{ when: { nth: 1 }, do: { play: 'lost' }, times: 1 }],
    arlWaitMs: 5000,
  },
  { name: 'double', summary: 'chaque accusé arrive deux fois', rules: [{ do: { play: 'duplicated' } }] },
  {
    name: 'coupure',
    summary: 'la ligne est coupée après le point final du premier message : en doute, puis l’ARL',
    rules: [{ when: { nth: 1 }, do: { play: 'smtp-cut-after-dot' }, times: 1 }],
  },
  { name: 'paye', summary: 'tout est accepté, puis payé', rules: [], payments: [{ rest: true }] },
  {
    name: 'paiements',
    summary: 'tout est accepté, puis payé, payé en partie, rejeté, différé, repris ; créance, forfait et ligne inconnue',
    rules: [],
    payments: [
      {
        rest: true,
        answers: {
          '000000101': { as: 'partly', paid: 17000 },
          '000000104': { as: 'refused', code: '2600', refined: '710', label: 'NUMERO DE DENT INCOMPATIBLE' },
          '000000107': { as: 'refused', code: '0250', refined: '050', label: 'ASSURE INCONNU' },
          '000000109': { as: 'refused', code: '2900', refined: '005', label: 'FACTURE DEJA PAYEE' },
          '000000116': { as: 'refused', code: '2600', refined: '649', label: 'CODE ASSOCIATION DIFFERENT', part: 'amc' },
          '000000119': { as: 'deferred' },
          '000000121': { as: 'not-processed' },
        },
        debts: [{ reference: 'IND0001', kind: 'IPI', recovery: 'RPR', amount: -1500 }],
        lumps: [{ code: '00012', amount: 49000 }],
        stranger: { number: '000000211', paid: 2006 },
        again: 'same-bytes',
      },
      { rest: false, answers: { '000000119': { as: 'paid' }, '000000122': { as: 'recovered' } }, misstated: 250, again: 'other-bytes' },
    ],
  },
];

export function scenarioNamed(name: string): Scenario | null {
  return SCENARIOS.find((scenario) => scenario.name === name) ?? null;
}
