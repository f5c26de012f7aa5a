import { isVitaleError, VitaleError } from '../../domain/errors';
import type { TransmissionLock } from '../port';
import { Connection } from '../sqlite/connection';

/**
 * The lock as an exclusive transaction on a small database of its own: SQLite's file locks belong to the process, and the system ends them with it, on Linux and
 * on Windows alike. Nothing is ever written in it, so a crash leaves nothing to clean.
 */
export class SqliteTransmissionLock implements TransmissionLock {
  /** @param file absolute path of the lock's own database; its folder exists. */
  constructor(private readonly file: string) {}

  async hold<T>(work: () => Promise<T>): Promise<T> {
    const connection = this.take();
    try {
      return await work();
    } finally {
      connection.exec('ROLLBACK');
      connection.close();
    }
  }

  private take(): Connection {
    let connection: Connection | null = null;
    try {
      connection = Connection.open(this.file);
      connection.exec('BEGIN EXCLUSIVE');
      return connection;
    } catch (error) {
      connection?.close();
      throw isVitaleError(error, 'STO-002') ? new VitaleError('TRA-018') : error;
    }
  }
}
