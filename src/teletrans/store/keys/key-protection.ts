/** What an operating system offers to keep a small secret: only the same user on the same computer opens it again. */
export interface KeyProtection {
  /** Throws when the system cannot; the text names no secret. */
  protect(plain: Buffer): Buffer;
  /** The plain bytes, in memory of their own that the caller empties. Throws when they do not open here. */
  unprotect(sealed: Buffer): Buffer;
}
