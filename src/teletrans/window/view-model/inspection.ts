/** What was sent and received, in words. */
import type { Inspected, ReturnRow } from '../../application/inspection-port';
import type { AttemptView } from '../../application/port';
import type { Shape, Tone } from '../state-words';

const FAMILIES: Readonly<Record<Inspected['family'], string>> = {
  b2: 'Fichier B2',
  noemie: 'Retour NOEMIE',
  arl0: 'Accusé ARL0 (format provisoire)',
  unknown: 'Format non reconnu',
};

export const familyName = (family: Inspected['family']): string => FAMILIES[family];

/** `1 à 3`, `7`, or nothing where no table says the place. */
export function placeOf({ start, end }: { readonly start: number | null; readonly end: number | null }): string {
  if (start === null || end === null) return '';
  return start === end ? String(start) : `${start} à ${end}`;
}

/** How far the dialogue of an attempt went. */
const PHASES: Readonly<Record<AttemptView['phase'], string>> = {
  started: 'sans connexion',
  connected: 'connexion établie',
  greeted: 'serveur identifié',
  envelope: 'expéditeur et destinataire acceptés',
  body: 'contenu en cours d’envoi',
  'dot-sent': 'contenu envoyé, réponse attendue',
  replied: 'réponse reçue',
};

const OUTCOMES: Readonly<Record<NonNullable<AttemptView['outcome']>, string>> = {
  HANDED_OVER: 'remis au serveur',
  TEMP_FAILED: 'échec provisoire, rien n’est parti',
  PERM_FAILED: 'refusé, rien n’est parti',
  UNCERTAIN: 'en doute : peut-être parti',
};

export const attemptText = ({ phase, outcome }: AttemptView): string =>
  `${outcome === null ? 'en cours' : OUTCOMES[outcome]} (${PHASES[phase]})`;

const KINDS: Readonly<Record<ReturnRow['kind'], string>> = {
  ARL: 'Accusé (ARL)',
  RSP: 'Retour de paiement (RSP)',
  DELIVERY_REPORT: 'Avis de la messagerie',
  UNKNOWN: 'Message non reconnu',
};

export const returnKind = (kind: ReturnRow['kind']): string => KINDS[kind];

interface ReturnWord {
  readonly word: string;
  readonly shape: Shape;
  readonly tone: Tone;
  readonly meaning: string;
}

const STATES: Readonly<Record<ReturnRow['state'], ReturnWord>> = {
  spooled: { word: 'À lire', shape: 'clock', tone: 'info', meaning: 'Reçu et gardé ; il sera lu à la prochaine relève.' },
  applied: { word: 'Pris en compte', shape: 'check', tone: 'good', meaning: 'Lu, et appliqué à ce qu’il concerne.' },
  unmatched: { word: 'À rattacher', shape: 'question', tone: 'attention', meaning: 'Compris, mais il ne correspond à rien d’ici.' },
  quarantined: {
    word: 'Illisible',
    shape: 'cross',
    tone: 'attention',
    meaning: 'Mis de côté : il n’a pas pu être lu. Il est gardé entier.',
  },
  duplicate: {
    word: 'Déjà reçu',
    shape: 'loop',
    tone: 'neutral',
    meaning: 'Le même contenu était arrivé avant ; rien n’a été fait deux fois.',
  },
  filed: { word: 'Classé', shape: 'box', tone: 'neutral', meaning: 'Une personne du cabinet l’a classé. Il est gardé entier.' },
};

export const returnState = (state: ReturnRow['state']): ReturnWord => STATES[state];
