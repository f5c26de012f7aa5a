/** The card and its code, as the transmit panel asks for them. */
import type { Explained, OpenCardView, PractitionerView } from '../../application/port';
import type { ReaderView, VirtualCards } from '../protocol';
import { firstSentence, formatTime, plural, practitionerName } from './format';

export interface SituationChoice {
  /** Null: every situation. */
  readonly number: string | null;
  readonly label: string;
}

const WRONG_CODE = 'CPS-003';
const LAST_TRY = 'CPS-004';

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
      /** The code can be typed on the reader. */
      readonly keypad: boolean;
      /** The reader waits for the code on its keypad now. */
      readonly typing: boolean;
    }
  | { readonly kind: 'opened'; readonly holder: string; readonly unattended: string | null };

export function cardView({ status, opened, presenting, problem }: ReaderView): CardView {
  if (opened !== null) return { kind: 'opened', holder: practitionerName(opened.holderName, ''), unattended: unattendedText(opened) };
  if (status.state !== 'card' || (problem !== null && problem.code !== LAST_TRY))
    return {
      kind: 'stopped',
      problem: problem ?? { code: 'LEC-006', message: 'Le lecteur ne répond pas.', action: 'Redémarrez le lecteur.' },
    };
  return {
    kind: 'ask',
    holder: practitionerName(`${status.holder.lastName} ${status.holder.firstName}`, ''),
    triesLeft: status.triesLeft,
    tries: `${plural(status.triesLeft, 'essai restant', 'essais restants')} sur ${status.maxTries}`,
    lastTry: problem,
    keypad: status.keypad,
    typing: presenting === 'keypad',
  };
}

/** Who opened the session without surveillance, since when and until when; null when there is none. */
export function unattendedText({ holderName, unattended }: OpenCardView): string | null {
  if (unattended === null) return null;
  const holder = practitionerName(holderName, '');
  return `Session sans surveillance ouverte par ${holder} à ${formatTime(unattended.since)}, jusqu’à ${formatTime(unattended.until)}.`;
}

/** How long a session without surveillance may be asked for, in minutes. */
export const UNATTENDED_CHOICES = [
  { minutes: 30, label: '30 minutes' },
  { minutes: 60, label: '1 heure' },
  { minutes: 120, label: '2 heures' },
  { minutes: 240, label: '4 heures' },
  { minutes: 480, label: '8 heures' },
] as const;

/** What follows a refused code: on a reader with a keypad, it is typed there; by itself only while no try is the last one. */
export function afterRefusal(code: string, { status, problem }: ReaderView): 'keypad-now' | 'keypad-when-confirmed' | 'window' {
  if (code !== WRONG_CODE || status.state !== 'card' || !status.keypad || status.triesLeft === 0) return 'window';
  return problem?.code === LAST_TRY ? 'keypad-when-confirmed' : 'keypad-now';
}

/** The card of the chosen practitioner among the virtual ones, else the first. */
export function likelyCard(cards: NonNullable<VirtualCards>, chosen: PractitionerView | null): string | null {
  const name = chosen?.name ?? null;
  const own = cards.find(({ holderName }) => name !== null && sameName(holderName, name));
  return (own ?? cards[0])?.file ?? null;
}

/** One line for the header: what is in the reader, in one sentence; the whole of it, and what to do, stand beside the code. */
export function readerLine(reader: ReaderView): { readonly text: string; readonly shape: 'check' | 'lock' | 'circle' | 'cross' } {
  const card = cardView(reader);
  if (card.kind === 'opened') return { text: `Carte ouverte : ${card.holder}`, shape: 'check' };
  if (card.kind === 'ask') return { text: `Carte de ${card.holder} · ${card.tries}`, shape: 'lock' };
  return { text: firstSentence(card.problem.message).replace(/\.$/, ''), shape: reader.status.state === 'no-card' ? 'circle' : 'cross' };
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

/** The situation in use: the person's choice, else the one chosen last time, else all of them; null: all. */
export function usedChoice(
  choices: readonly SituationChoice[],
  wanted: string | null | undefined,
  chosen: Pick<PractitionerView, 'lastSituation'> | null,
): string | null {
  const used = wanted === undefined ? (chosen?.lastSituation ?? null) : wanted;
  return choices.some(({ number }) => number === used) ? used : null;
}

/** Practitioners with something ready first, then by name. */
export function practitionerChoices(practitioners: readonly PractitionerView[]): readonly PractitionerView[] {
  const label = ({ name, billingNumber }: PractitionerView): string => practitionerName(name, billingNumber);
  return [...practitioners].sort((a, b) => Number(b.ready > 0) - Number(a.ready > 0) || label(a).localeCompare(label(b), 'fr'));
}
