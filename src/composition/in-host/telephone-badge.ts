/** The sign on the telephone icon: how many invoices wait, and whether some are late or something needs a person. */
import type { Badge } from '../../host-bridge/host-messages';
import type { PendingCounts } from '../../teletrans/application/port';
import { localStamp } from '../../teletrans/domain/clock';

export const OPEN_COMMAND = 'teletrans.ouvrir';

/** `26/11 à 18:30`, legal time. */
function moment(at: Date): string {
  const stamp = localStamp(at);
  return `${stamp.slice(6, 8)}/${stamp.slice(4, 6)} à ${stamp.slice(8, 10)}:${stamp.slice(10, 12)}`;
}

/**
 * What the icon says of the day. Pure.
 * @param diagnosticsUntil ISO date-time until which diagnostics are on, null when they are off.
 */
export function badgeFor(counts: PendingCounts, diagnosticsUntil: string | null = null): Badge {
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
  const counted = said
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`)
    .concat(diagnosticsUntil === null ? [] : [`diagnostic activé jusqu’au ${moment(new Date(diagnosticsUntil))}`])
    .join(', ');
  const tooltip = [counts.stopped?.message ?? '', counted].filter((part) => part !== '').join(' ');
  return {
    command: OPEN_COMMAND,
    text: counts.stopped !== null ? '!' : (text ?? (attention > 0 ? '!' : diagnosticsUntil === null ? null : 'D')),
    severity: attention > 0 || counts.stopped !== null ? 'incident' : counts.late + counts.dueToday > 0 ? 'late' : 'normal',
    ...(tooltip === '' ? {} : { tooltip }),
  };
}
