/** What the schema of `cabinet.json` cannot see: files that are not there, numbers whose key is wrong, links that may not be in clear. */
import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, normalize, resolve, sep } from 'node:path';
import { retentionDays, type RetentionTable } from '../../teletrans/archive/retention';
import { localDate, type Clock } from '../../teletrans/domain/clock';
import { isVitaleError } from '../../teletrans/domain/errors';
import { hasLuhnKey } from '../../teletrans/domain/keys';
import type { Practice } from '../../teletrans/domain/practice';
import { isLoopback } from '../../teletrans/network/loopback';
import { readPassword } from '../../teletrans/network/secrets';
import { assertProfileUsable, loadTransportProfile } from '../../teletrans/network/transport-profile';
import { pathOf, valueAt } from '../../teletrans/settings/json-text';
import type { FoundFault } from '../../teletrans/settings/port';
import type { SettingsTexts } from '../../teletrans/settings/texts';
import { inFolder, practiceOf } from '../practice-folder';
import { profileFile, readJsonTable, readRoutes } from '../tables';

export interface InspectionPlaces {
  /** Absolute path of the data folder. */
  readonly home: string;
  /** The installation's tables. */
  readonly tables: string;
  readonly texts: SettingsTexts;
  readonly clock: Clock;
}

/**
 * The faults of a document the schema has nothing against.
 * @param before what the file says now: what was wrong there already keeps nobody from mending something else. Null: all of it is told.
 */
export async function inspectCabinet(places: InspectionPlaces, document: unknown, before: unknown): Promise<readonly FoundFault[]> {
  const found = [...outside(places, document, before), ...(await faultsIn(places, document))];
  if (before === null) return found;
  const known = await faultsIn(places, before).catch(() => []);
  const same = (one: FoundFault, other: FoundFault): boolean => one.place === other.place && one.reason.code === other.reason.code;
  const untouched = (place: string): boolean => textAt(document, place) === textAt(before, place);
  return found.filter((fault) => !(untouched(fault.place) && known.some((old) => same(old, fault))));
}

const fault = (place: string, code: string, details: FoundFault['reason']['details'] = {}): FoundFault => ({
  place,
  reason: { code, details },
});
const textAt = (document: unknown, place: string): string => JSON.stringify(valueAt(document, pathOf(place)) ?? null);

/** A file chosen in the window lies in the data folder; one that a person named in the file itself may lie elsewhere. */
function outside({ texts }: InspectionPlaces, document: unknown, before: unknown): FoundFault[] {
  if (before === null) return [];
  return Object.entries(texts.fields).flatMap(([place, { file }]) => {
    const value = valueAt(document, pathOf(place));
    if (file !== true || typeof value !== 'string' || value === '' || textAt(document, place) === textAt(before, place)) return [];
    const away = isAbsolute(value) || /^[A-Za-z]:|\\/.test(value) || value.includes('\0') || normalize(value).split(sep).includes('..');
    return away ? [fault(place, 'CFG-012')] : [];
  });
}

async function faultsIn(places: InspectionPlaces, document: unknown): Promise<FoundFault[]> {
  const practice = practiceOf(document);
  return [
    ...numbers(practice),
    ...(await servers(places, practice)),
    ...card(places, practice),
    ...routes(places, practice),
    ...(await profile(places, practice)),
    ...keeping(places, practice),
  ];
}

function numbers({ practitioners }: Practice): FoundFault[] {
  return practitioners.flatMap(({ billingNumber }, rank) => {
    const place = `/practitioners/${String(rank)}/billingNumber`;
    if (!hasLuhnKey(billingNumber)) return [fault(place, 'CFG-014')];
    return practitioners.findIndex((other) => other.billingNumber === billingNumber) < rank ? [fault(place, 'CFG-015')] : [];
  });
}

async function servers({ home }: InspectionPlaces, { network }: Practice): Promise<FoundFault[]> {
  const found: FoundFault[] = [];
  for (const name of ['smtp', 'pop3'] as const) {
    const { host, security, password, ca } = network[name];
    const place = `/network/${name}`;
    if (security === 'none' && !isLoopback(host)) found.push(fault(`${place}/security`, 'CFG-003', { serveur: host }));
    if (ca !== null && !holdsCertificate(resolve(home, ca))) found.push(fault(`${place}/ca`, 'CFG-013'));
    await readPassword(password, home).catch(() => found.push(fault(`${place}/password`, 'CFG-030')));
  }
  return found;
}

function holdsCertificate(file: string): boolean {
  try {
    new X509Certificate(readFileSync(file));
    return true;
  } catch {
    return false;
  }
}

function card({ home }: InspectionPlaces, { reader }: Practice): FoundFault[] {
  if (reader.kind !== 'virtual' || !reader.card || existsSync(inFolder(home, reader.card))) return [];
  return [fault('/reader/card', 'CFG-012')];
}

/** What was thrown by a check of the product, at the field it is about. */
function thrown(place: string, error: unknown): FoundFault[] {
  if (!isVitaleError(error)) throw error;
  return [{ place, reason: { code: error.code, details: error.details } }];
}

function routes({ home, tables }: InspectionPlaces, practice: Practice): FoundFault[] {
  try {
    readRoutes(tables, home, practice);
    return [];
  } catch (error) {
    return thrown('/recipients', error);
  }
}

async function profile({ home, tables, clock }: InspectionPlaces, practice: Practice): Promise<FoundFault[]> {
  try {
    const found = await loadTransportProfile(profileFile(tables, home, practice));
    assertProfileUsable(found, localDate(clock.now()), practice.mode);
    return [];
  } catch (error) {
    return thrown('/profile', error);
  }
}

function keeping({ home, tables }: InspectionPlaces, { retention, backup }: Practice): FoundFault[] {
  const found: FoundFault[] = [];
  try {
    retentionDays(readJsonTable(tables, 'retention.json') as RetentionTable, retention?.days);
  } catch (error) {
    found.push(...thrown('/retention/days', error));
  }
  if (backup === undefined) return found;
  if (!isAbsolute(backup.folder)) found.push(fault('/backup/folder', 'SAV-010'));
  else if (`${resolve(backup.folder)}${sep}`.startsWith(`${home}${sep}`)) found.push(fault('/backup/folder', 'SAV-002'));
  else if (statSync(backup.folder, { throwIfNoEntry: false })?.isDirectory() !== true) found.push(fault('/backup/folder', 'SAV-003'));
  return found;
}
