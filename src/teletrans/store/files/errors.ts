import { VitaleError } from '../../domain/errors';

const CODES: Readonly<Record<string, string>> = {
  ENOSPC: 'STO-001',
  EDQUOT: 'STO-001',
  EBUSY: 'STO-002',
  EIO: 'STO-003',
  EACCES: 'STO-006',
  EPERM: 'STO-006',
  EROFS: 'STO-006',
  ENOENT: 'STO-006',
  ENOTDIR: 'STO-006',
  EISDIR: 'STO-006',
};

/** The `code` of a Node system error, else null. */
export function errnoOf(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/**
 * A file system error as an error of the product. The cause is left out on purpose where it would carry a path into a log: only its errno is kept.
 * Anything else is returned as it is.
 */
export function asStoreError(error: unknown): unknown {
  const errno = errnoOf(error);
  const code = errno === null ? undefined : CODES[errno];
  return code === undefined ? error : new VitaleError(code, { errno: errno ?? '' });
}
