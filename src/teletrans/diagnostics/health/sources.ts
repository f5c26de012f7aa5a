/** What the health checks look at. Each may throw the error that a check then reports; none spends a try of a card, sends or changes anything. */
import type { UnsettledCounts } from '../../application/port';
import type { Clock } from '../../domain/clock';
import type { Practice } from '../../domain/practice';
import type { RoutingTables } from '../../domain/routing';
import type { TransportProfile } from '../../network/transport-profile';
import type { CardReader } from '../../reader/port';
import type { BackupSettings } from '../../backup/port';
import type { KeyShelter } from '../../store/keys/key-source';
import type { FrozenMessages, HighWaterMarks, Store } from '../../store/port';

/** `addin/tables/health.json`. */
export interface HealthLimits {
  /** What each check is called, by its id. */
  readonly titles: Readonly<Record<string, string>>;
  readonly checkTimeoutMs: number;
  readonly disk: { readonly warningMb: number; readonly errorMb: number };
  readonly clock: { readonly warningSeconds: number; readonly errorSeconds: number };
  readonly card: { readonly warningDays: number };
  readonly certificates: { readonly warningDays: number };
  readonly profile: { readonly warningDays: number };
  readonly tables: { readonly warningMonths: number };
  readonly acks: { readonly errorDays: number };
  readonly frozen: { readonly mostFiles: number };
  readonly backup: { readonly errorDays: number };
}

/** What a reading of the whole database found, as far as its time went. */
export interface StoreFaults {
  readonly faults: number;
  readonly checked: number;
  readonly tables: number;
}

export interface OpenedStorage {
  readonly store: Store;
  readonly frozen: FrozenMessages;
  /** Lets SQLite look for faults, table by table, while there is time. */
  readonly faults: (timeLeft: () => boolean) => Promise<StoreFaults>;
  readonly pending: () => Promise<UnsettledCounts>;
}

/** Another clock than this machine's. */
export interface ClockReference {
  readonly source: 'LOGOSw' | 'messagerie';
  /** How far this machine's clock is ahead of it, seconds; negative: behind. */
  readonly aheadSeconds: number;
}

export interface HealthSources {
  readonly home: string;
  readonly clock: Clock;
  readonly limits: HealthLimits;
  /** Errors: CFG-001, CFG-002. */
  readonly practice: () => Practice;
  /** How many values of `cabinet.json` are to be corrected, and whether some wait for the next start. Errors: CFG-001, CFG-008. */
  readonly settings: () => Promise<{ readonly faults: number; readonly pending: boolean }>;
  /** Errors: LOT-014. */
  readonly routes: () => RoutingTables;
  /** Reads every other table. @returns their dates. Errors: LOT-014. */
  readonly tables: () => { readonly dates: readonly string[] };
  /** Errors: TRA-019. */
  readonly profile: () => Promise<TransportProfile>;
  /** Errors: CFG-004. */
  readonly reader: () => CardReader;
  /** A card whose code has been accepted is in use: it is left alone. */
  readonly cardInUse: () => boolean;
  /** Null when there are no data yet: none are made. Errors: STO-… */
  readonly storage: () => Promise<OpenedStorage | null>;
  /** How the data key lies. Errors: STO-006. */
  readonly keyShelter: () => Promise<KeyShelter>;
  /** Errors: CFG-001, CFG-002. */
  readonly backups: () => BackupSettings;
  readonly marks: Pick<HighWaterMarks, 'inside' | 'outside'>;
  /** The host's clock, null where there is no host or it gives none. */
  readonly hostClock: () => Promise<ClockReference | null>;
}
