/**
 * Where the data key comes from. The adapters keep it out of reach of other users: a file only its owner reads ({@link FileKeySource}), or the operating
 * system's secret store.
 */
export interface KeySource {
  /**
   * The 32-byte data key.
   * @param create make one when there is none: only for a folder that holds no data yet, else the data would be lost to a new key.
   * Errors: STO-012 no key, or not a key; STO-006 the key cannot be read, or others can read it.
   */
  key(create: boolean): Promise<Buffer>;
}

/** Length of the data key in bytes (AES-256). */
export const KEY_BYTES = 32;
