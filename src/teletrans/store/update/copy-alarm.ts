/**
 * The copy of a database made before an update carries its own alarm: a row by which whoever opens it, put in place by our command or by hand, knows that what happened
 * since is not in it (docs/decisions/0042). It becomes the alarm of a restored backup, which freezes sending.
 */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { writeDurably } from '../files/durable-write';
import { asStoreError } from '../files/errors';
import { restorationText } from '../files/restoration';
import { STORE_FILES } from '../names';
import type { Connection } from '../sqlite/connection';
import { blob } from '../sqlite/rows';

const ROW = 'copie-avant-mise-a-jour';

/** Puts the alarm into a copy. */
export function setCopyAlarm(connection: Connection): void {
  connection.run(
    'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    ROW,
    Buffer.from(randomUUID(), 'utf8'),
  );
}

/**
 * Turns the alarm of a copy that was put in place into the file that freezes sending; the file is on the disk before the row goes, and where a crash leaves both, the row
 * makes the same file again. Errors: STO-001, STO-006.
 */
export async function passOnCopyAlarm(home: string, connection: Connection): Promise<void> {
  const row = connection.get('SELECT value FROM meta WHERE name = ?', ROW);
  if (row === null) return;
  const file = path.join(home, STORE_FILES.restoration);
  if (!existsSync(file)) {
    const id = Buffer.from(blob(row, 'value')).toString('utf8');
    await writeDurably(file, Buffer.from(restorationText({ id, marks: [] }), 'utf8')).catch((error: unknown) => {
      throw asStoreError(error);
    });
  }
  connection.run('DELETE FROM meta WHERE name = ?', ROW);
}
