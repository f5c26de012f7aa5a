/** The card and its code, as the transmit panel asks for them. */
import type { Explained, PractitionerView } from '../../application/port';
import type { ReaderView, VirtualCards } from '../protocol';
import { plural, practitionerName } from './format';

export interface SituationChoice {
  /** Null: every situation. */
  readonly number: string | null;
  readonly label: string;
}

export type CardView =
  /** Nothing can be asked: no reader, no card, another card, blocked. */
  | { readonly kind: 'stopped'; readonly problem: Explained }
  | {
      readonly kind: 'ask';
      readonly holder: string;
      readonly triesLeft: number;
      readonly tries: string;
      /** Set with one try left: it must be confirmed. */
      readonly lastTry: Explained | null;
    }
  | { readonly kind: 'opened'; readonly holder: string };

export function cardView({ status, opened, problem }: ReaderView): CardView {
  if (opened !== null) return { kind: 'opened', holder: practitionerName(opened.holderName, '') };
  if (status.state !== 'card' || status.triesLeft === 0)
    return {
      kind: 'stopped',
      problem: problem ?? { code: 'LEC-006', message: 'Le lecteur ne répond pas.', action: 'Redémarrez le lecteur.' },
    };
  return {
    kind: 'ask',
    holder: practitionerName(`${status.holder.lastName} ${status.holder.firstName}`, ''),
    triesLeft: status.triesLeft,
    tries: `${plural(status.triesLeft, 'essai restant', 'essais restants')} sur ${status.maxTries}`,
    lastTry: status.triesLeft === 1 ? problem : null,
  };
}

/** The card of the chosen practitioner among the virtual ones, else the first. */
export function likelyCard(cards: NonNullable<VirtualCards>, chosen: PractitionerView | null): string | null {
  const name = chosen?.name ?? null;
  const own = cards.find(({ holderName }) => name !== null && sameName(holderName, name));
  return (own ?? cards[0])?.file ?? null;
}

/** One line for the header: what is in the reader. */
export function readerLine(reader: ReaderView): { readonly text: string; readonly shape: 'check' | 'lock' | 'circle' | 'cross' } {
  const card = cardView(reader);
  if (card.kind === 'opened') return { text: `Carte ouverte : ${card.holder}`, shape: 'check' };
  if (card.kind === 'ask') return { text: `Carte de ${card.holder} · ${card.tries}`, shape: 'lock' };
  return { text: card.problem.message, shape: reader.status.state === 'no-card' ? 'circle' : 'cross' };
}

const sameName = (a: string, b: string): boolean => {
  const words = (text: string): string => text.toLocaleUpperCase('fr').split(/\s+/).sort().join(' ');
  return words(a) === words(b);
};

/**
 * A warning when the card seems to be somebody else's than the chosen practitioner: by its billing numbers once it is open, by the name before.
 * It stops nothing: whether the card may seal these invoices is the application's to say (a locum's card carries its own number).
 */
export function otherCardNotice({ status, opened }: ReaderView, chosen: PractitionerView | null): string | null {
  if (chosen === null || status.state !== 'card') return null;
  const holder = `${status.holder.lastName} ${status.holder.firstName}`;
  const other =
    opened === null
      ? chosen.name !== null && !sameName(holder, chosen.name)
      : !opened.situations.some((situation) => situation.billingNumber === chosen.billingNumber);
  if (!other) return null;
  return `La carte dans le lecteur est celle de ${practitionerName(holder, '')}. Les factures de ${practitionerName(chosen.name, chosen.billingNumber)} demandent la carte de leur praticien.`;
}

/** The situations to choose from; empty when there is nothing to choose. The first choice is every situation. */
export function situationChoices({ opened }: ReaderView, chosen: PractitionerView | null): readonly SituationChoice[] {
  if (opened === null || chosen === null) return [];
  const usable = opened.situations.filter(
    (situation) => situation.valid && situation.signsLot && situation.billingNumber === chosen.billingNumber,
  );
  if (usable.length < 2) return [];
  const ready = (number: string): number => chosen.readyBySituation.find(({ situation }) => situation === number)?.count ?? 0;
  return [
    { number: null, label: `Toutes (${plural(chosen.ready, 'facture')})` },
    ...usable.map(({ number }) => ({ number, label: `Situation ${number} (${plural(ready(number), 'facture')})` })),
  ];
}

/** Practitioners with something ready first, then by name. */
export function practitionerChoices(practitioners: readonly PractitionerView[]): readonly PractitionerView[] {
  const label = ({ name, billingNumber }: PractitionerView): string => practitionerName(name, billingNumber);
  return [...practitioners].sort((a, b) => Number(b.ready > 0) - Number(a.ready > 0) || label(a).localeCompare(label(b), 'fr'));
}
