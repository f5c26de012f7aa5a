/** Backups as the faces see them: window, standalone program, add-in. */
import type { Explained } from '../application/port';
import type { OnBackupStep } from '../store/backup/port';

export interface BackupSettings {
  /** Absolute path of the folder for the automatic backups; null: none are made. */
  readonly folder: string | null;
  /** Days between two automatic backups. */
  readonly everyDays: number;
  /** Automatic backups that are kept. */
  readonly keep: number;
}

export interface BackupReport {
  readonly id: string;
  /** Absolute path of the backup. */
  readonly place: string;
  /** ISO date-time in UTC. */
  readonly at: string;
  readonly invoices: number;
  /** Pieces the database speaks of that were already missing from the data folder. */
  readonly missing: number;
  /** Older automatic backups that were removed. */
  readonly removed: number;
}

/** How backups stand. */
export interface BackupStatus {
  readonly settings: BackupSettings;
  /** The last one that was made, by a person or by the program; null for none. */
  readonly last: { readonly at: string; readonly invoices: number; readonly missing: number } | null;
  /** Why the last automatic try failed; null when it did not. */
  readonly failure: (Explained & { readonly at: string }) | null;
}

export interface Backups {
  status(): Promise<BackupStatus>;
  /**
   * Makes a backup at a person's wish.
   * @param folder absolute path; null: that of the settings. Errors: SAV-003, SAV-010, SAV-012 and those of `BackupFolders.make`.
   */
  make(folder: string | null, onStep: OnBackupStep): Promise<BackupReport>;
  /** Makes one if the settings ask for one by now. What fails is remembered, told by {@link status}, and thrown. @returns null when none was due. */
  makeDue(): Promise<BackupReport | null>;
  /** Chooses where automatic backups go; null: nowhere. Errors: SAV-002, SAV-003, SAV-010. */
  choose(folder: string | null): Promise<void>;
}
