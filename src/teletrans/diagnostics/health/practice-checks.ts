/** The practice's description, its tables, its routes and its transport profile. */
import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { dayNumber } from '../../domain/calendar';
import { localDate } from '../../domain/clock';
import { CertificateFolder } from '../../network/certificates';
import { isLoopback } from '../../network/loopback';
import { assertProfileUsable } from '../../network/transport-profile';
import type { Finding, HealthCheck } from './check';
import type { HealthSources } from './sources';

const DAY_MS = 86_400_000;
const MB = 1_048_576;
/** A month, near enough to say that a table is old. */
const MONTH_DAYS = 30.4;

export const practiceCheck = ({ practice }: HealthSources): HealthCheck => ({
  id: 'practice',
  run: () => {
    const { practitioners, mode } = practice();
    return { status: 'ok', code: 'DIA-010', details: { n: practitioners.length, mode } };
  },
});

/** Says what the settings page says. */
export const settingsCheck = ({ settings }: HealthSources): HealthCheck => ({
  id: 'settings',
  needs: 'practice',
  run: async () => {
    const { faults, pending } = await settings();
    if (faults > 0) return { status: 'error', code: 'DIA-161', details: { n: faults } };
    return pending ? { status: 'warning', code: 'DIA-162' } : { status: 'ok', code: 'DIA-160' };
  },
});

export const diskCheck = ({ home, limits }: HealthSources): HealthCheck => ({
  id: 'disk',
  run: async () => {
    const { bavail, bsize } = await statfs(existing(home));
    const n = Math.floor((bavail * bsize) / MB);
    if (n < limits.disk.errorMb) return { status: 'error', code: 'DIA-041', details: { n } };
    return n < limits.disk.warningMb
      ? { status: 'warning', code: 'DIA-041', details: { n } }
      : { status: 'ok', code: 'DIA-040', details: { n } };
  },
});

/** The folder itself, or the nearest one above that is there. */
function existing(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : existing(dirname(folder));
}

export const tablesCheck = ({ tables, routes, clock, limits }: HealthSources): HealthCheck => ({
  id: 'tables',
  needs: 'practice',
  run: () => {
    const today = localDate(clock.now());
    const { newest } = routes().summary(today);
    const [date] = [...tables().dates, ...(newest === null ? [] : [newest])].sort().reverse();
    if (date === undefined) return { status: 'warning', code: 'DIA-013' };
    const n = Math.floor((dayNumber(today) - dayNumber(date)) / MONTH_DAYS);
    return n > limits.tables.warningMonths
      ? { status: 'warning', code: 'DIA-012', details: { date: french(date), n } }
      : { status: 'ok', code: 'DIA-011', details: { date: french(date) } };
  },
});

export const profileCheck = ({ profile, practice, clock, limits }: HealthSources): HealthCheck => ({
  id: 'profile',
  needs: 'practice',
  run: async () => {
    const found = await profile();
    const today = localDate(clock.now());
    assertProfileUsable(found, today, practice().mode);
    const n = dayNumber(found.valid_to) - dayNumber(today);
    const details = { n, date: french(found.valid_to) };
    return n <= limits.profile.warningDays ? { status: 'warning', code: 'DIA-015', details } : { status: 'ok', code: 'DIA-014', details };
  },
});

export const routesCheck = ({ routes, clock, storage }: HealthSources): HealthCheck => ({
  id: 'routes',
  needs: 'practice',
  run: async () => {
    const { amo, amc } = routes().summary(localDate(clock.now()));
    const opened = await storage().catch(() => null);
    const held = (await opened?.store.read((session) => session.invoices.list({ anyState: ['HELD'] }))) ?? [];
    const n = held.filter((invoice) => invoice.held?.code === 'FAC-006').length;
    if (amo + amc === 0) return { status: 'error', code: 'DIA-082' };
    return n > 0 ? { status: 'warning', code: 'DIA-081', details: { n } } : { status: 'ok', code: 'DIA-080', details: { n: amo, m: amc } };
  },
});

export const certificatesCheck = ({ home, profile, practice, routes, clock, limits }: HealthSources): HealthCheck => ({
  id: 'certificates',
  needs: 'profile',
  run: async (timeLeft): Promise<Finding> => {
    const { certificates, encryption } = await profile();
    if (encryption.kind === 'none') return { status: 'ok', code: 'DIA-073' };
    const now = clock.now();
    const folder = new CertificateFolder(join(home, certificates.path));
    const { mailboxes } = routes().summary(localDate(now));
    let missing = 0;
    let soonest = Infinity;
    let found = 0;
    for (const mailbox of mailboxes) {
      if (!timeLeft()) break;
      const certificate = await folder.find(mailbox, now);
      if (certificate === null) missing += 1;
      else {
        found += 1;
        soonest = Math.min(soonest, Math.floor((certificate.notAfter.getTime() - now.getTime()) / DAY_MS));
      }
    }
    const needed = encryption.required || practice().mode === 'reel' || !isLoopback(practice().network.smtp.host);
    if (missing > 0 && needed) return { status: 'warning', code: 'DIA-071', details: { n: missing, m: mailboxes.length } };
    if (soonest <= limits.certificates.warningDays) return { status: 'warning', code: 'DIA-072', details: { n: soonest } };
    return { status: 'ok', code: missing > 0 ? 'DIA-074' : 'DIA-070', details: { n: found, m: mailboxes.length } };
  },
});

/** `26/11/2026`. */
const french = (date: string): string => date.split('-').reverse().join('/');
