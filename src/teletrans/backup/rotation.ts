/** When an automatic backup is due, and which old ones go. Pure. */
import { dayNumber } from '../domain/calendar';
import { localDate } from '../domain/clock';
import type { MadeBackup } from '../store/backup/port';
import type { BackupSettings } from './port';

/** Calendar days since the last backup decide, so that a practice that opens at eight each morning has one each morning. */
export function isDue({ folder, everyDays }: BackupSettings, lastAt: string | null, now: Date): boolean {
  if (folder === null) return false;
  return lastAt === null || dayNumber(localDate(now)) - dayNumber(localDate(new Date(lastAt))) >= everyDays;
}

/**
 * Old automatic backups of this practice beyond the newest `keep`. Those a person made stay, and so does the newest whole one, whatever came after.
 * @param found the oldest first.
 */
export function outdated(found: readonly MadeBackup[], practice: string, keep: number): readonly MadeBackup[] {
  const own = found.filter(({ manifest }) => manifest.automatic && manifest.practice === practice);
  const lastWhole = own.filter(({ manifest }) => manifest.missing.length === 0).at(-1);
  return own.slice(0, Math.max(0, own.length - keep)).filter((backup) => backup !== lastWhole);
}
