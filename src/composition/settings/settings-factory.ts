/** Puts the settings together. */
import { join } from 'node:path';
import type { DependencyContainer } from 'tsyringe';
import type { Clock } from '../../teletrans/domain/clock';
import { VitaleError } from '../../teletrans/domain/errors';
import { checkConnection } from '../../teletrans/network/connection-check';
import { placedFault, SettingsDesk } from '../../teletrans/settings/desk';
import { schemaCheck } from '../../teletrans/settings/faults';
import type { FoundFault, SettingFault } from '../../teletrans/settings/port';
import { schemaFields, type SettingField } from '../../teletrans/settings/schema-fields';
import type { SettingsTexts } from '../../teletrans/settings/texts';
import { SecretFolder } from '../../teletrans/store/files/secret-folder';
import { PracticeFile } from '../../teletrans/store/files/versioned-file';
import { CABINET_SCHEMA } from '../cabinet-schema';
import { practiceOf } from '../practice-folder';
import { readSettingsTexts } from '../tables';
import { TOKENS } from '../tokens';
import { inspectCabinet } from './inspecting';
import { renewRoutes } from './renewing';

/** A person waits for the answer. */
const CONNECTION_TIMEOUT_MS = 10_000;

/** What is known of the file and its checks without a practice that is open. */
export interface SettingsRules {
  readonly fields: readonly SettingField[];
  readonly texts: SettingsTexts;
  readonly check: (document: unknown) => readonly SettingFault[];
  readonly inspect: (document: unknown, before: unknown) => Promise<readonly FoundFault[]>;
}

/** @param home absolute path of the data folder. @param tables the installation's. */
export function settingsRules(home: string, tables: string, clock: Clock): SettingsRules {
  const fields = schemaFields(CABINET_SCHEMA);
  const texts = readSettingsTexts(tables);
  return {
    fields,
    texts,
    check: schemaCheck(CABINET_SCHEMA, fields, texts),
    inspect: (document, before) => inspectCabinet({ home, tables, texts, clock }, document, before),
  };
}

export function registerSettings(c: DependencyContainer): void {
  const home = c.resolve(TOKENS.home);
  const { tables } = c.resolve(TOKENS.installation);
  const clock = c.resolve(TOKENS.clock);
  const errors = c.resolve(TOKENS.errors);
  const live = c.resolve(TOKENS.livePractice);
  const profile = c.resolve(TOKENS.profile);
  const settings = new SettingsDesk({
    ...settingsRules(home, tables, clock),
    folder: home,
    file: new PracticeFile(join(home, 'cabinet.json')),
    secrets: new SecretFolder(home),
    filledIn: practiceOf,
    inUse: () => live.current,
    changed: (document) => {
      if (live.take(practiceOf(document))) c.resolve(TOKENS.liveNetwork).renew();
      renewRoutes(c);
      return Promise.resolve();
    },
    connect: (server, link) =>
      checkConnection(server, link, {
        home,
        minTls: profile[server].main.min_tls,
        timeoutMs: CONNECTION_TIMEOUT_MS,
      }),
    lock: c.resolve(TOKENS.lock),
    store: c.resolve(TOKENS.store),
    clock,
    logger: c.resolve(TOKENS.logger),
    explain: ({ code, details }) => errors.explain(code, details),
  });
  c.registerInstance(TOKENS.settings, settings);
}

/** Everything wrong in the `cabinet.json` of a data folder that is not open, each with its place. Errors: CFG-001, CFG-008. */
export async function faultsOfFolder(home: string, root: DependencyContainer, clock: Clock): Promise<readonly SettingFault[]> {
  const content = await new PracticeFile(join(home, 'cabinet.json')).read();
  if (content === null) throw new VitaleError('CFG-001');
  let document: unknown;
  try {
    document = JSON.parse(content.text);
  } catch {
    // The cause holds a piece of the text, which may be a password.
    throw new VitaleError('CFG-008');
  }
  const { check, inspect } = settingsRules(home, root.resolve(TOKENS.installation).tables, clock);
  const faults = check(document);
  if (faults.length > 0) return faults;
  const errors = root.resolve(TOKENS.errors);
  return (await inspect(document, null)).map((found) => placedFault(found, ({ code, details }) => errors.explain(code, details)));
}
