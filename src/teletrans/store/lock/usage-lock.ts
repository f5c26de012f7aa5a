import { isVitaleError, VitaleError } from '../../domain/errors';
import { Connection } from '../sqlite/connection';
import { patiently } from '../sqlite/patience';
import type { ProcessLock } from './process-lock';

/** A program that only looks whether the folder is free holds the lock for an instant: nobody is turned away for that. Milliseconds. */
const PATIENCE_MS = 2_000;

/**
 * Counts a program among the users of a data folder, so that nobody puts another folder in its place meanwhile. A read transaction on an empty SQLite database is a
 * lock that many may share and that ends with the process; {@link takeProcessLock} on the same file succeeds only when nobody shares it.
 * @param file absolute path of the lock's own file; its folder exists. Errors: SAV-009 while a backup is put in the folder's place, STO-001, STO-006.
 */
export async function joinUsers(file: string): Promise<ProcessLock> {
  const connection = await patiently(PATIENCE_MS, () => shared(file)).catch((error: unknown) => {
    throw isVitaleError(error, 'STO-002') ? new VitaleError('SAV-009') : error;
  });
  return {
    release: () => {
      connection.exec('ROLLBACK');
      connection.close();
    },
  };
}

function shared(file: string): Connection {
  const connection = Connection.open(file);
  try {
    connection.exec('BEGIN; SELECT count(*) FROM sqlite_master');
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}
