/** Why the electronic sheet could not do: keys of the choices offered. */
export const DUPLICATE_REASONS = {
  panne: 'la transmission électronique a été impossible pour une raison extérieure au cabinet',
  echec: 'la réémission de la feuille électronique a échoué',
  refus: 'la feuille électronique a été refusée par deux fois',
  delai: 'le délai dans lequel la feuille électronique peut être transmise est dépassé',
  doute: 'l’envoi électronique est resté en doute et le délai légal est passé',
} as const;
export type DuplicateReason = keyof typeof DUPLICATE_REASONS;
