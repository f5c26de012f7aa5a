/**
 * The composition root: the only place that knows every adapter. The root container holds what the machine gives (installation, error catalogue, identifiers); each
 * practice gets a child container with the three modules reader, store and network, so that several practices, or tests, live side by side.
 */
import 'reflect-metadata';
import { join } from 'node:path';
import { container, instanceCachingFactory, type DependencyContainer } from 'tsyringe';
import { StoreInspection } from '../teletrans/application/inspection';
import type { Inspection } from '../teletrans/application/inspection-port';
import type { ListDesk } from '../teletrans/application/lists/port';
import { FileWatch } from '../host-bridge/file-watch';
import type { Teletrans } from '../teletrans/application/port';
import { ErrorCatalogue } from '../teletrans/diagnostics/error-catalogue';
import { DiagnosticsSwitch } from '../teletrans/diagnostics/diagnostics-switch';
import { LiveDiagnostics } from '../teletrans/diagnostics/live-diagnostics';
import { failureField } from '../teletrans/diagnostics/log-values';
import { LOG_FOLDER } from '../teletrans/diagnostics/places';
import { logTransitions } from '../teletrans/diagnostics/logged-store';
import { ProductLog } from '../teletrans/diagnostics/product-log';
import { journalSwitch } from '../teletrans/diagnostics/switch-journal';
import type { Clock } from '../teletrans/domain/clock';
import { Arl0Translator } from '../teletrans/formats/arl/translator';
import { B2FileFormatter } from '../teletrans/formats/b2/file-formatter';
import { B2LotFormatter } from '../teletrans/formats/b2/lot-formatter';
import { SimulatorSealer } from '../teletrans/formats/b2/simulator-sealer';
import { createNetwork, type Network } from '../teletrans/network/registration';
import { loadTransportProfile } from '../teletrans/network/transport-profile';
import { AbsentReader } from '../teletrans/reader/absent-reader';
import { createPcscReader } from '../teletrans/reader/apdu/registration';
import { createVirtualReader } from '../teletrans/reader/registration';
import { REAL_DISK } from '../teletrans/store/backup/disk';
import { finishRestoring } from '../teletrans/store/backup/restoring';
import { HighWaterFiles } from '../teletrans/store/files/high-water-files';
import { openStorage } from '../teletrans/store/open';
import type { Practice, PracticeMode } from '../teletrans/domain/practice';
import type { LotSealer } from '../teletrans/formats/port';
import { processRecorder } from './from-the-start';
import { registerArchives } from './archives-factory';
import { registerBackups } from './backups-factory';
import { locateInstallation, manifestFiles, type Installation } from './installation';
import { readPractice, setVirtualCard, virtualCardFile, stateFolder } from './practice-folder';
import { startClock } from './system-clock';
import { LiveNetwork } from './settings/live-network';
import { LivePractice } from './settings/live-practice';
import { registerRecipients } from './settings/recipients-factory';
import { registerSettings } from './settings/settings-factory';
import {
  profileFile,
  readCalendar,
  readCardModels,
  readJsonTable,
  readLotRules,
  readRejectionCodes,
  readRoutes,
  readThirdPartyRules,
} from './tables';
import { createLists, createTeletrans } from './teletrans-factory';
import { timeOrderedUuid } from './time-ordered-uuid';
import { TOKENS } from './tokens';

/** A practice that is open: its container and its application. */
export interface OpenPractice {
  readonly container: DependencyContainer;
  readonly teletrans: Teletrans;
  dispose(): Promise<void>;
}

/** The root container, with what does not depend on a practice. */
export function createRoot(installation: Installation = locateInstallation()): DependencyContainer {
  const root = container.createChildContainer();
  root.registerInstance(TOKENS.installation, installation);
  root.registerInstance(TOKENS.ids, { uuid: () => timeOrderedUuid() });
  root.registerInstance(TOKENS.followManifest, (changed) => {
    const following = new FileWatch([manifestFiles(installation).manifest]).follow(changed);
    return () => following.dispose();
  });
  root.registerInstance(TOKENS.printService, { service: null });
  root.register(TOKENS.errors, {
    useFactory: instanceCachingFactory(() => ErrorCatalogue.parse(readJsonTable(installation.tables, 'errors.json'))),
  });
  return root;
}

/**
 * Opens the practice of a data folder.
 * @param program this program, in words: what another one says of it while it transmits. Errors: CFG-…, LOT-014, SAV-009, STO-…, TRA-019.
 */
