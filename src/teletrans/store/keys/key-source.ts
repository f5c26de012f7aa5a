/**
 * How the key lies: `none` there is none yet, `file` in a file that only its user may read, on a system that protects no keys, `system` protected by the system, `open` in
 * such a file where the system should protect it.
 */
export type KeyShelter = 'none' | 'file' | 'system' | 'open';

/** Where the data key comes from. The adapter keeps it out of reach of other users ({@link FileKeySource}). */
export interface KeySource {
  /**
   * The 32-byte data key, in memory of its own: who asked for it empties it (`fill(0)`) once keys are derived.
   * @param create make one when there is none: only for a folder that holds no data yet, else the data would be lost to a new key.
   * Errors: STO-001, STO-012 no key, or not a key; STO-006 the key cannot be read, or others can read it; STO-022 it is protected for another user or computer.
   */
  key(create: boolean): Promise<Buffer>;
  /** Errors: STO-006. */
  shelter(): Promise<KeyShelter>;
}

/** Length of the data key in bytes (AES-256). */
export const KEY_BYTES = 32;
