import { isVitaleError } from '../../domain/errors';
import { Connection } from '../sqlite/connection';

/** A lock that is held; it ends with {@link ProcessLock.release} or with the process, however it ends. */
export interface ProcessLock {
  release(): void;
}

/**
 * Takes a lock between programs, and between users of the same program. It is an exclusive transaction on an empty SQLite database: SQLite's file locks belong to
 * the process and the system ends them with it, on Linux and on Windows alike. Nothing is ever written in the file, so a crash leaves nothing to clean.
 * @param file absolute path of the lock's own file; its folder exists.
 * @returns null when another one holds it. Errors: STO-001, STO-003, STO-006.
 */
export function takeProcessLock(file: string): ProcessLock | null {
  let connection: Connection | null = null;
  try {
    connection = Connection.open(file);
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection?.close();
    if (isVitaleError(error, 'STO-002')) return null;
    throw error;
  }
  const held = connection;
  return {
    release: () => {
      held.exec('ROLLBACK');
      held.close();
    },
  };
}
