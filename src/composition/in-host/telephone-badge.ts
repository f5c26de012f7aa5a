/** The sign on the telephone icon: how many invoices wait, and whether some are late or something needs a person. */
import type { Badge } from '../../host-bridge/host-messages';
import type { PendingCounts } from '../../teletrans/application/port';

export const OPEN_COMMAND = 'teletrans.ouvrir';

/** What the icon says of the day. Pure. */
export function badgeFor(counts: PendingCounts): Badge {
  const attention = counts.uncertain + counts.refused;
  const text = counts.ready + counts.held === 0 ? null : String(counts.ready + counts.held);
  const said = [
    [counts.ready, 'à envoyer'],
    [counts.dueToday, 'à envoyer avant ce soir'],
    [counts.late, 'en retard'],
    [counts.held, 'retenue(s)'],
    [counts.uncertain, 'en doute'],
    [counts.refused, 'refusée(s)'],
  ] as const;
  const tooltip = said
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`)
    .join(', ');
  return {
    command: OPEN_COMMAND,
    text: attention > 0 ? (text ?? '!') : text,
    severity: attention > 0 ? 'incident' : counts.late + counts.dueToday > 0 ? 'late' : 'normal',
    ...(tooltip === '' ? {} : { tooltip }),
  };
}
