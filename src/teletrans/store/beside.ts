/** What is kept beside the database: frozen messages, archives, the high-water marks, and the lock of who transmits. */

/**
 * Frozen messages: the exact bytes that leave, one entry per file, written once (temporary file, flush, rename, flush of the folder), encrypted at rest.
 */
export interface FrozenMessages {
  /** Resolves when the bytes are on the disk. Replaces an entry that was never referred to by a frozen file. */
  write(fileId: string, bytes: Buffer): Promise<void>;
  read(fileId: string): Promise<Buffer>;
  exists(fileId: string): Promise<boolean>;
  remove(fileId: string): Promise<void>;
}

/** What an archive's file says of itself in clear; authenticated with all the rest. */
export interface ArchiveHeader {
  readonly id: string;
  /** SHA-256 of the file of the archive before this one; null for the first. */
  readonly previous: string | null;
}

/**
 * The files of the archives: compressed, encrypted in authenticated pieces, so that content of any size passes through little memory and a changed bit is found
 * wherever it lies.
 */
export interface ArchiveFiles {
  /** Resolves when the whole file is on the disk under its name. */
  write(header: ArchiveHeader, content: AsyncIterable<Uint8Array>): Promise<{ readonly sha256: string; readonly bytes: number }>;
  /** The content as it was written. Errors: ARC-020 as soon as anything is not what was written, or is missing. */
  read(id: string): AsyncIterable<Buffer>;
  /** The header, checked by reading the file's first piece. Errors: ARC-020. */
  header(id: string): Promise<ArchiveHeader>;
  /** SHA-256 of the file as it lies on the disk, hexadecimal; null when there is none. */
  fingerprint(id: string): Promise<string | null>;
  remove(id: string): Promise<void>;
  /** Identifiers of all archive files on the disk, sorted. */
  list(): Promise<readonly string[]>;
}

/** How far the journal and the numbers had gone, as files say it. */
export interface HighWaterMark {
  /** UUID of the practice. */
  readonly practice: string;
  /** Rank of the last journal entry, and its hash. */
  readonly journal: number;
  readonly tip: string;
  /** Attempts ever made. */
  readonly attempts: number;
  readonly counters: Readonly<Record<string, number>>;
  /** Last compostage; empty before the first. */
  readonly compostage: string;
}

/** These data were put in place from a backup; found where they lie. */
export interface Restoration {
  /** UUID of the backup's own file, or of the restoration. */
  readonly id: string;
  /** Marks of the data folder that was there before: how far it had gone. */
  readonly marks: readonly HighWaterMark[];
}

/** The copies of the high-water mark, outside the database. */
export interface HighWaterMarks {
  /** What says that these data come from a backup; null when nothing does. Errors: STO-006. */
  restoration(): Promise<Restoration | null>;
  /** Removes it once the database remembers it. Errors: STO-006. */
  forgetRestoration(): Promise<void>;
  inside(): Promise<HighWaterMark | null>;
  outside(practice: string): Promise<HighWaterMark | null>;
  /** Resolves when it is on the disk. Errors: STO-001, STO-006. */
  writeInside(mark: HighWaterMark): Promise<void>;
  /** The same, false when it could not be written. */
  writeOutside(mark: HighWaterMark): Promise<boolean>;
}

/** One program at a time transmits or collects; the lock ends with the process, however it ends. */
export interface TransmissionLock {
  /** Runs `work` under the lock, or throws TRA-018 at once when another holder has it. */
  hold<T>(work: () => Promise<T>): Promise<T>;
}
