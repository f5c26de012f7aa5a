import { setImmediate as breathe } from 'node:timers/promises';
import type { Connection } from './connection';

/** Tables of a database, in the order in which they were made. */
export function tablesOf(connection: Connection): readonly string[] {
  return connection.all(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid`).map((row) => String(row['name']));
}

/** Lets SQLite read every table and index, giving way in between. @returns false as soon as something is wrong. Errors: STO-003 where it cannot even be read. */
export async function isSound(connection: Connection): Promise<boolean> {
  for (const table of tablesOf(connection)) {
    const faults = connection.all('SELECT integrity_check AS fault FROM pragma_integrity_check(?)', table);
    if (faults.some((row) => row['fault'] !== 'ok')) return false;
    await breathe();
  }
  return true;
}
