/** Where the health checks look: at an open practice, or at a data folder that perhaps cannot be opened at all. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DependencyContainer } from 'tsyringe';
import { countPending } from '../../teletrans/application/overview';
import type { HealthLimits, HealthSources, OpenedStorage } from '../../teletrans/diagnostics/health/sources';
import { loadTransportProfile } from '../../teletrans/network/transport-profile';
import type { CardReader } from '../../teletrans/reader/port';
import { HighWaterFiles } from '../../teletrans/store/files/high-water-files';
import { systemKeySource } from '../../teletrans/store/keys/system-key';
import { openStorage, STORE_FILES } from '../../teletrans/store/open';
import { backupSettings } from '../backups-factory';
import { registerReader } from '../container';
import { readPractice, stateFolder } from '../practice-folder';
import { startClock } from '../system-clock';
import { profileFile, readCalendar, readJsonTable, readLotRules, readRoutes } from '../tables';
import { faultsOfFolder } from '../settings/settings-factory';
import { TOKENS } from '../tokens';

/** Reads every table of the installation. @returns the dates they carry. */
function readTables(tables: string): { readonly dates: readonly string[] } {
  const names = readdirSync(tables).filter((name) => name.endsWith('.json'));
  const dates = names
    .map((name) => readJsonTable(tables, name) as { readonly validFrom?: unknown })
    .flatMap(({ validFrom }) => (typeof validFrom === 'string' ? [validFrom] : []));
  return { dates };
}

const limitsOf = (tables: string): HealthLimits => readJsonTable(tables, 'health.json') as HealthLimits;

/** An open practice: what the program itself uses is looked at. */
export function sourcesOfOpen(container: DependencyContainer): HealthSources {
  const { tables } = container.resolve(TOKENS.installation);
  const teletrans = container.resolve(TOKENS.teletrans);
  const opened: OpenedStorage = {
    store: container.resolve(TOKENS.store),
    frozen: container.resolve(TOKENS.frozen),
    faults: (timeLeft) => container.resolve(TOKENS.integrity).quickCheck(timeLeft),
    pending: () => teletrans.pendingCounts(),
  };
  return {
    home: container.resolve(TOKENS.home),
    clock: container.resolve(TOKENS.clock),
    limits: limitsOf(tables),
    practice: () => container.resolve(TOKENS.livePractice).current,
    settings: async () => {
      const { faults, pending } = await container.resolve(TOKENS.settings).read();
      return { faults: faults.length, pending };
    },
    routes: () => container.resolve(TOKENS.routes),
    tables: () => readTables(tables),
    profile: () => Promise.resolve(container.resolve(TOKENS.profile)),
    reader: () => container.resolve(TOKENS.reader),
    cardInUse: () => teletrans.openedCard() !== null,
    storage: () => Promise.resolve(opened),
    keyShelter: () => systemKeySource(container.resolve(TOKENS.home)).shelter(),
    backups: () => backupSettings(readPractice(container.resolve(TOKENS.home))),
    marks: container.resolve(TOKENS.marks),
    hostClock: () => (container.isRegistered(TOKENS.hostClock) ? container.resolve(TOKENS.hostClock)() : Promise.resolve(null)),
  };
}

/** A data folder from outside. `dispose` closes what had to be opened; nothing is made, settled or sent. */
export function sourcesOfFolder(home: string, root: DependencyContainer): HealthSources & { dispose(): Promise<void> } {
  const { tables } = root.resolve(TOKENS.installation);
  const practice = once(() => readPractice(home));
  const clock = clockOf(() => startClock(practice().mode));
  const reader = once((): CardReader => {
    const child = root.createChildContainer();
    registerReader(child, home, practice());
    return child.resolve(TOKENS.reader);
  });
  const opening = once(async () => {
    if (!existsSync(join(home, STORE_FILES.database))) return null;
    const { store, frozen } = await openStorage(home);
    return { store, frozen };
  });
  let readerMade = false;
  return {
    home,
    clock,
    limits: limitsOf(tables),
    practice,
    routes: () => readRoutes(tables, home, practice()),
    tables: () => {
      readCalendar(tables, practice());
      readLotRules(tables);
      return readTables(tables);
    },
    settings: async () => ({ faults: (await faultsOfFolder(home, root, clock)).length, pending: false }),
    profile: () => loadTransportProfile(profileFile(tables, home, practice())),
    reader: () => {
      readerMade = true;
      return reader();
    },
    cardInUse: () => false,
    storage: async () => {
      const opened = await opening();
      if (opened === null) return null;
      const { store, frozen } = opened;
      return { store, frozen, faults: (timeLeft) => store.quickCheck(timeLeft), pending: () => countPending(store, clock) };
    },
    keyShelter: () => systemKeySource(home).shelter(),
    backups: () => backupSettings(practice()),
    marks: new HighWaterFiles(home, stateFolder()),
    hostClock: () => Promise.resolve(null),
    dispose: async () => {
      if (readerMade)
        await Promise.resolve()
          .then(reader)
          .then((made) => made.dispose())
          .catch(() => undefined);
      await opening()
        .then((opened) => opened?.store.close())
        .catch(() => undefined);
    },
  };
}

/** Remembers the result, or the error. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | { readonly error: unknown } | null = null;
  return () => {
    if (made === null) {
      try {
        made = { value: make() };
      } catch (error) {
        made = { error };
      }
    }
    if ('error' in made) throw made.error;
    return made.value;
  };
}

/** The practice's clock where the practice can be read, else the machine's. */
function clockOf(start: () => { now(): Date }): { now(): Date } {
  try {
    return start();
  } catch {
    return { now: () => new Date() };
  }
}
