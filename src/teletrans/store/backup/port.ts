/** Backups of a data folder, each a folder laid out like it. Paths are absolute unless said otherwise. */

export interface BackedUpFile {
  /** Relative to the backup's folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
}

/** What a backup says of itself. */
export interface BackupManifest {
  readonly format: 1;
  /** Name of the backup's folder when it was made. */
  readonly id: string;
  /** UUID of the practice. */
  readonly practice: string;
  /** ISO date-time in UTC. */
  readonly createdAt: string;
  /** Made by the program itself: rotation may remove it one day. */
  readonly automatic: boolean;
  /** Rank of the last journal entry, and its hash. */
  readonly journal: { readonly length: number; readonly tip: string };
  /** Invoices ever taken. */
  readonly invoices: number;
  /** What the database speaks of and the data folder did not hold when the backup was made: it was missing before. */
  readonly missing: readonly string[];
  readonly files: readonly BackedUpFile[];
}

export type BackupStep = 'files' | 'database' | 'checking';
export type OnBackupStep = (step: BackupStep, done: number, total: number) => void;

export interface MakeOptions {
  readonly automatic: boolean;
  /** Told where the backup is going to be, before anything is in it and while nobody else makes one. */
  readonly onPlace: (place: string) => Promise<void>;
  readonly onStep: OnBackupStep;
}

export interface MadeBackup {
  readonly manifest: BackupManifest;
  readonly place: string;
}

export interface BackupFolders {
  /**
   * Makes a backup in `folder` while the program goes on, and reads it back.
   * Errors: SAV-001 another one is being made, SAV-002 inside the data folder, SAV-005…SAV-007 what was written does not read back, STO-001, STO-006. Nothing is left then.
   */
  make(folder: string, options: MakeOptions): Promise<MadeBackup>;
  /** Backups that say they are whole, the oldest first; nothing of them is checked. Errors: SAV-003 the folder is not there, STO-006. */
  list(folder: string): Promise<readonly MadeBackup[]>;
  /** Errors: SAV-003 the folder is not there, SAV-002 it is inside the data folder, STO-006 nothing can be written in it. */
  mustBeUsable(folder: string): Promise<void>;
  /** True when a backup that says it is whole is there. */
  isWhole(place: string): Promise<boolean>;
  remove(place: string): Promise<void>;
}
