/** What the container knows, by symbol. A stage never sees a token: the composition resolves what its constructor asks for. */
import type { InjectionToken } from 'tsyringe';
import type { Inspection } from '../teletrans/application/inspection-port';
import type { ListDesk } from '../teletrans/application/lists/port';
import type { Teletrans } from '../teletrans/application/port';
import type { Archives } from '../teletrans/archive/port';
import type { Backups } from '../teletrans/backup/port';
import type { PrintService } from '../teletrans/print/print-service';
import type { Prints } from '../teletrans/print/prints';
import type { DiagnosticsSwitch, FollowManifest } from '../teletrans/diagnostics/diagnostics-switch';
import type { HealthSources } from '../teletrans/diagnostics/health/sources';
import type { Logger } from '../teletrans/diagnostics/logger';
import type { PracticeCalendar } from '../teletrans/domain/calendar';
import type { Clock } from '../teletrans/domain/clock';
import type { Identifiers } from '../teletrans/domain/identifiers';
import type { Practice } from '../teletrans/domain/practice';
import type { RoutingTables } from '../teletrans/domain/routing';
import type { ArlTranslator, FileFormatter, LotFormatter, LotSealer } from '../teletrans/formats/port';
import type { RejectionCodes } from '../teletrans/formats/noemie/rejection-codes';
import type { ThirdPartyRules } from '../teletrans/third-party/rules';
import type { LotRules } from '../teletrans/lots/lot-rules';
import type { MailCollector, MailReader, MailSender, MessageBuilder } from '../teletrans/network/port';
import type { CardReader, VirtualReaderControl } from '../teletrans/reader/port';
import type { ArchiveFiles, FrozenMessages, HighWaterMarks, Store, TransmissionLock } from '../teletrans/store/port';
import type { SqliteStore } from '../teletrans/store/sqlite/store';
import type { ErrorCatalogue } from '../teletrans/diagnostics/error-catalogue';
import type { MessageNames } from '../teletrans/network/subject';
import type { TransportProfile } from '../teletrans/network/transport-profile';
import type { Settings } from '../teletrans/settings/port';
import type { Recipients } from '../teletrans/settings/recipients-port';
import type { Installation } from './installation';
import type { LiveNetwork } from './settings/live-network';
import type { LivePractice } from './settings/live-practice';

const token = <T>(name: string): InjectionToken<T> => Symbol(name);

export const TOKENS = {
  installation: token<Installation>('installation'),
  /** Absolute path of the practice's data folder. */
  home: token<string>('home'),
  /** This program, in words: what another one says of it while it transmits. */
  program: token<string>('program'),
  practice: token<Practice>('practice'),
  clock: token<Clock>('clock'),
  ids: token<Identifiers>('ids'),
  logger: token<Logger>('logger'),
  errors: token<ErrorCatalogue>('errors'),
  diagnosticsSwitch: token<DiagnosticsSwitch>('diagnosticsSwitch'),
  /** What follows the manifest: one watch in each process. */
  followManifest: token<FollowManifest>('followManifest'),
  calendar: token<PracticeCalendar>('calendar'),
  routes: token<RoutingTables>('routes'),
  lotRules: token<LotRules>('lotRules'),
  thirdPartyRules: token<ThirdPartyRules>('thirdPartyRules'),
  rejectionCodes: token<RejectionCodes>('rejectionCodes'),
  profile: token<TransportProfile>('profile'),
  // formats
  lotFormatter: token<LotFormatter>('lotFormatter'),
  fileFormatter: token<FileFormatter>('fileFormatter'),
  lotSealer: token<LotSealer>('lotSealer'),
  arlTranslator: token<ArlTranslator>('arlTranslator'),
  /** How this machine's clock stands to the host's; registered by the add-in, absent without a host. */
  hostClock: token<HealthSources['hostClock']>('hostClock'),
  // store
  store: token<Store>('store'),
  /** The store as SQLite keeps it: looked through for faults, and copied. */
  integrity: token<Pick<SqliteStore, 'quickCheck' | 'copyTo' | 'keyedHash'>>('integrity'),
  frozen: token<FrozenMessages>('frozen'),
  archiveFiles: token<ArchiveFiles>('archiveFiles'),
  lock: token<TransmissionLock>('lock'),
  marks: token<HighWaterMarks>('marks'),
  // reader
  reader: token<CardReader>('reader'),
  /** What puts cards in the reader, null with a real one. In an object: the container takes no null for a value. */
  virtualReader: token<{ readonly control: VirtualReaderControl | null }>('virtualReader'),
  // network
  mailSender: token<MailSender>('mailSender'),
  mailCollector: token<MailCollector>('mailCollector'),
  mailReader: token<MailReader>('mailReader'),
  messageBuilder: token<MessageBuilder>('messageBuilder'),
  messageNames: token<MessageNames>('messageNames'),
  // application
  teletrans: token<Teletrans>('teletrans'),
  inspection: token<Inspection>('inspection'),
  lists: token<ListDesk>('lists'),
  archives: token<Archives>('archives'),
  prints: token<Prints>('prints'),
  /** Null: prints are files only. */
  printService: token<{ readonly service: PrintService | null }>('printService'),
  backups: token<Backups>('backups'),
  settings: token<Settings>('settings'),
  recipients: token<Recipients>('recipients'),
  /** What the program works with now: the practice as it was opened, and what took effect since. */
  livePractice: token<LivePractice>('livePractice'),
  liveNetwork: token<LiveNetwork>('liveNetwork'),
} as const;
