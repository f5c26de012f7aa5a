/** What remains when the computer fails or is stolen: the last backup, the mark that tells a restored folder from the present one, the key's protection. */
import { existsSync } from 'node:fs';
import { rememberedBackups } from '../../backup/desk';
import { dayNumber } from '../../domain/calendar';
import { localDate } from '../../domain/clock';
import { guardState } from '../../restore-guard/guard';
import type { KeyShelter } from '../../store/keys/key-source';
import type { Finding, HealthCheck } from './check';
import type { HealthSources } from './sources';

/** `26/11/2026`. */
const french = (date: string): string => date.split('-').reverse().join('/');

export const backupCheck = (sources: HealthSources): HealthCheck => ({
  id: 'backup',
  needs: 'practice',
  run: async (): Promise<Finding> => {
    const { practice, backups, storage, clock, limits } = sources;
    const { folder, everyDays } = backups();
    // Data that do not open are told by their own check.
    const opened = await storage().catch(() => null);
    const { last, failure } = (await opened?.store.read(rememberedBackups)) ?? { last: null, failure: null };
    const date = last === null ? '' : french(localDate(new Date(last.at)));
    if (folder === null) {
      if (practice().mode !== 'reel') return { status: 'ok', code: 'DIA-134' };
      return last === null ? { status: 'warning', code: 'DIA-131' } : { status: 'warning', code: 'DIA-136', details: { date } };
    }
    const n = last === null ? null : dayNumber(localDate(clock.now())) - dayNumber(localDate(new Date(last.at)));
    if (n !== null && n > limits.backup.errorDays) return { status: 'error', code: 'DIA-132', details: { date, n } };
    if (!existsSync(folder)) return { status: 'warning', code: 'DIA-137' };
    if (failure !== null) return { status: 'warning', code: 'DIA-133', details: { code: failure.code } };
    if (last === null || n === null) return { status: 'warning', code: 'DIA-135' };
    // A day more: what is due today is made today.
    if (n > everyDays + 1) return { status: 'warning', code: 'DIA-132', details: { date, n } };
    if (last.missing > 0) return { status: 'warning', code: 'DIA-138', details: { n: last.missing } };
    return { status: 'ok', code: 'DIA-130', details: { date } };
  },
});

/** Both copies are written one after the other, so the one outside that says less was not written the last time. */
export const markCheck = ({ storage, marks }: HealthSources): HealthCheck => ({
  id: 'mark',
  needs: 'journal',
  run: async (): Promise<Finding> => {
    const opened = await storage();
    const known = opened === null ? null : await opened.store.read(guardState);
    if (known === null) return { status: 'ok', code: 'DIA-051' };
    // A restored or moved folder has another's mark outside, or none: that stops sending and is told there.
    if (known.freeze !== null) return { status: 'ok', code: 'DIA-143' };
    const [inside, outside] = [await marks.inside(), await marks.outside(known.practice)];
    if (outside === null) return { status: 'warning', code: 'DIA-141' };
    return inside !== null && inside.journal > outside.journal ? { status: 'warning', code: 'DIA-142' } : { status: 'ok', code: 'DIA-140' };
  },
});

const KEY_FINDINGS: Readonly<Record<KeyShelter, Finding>> = {
  none: { status: 'ok', code: 'DIA-051' },
  system: { status: 'ok', code: 'DIA-150' },
  open: { status: 'warning', code: 'DIA-151' },
  file: { status: 'ok', code: 'DIA-152' },
};

/** The data stay readable either way; in the open, whoever copies the folder can read them. */
export const keyCheck = ({ keyShelter }: HealthSources): HealthCheck => ({
  id: 'key',
  needs: 'journal',
  run: async (): Promise<Finding> => KEY_FINDINGS[await keyShelter()],
});
