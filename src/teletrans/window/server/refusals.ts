/** What the window's server answers to a request it does not take: status, code, French sentence and action. Data; nothing here depends on the invoice trade. */
import type { ApiError } from '../protocol';

export interface Refusal extends ApiError {
  readonly status: number;
}

const OPEN_AGAIN = 'Cliquez de nouveau sur l’icône du téléphone dans le logiciel de gestion.';
const CALL_SUPPORT = 'Rechargez la page. Si le message revient, contactez le support.';

export const REFUSALS = {
  session: {
    status: 401,
    code: 'FEN-001',
    message: 'Cette fenêtre n’est plus reliée au module de télétransmission.',
    action: OPEN_AGAIN,
  },
  ticket: {
    status: 403,
    code: 'FEN-002',
    message: 'Cette adresse d’ouverture a déjà servi ou n’est plus valable.',
    action: OPEN_AGAIN,
  },
  origin: {
    status: 403,
    code: 'FEN-003',
    message: 'Cette demande ne vient pas de la fenêtre de télétransmission : elle a été refusée.',
    action: 'Fermez la page qui l’a faite, puis cliquez sur l’icône du téléphone.',
  },
  body: { status: 400, code: 'FEN-004', message: 'La demande est mal formée : rien n’a été fait.', action: CALL_SUPPORT },
  tooLarge: { status: 413, code: 'FEN-004', message: 'La demande est trop longue : rien n’a été fait.', action: CALL_SUPPORT },
  mediaType: { status: 415, code: 'FEN-004', message: 'La demande est mal formée : rien n’a été fait.', action: CALL_SUPPORT },
  notFound: { status: 404, code: 'FEN-005', message: 'Cette page n’existe pas.', action: 'Revenez à l’accueil de la fenêtre.' },
  realReader: {
    status: 409,
    code: 'FEN-006',
    message: 'Le lecteur est un vrai lecteur : la carte s’y insère à la main.',
    action: 'Insérez la carte dans le lecteur.',
  },
  unknownCard: {
    status: 400,
    code: 'FEN-007',
    message: 'Cette carte de démonstration n’existe pas.',
    action: 'Choisissez une carte de la liste.',
  },
  tooMany: {
    status: 503,
    code: 'FEN-008',
    message: 'Trop de fenêtres de télétransmission sont ouvertes.',
    action: 'Fermez celles qui ne servent pas, puis rechargez la page.',
  },
} as const satisfies Readonly<Record<string, Refusal>>;

export type RefusalName = keyof typeof REFUSALS;

/** Ends a request with one of {@link REFUSALS}. */
export class RequestRefused extends Error {
  constructor(readonly refusal: RefusalName) {
    super(refusal);
    this.name = 'RequestRefused';
  }
}
