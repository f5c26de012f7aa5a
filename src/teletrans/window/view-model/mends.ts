/** What mends each reason an invoice waits for: the button that does it, or the place where it is done. Pure. */
import type { HeldView, RecheckReport } from '../../application/port';
import { plural, shortNumber } from './format';
import type { Way } from './advice';

/** What a button does. `go` leads to a page of the window. */
export type Mend =
  ({ readonly kind: 'go' } & Way) | { readonly kind: 'recheck' | 'copy' | 'release' | 'collect' | 'paper'; readonly label: string };

interface MendPlan {
  /** In their order; the first is the one that mends it most often. */
  readonly mends: (held: HeldView) => readonly Mend[];
  /** What happens afterwards, said beside the buttons. */
  readonly after: string;
}

const PAPER: Mend = { kind: 'paper', label: 'Passer au papier…' };
const RECHECK: Mend = { kind: 'recheck', label: 'Vérifier de nouveau' };
const COPY: Mend = { kind: 'copy', label: 'Copier le numéro et ce qu’il faut corriger' };
const go = (address: string, label: string): Mend => ({ kind: 'go', address, label });

const CORRECTED: MendPlan = {
  mends: () => [COPY],
  after:
    'Seul LOGOSw peut la corriger. Refaite là-bas sous un nouveau numéro et liée à celle-ci, elle part, et celle-ci se classe d’elle-même.',
};
const SUPPORT: MendPlan = {
  mends: () => [COPY, go('diagnostic', 'Préparer le paquet pour l’assistance')],
  after: 'Donnez à l’assistance le numéro et le message ; la facture reste ici, rien n’est perdu.',
};
const ROUTE: MendPlan = {
  mends: (held) => [go(`reglages/${payerAnchor(held)}`, 'Compléter la table des organismes'), RECHECK, PAPER],
  after: 'Dès que la table connaît l’organisme, la facture repart d’elle-même au prochain envoi, ou avec « Vérifier de nouveau ».',
};
const SUPPORTED_PAYMENT = (label: string): MendPlan => ({
  mends: () => [go('tiers-payants', label), RECHECK],
  after: 'Une fois la ligne réglée, « Vérifier de nouveau » libère la facture si plus rien ne la retient.',
});

/** By code. Everything the program may hold or refuse an invoice for is here. */
export const MENDS: Readonly<Record<string, MendPlan>> = {
  'FAC-006': ROUTE,
  'FAC-007': {
    mends: (held) => [...ROUTE.mends(held), COPY],
    after: `${ROUTE.after} Si le numéro est faux, corrigez-le dans LOGOSw : la facture refaite, liée à celle-ci, la remplace.`,
  },
  'FAC-001': CORRECTED,
  'FAC-011': CORRECTED,
  'FAC-016': CORRECTED,
  'FAC-027': CORRECTED,
  'FAC-025': {
    mends: () => [PAPER, COPY],
    after:
      'Trop ancienne pour partir : passée au papier, elle ne compte plus en retard ; son détail donne le duplicata à imprimer, à signer et à envoyer.',
  },
  'FAC-040': {
    mends: () => [{ kind: 'collect', label: 'Relever les retours' }, RECHECK],
    after: 'Elle part d’elle-même dès que celle qu’elle remplace est refusée ou close.',
  },
  'RET-010': SUPPORTED_PAYMENT('Ouvrir les tiers payants'),
  'RET-043': SUPPORTED_PAYMENT('Voir la ligne de paiement'),
  'STO-021': {
    mends: () => [{ kind: 'release', label: 'Libérer cette facture…' }],
    after: 'Vérifiez d’abord auprès de la caisse, ou dans l’autre copie, qu’elle n’est pas partie.',
  },
  'RET-002': {
    mends: () => [go('lots', 'Voir le lot refusé')],
    after: 'La cause corrigée, « Remettre à envoyer » libère toutes les factures du lot.',
  },
  'RET-004': {
    mends: () => [go('lots', 'Voir le lot refusé'), COPY],
    after: 'Le détail du lot dit si ses factures peuvent repartir.',
  },
  'RET-003': CORRECTED,
};

/** A reason nobody foresaw is for the support: never nothing. */
export const mendOf = (code: string): MendPlan => MENDS[code] ?? SUPPORT;

/** The place of a payer in the settings. */
export function payerAnchor({ payer }: Pick<HeldView, 'payer'>): string {
  if (payer === null) return 'organismes';
  return 'amc' in payer ? `amc-${payer.amc}` : `amo-${payer.regime}-${payer.fund}-${payer.centre}`;
}

/** For whoever corrects it in LOGOSw: no name, no act. */
export const copied = ({ number, reason }: HeldView): string =>
  `Facture ${shortNumber(number)} : ${reason.message} ${reason.action} (${reason.code})`;

/** What examining again gave, in words. */
export function recheckSaid({ released, held }: RecheckReport): string {
  const left = held === 0 ? 'Plus aucune n’attend.' : `${plural(held, 'facture attend encore', 'factures attendent encore')}.`;
  return released === 0
    ? `Rien n’a changé : la cause est toujours là. ${left}`
    : `${plural(released, 'facture est prête', 'factures sont prêtes')} à partir. ${left}`;
}