export async function openPractice(
  home: string,
  root: DependencyContainer = createRoot(),
  program = 'un autre programme',
): Promise<OpenPractice> {
  // The folder itself may be half put in place from a backup: nothing is read or written in it before.
  await finishRestoring(home, REAL_DISK);
  const child = root.createChildContainer();
  // The log begins before anything that may fail; until the practice is known it has the machine's clock.
  let clock: Clock = { now: () => new Date() };
  const logger = new ProductLog({ folder: join(home, LOG_FOLDER), recorder: processRecorder, now: () => clock.now() });
  const toggle = new DiagnosticsSwitch(manifestFiles(child.resolve(TOKENS.installation)));
  const diagnostics = new LiveDiagnostics(toggle, logger, child.resolve(TOKENS.followManifest));
  child.registerInstance(TOKENS.home, home);
  child.registerInstance(TOKENS.program, program);
  child.registerInstance(TOKENS.logger, logger);
  child.registerInstance(TOKENS.diagnosticsSwitch, toggle);
  try {
    const practice = readPractice(home);
    clock = startClock(practice.mode);
    child.registerInstance(TOKENS.practice, practice);
    child.registerInstance(TOKENS.livePractice, new LivePractice(practice));
    child.registerInstance(TOKENS.clock, clock);
    await registerParts(child, home, practice);
    const store = child.resolve(TOKENS.store);
    diagnostics.journalWith((state) => journalSwitch(store, clock, state));
    const teletrans = createTeletrans(child);
    child.registerInstance(TOKENS.teletrans, teletrans);
    child.registerInstance<ListDesk>(TOKENS.lists, createLists(child));
    child.registerInstance<Inspection>(
      TOKENS.inspection,
      new StoreInspection({
        store,
        reader: child.resolve(TOKENS.mailReader),
        formatter: child.resolve(TOKENS.fileFormatter),
        senderType: child.resolve(TOKENS.profile).sender.type,
      }),
    );
    await registerArchives(child);
    registerBackups(child);
    registerSettings(child);
    registerRecipients(child);
    // Nothing may be shown as under way that is not: what a dead process left open is settled first.
    await teletrans.checkRestored();
    await teletrans.recover();
    return {
      container: child,
      teletrans,
      dispose: async () => {
        await diagnostics.close();
        await teletrans.dispose();
        await logger.close();
      },
    };
  } catch (error) {
    logger.log('error', 'program.open-failed', failureField(error));
    await diagnostics.close();
    await logger.close();
    throw error;
  }
}

async function registerParts(child: DependencyContainer, home: string, practice: Practice): Promise<void> {
  const { tables } = child.resolve(TOKENS.installation);
  child.registerInstance(TOKENS.calendar, readCalendar(tables, practice));
  child.registerInstance(TOKENS.routes, readRoutes(tables, home, practice));
  child.registerInstance(TOKENS.lotRules, readLotRules(tables));
  child.registerInstance(TOKENS.thirdPartyRules, readThirdPartyRules(tables));
  child.registerInstance(TOKENS.rejectionCodes, readRejectionCodes(tables));
  registerFormats(child, practice);
  registerReader(child, home, practice);
  await registerNetwork(child, home, practice);
  await registerStore(child, home);
}

/** ARL0 is believed only where test files may leave (spec/arl.md § 3). */
const ARL0_MARKINGS: Readonly<Record<PracticeMode, readonly ('T' | 'D')[]>> = { demo: ['T', 'D'], test: ['T'], reel: [] };

function registerFormats(c: DependencyContainer, { mode }: Practice): void {
  const sealer: LotSealer = new SimulatorSealer();
  c.registerInstance(TOKENS.lotFormatter, new B2LotFormatter());
  c.registerInstance(TOKENS.fileFormatter, new B2FileFormatter());
  c.registerInstance(TOKENS.lotSealer, sealer);
  c.register(TOKENS.arlTranslator, { useFactory: instanceCachingFactory(() => new Arl0Translator(ARL0_MARKINGS[mode])) });
}

/** The reader of a practice. */
export function registerReader(c: DependencyContainer, home: string, practice: Practice): void {
  if (practice.reader.kind === 'pcsc') {
    const models = readCardModels(c.resolve(TOKENS.installation).tables);
    c.registerInstance(TOKENS.reader, createPcscReader({ models, name: practice.reader.name ?? null }) ?? new AbsentReader('LEC-015'));
    c.registerInstance(TOKENS.virtualReader, { control: null });
    return;
  }
  const virtual = createVirtualReader({
    cardFolder: join(home, 'cartes'),
    currentCard: () => virtualCardFile(home),
    setCurrentCard: (card) => setVirtualCard(home, card),
  });
  c.registerInstance(TOKENS.reader, virtual.reader);
  c.registerInstance(TOKENS.virtualReader, { control: virtual.control });
}

async function registerNetwork(c: DependencyContainer, home: string, practice: Practice): Promise<void> {
  const profile = await loadTransportProfile(profileFile(c.resolve(TOKENS.installation).tables, home, practice));
  const live = c.resolve(TOKENS.livePractice);
  const make = (): Network => createNetwork(live.current, profile, { home }, c.resolve(TOKENS.logger));
  const network = make();
  const changeable = new LiveNetwork(network, make);
  c.registerInstance(TOKENS.liveNetwork, changeable);
  c.registerInstance(TOKENS.profile, profile);
  c.registerInstance(TOKENS.mailSender, changeable.sender);
  c.registerInstance(TOKENS.mailCollector, changeable.collector);
  c.registerInstance(TOKENS.mailReader, network.reader);
  c.registerInstance(TOKENS.messageBuilder, changeable.builder);
  c.registerInstance(TOKENS.messageNames, network.names);
}

async function registerStore(c: DependencyContainer, home: string): Promise<void> {
  const { store, frozen, archives, lock } = await openStorage(home, undefined, c.resolve(TOKENS.program));
  c.registerInstance(TOKENS.store, logTransitions(store, c.resolve(TOKENS.logger)));
  c.registerInstance(TOKENS.integrity, store);
  c.registerInstance(TOKENS.frozen, frozen);
  c.registerInstance(TOKENS.archiveFiles, archives);
  c.registerInstance(TOKENS.lock, lock);
  c.registerInstance(TOKENS.marks, new HighWaterFiles(home, stateFolder()));
}
