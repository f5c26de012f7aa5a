import type { SendPhase, StoredAttempt, StoreSession } from '../port';
import { insertRow, updateRow, type Access } from './access';
import type { SqlRow } from './engine';
import { integer, text, textOrNull } from './rows';

type AttemptTable = StoreSession['attempts'];
type AttemptChange = Parameters<AttemptTable['update']>[1];

/** Exported so that its query plan can be checked. */
export const ATTEMPTS_ENDED = 'SELECT * FROM attempts WHERE outcome = ? AND ended_at >= ? ORDER BY ended_at, rank';

function attemptOf(row: SqlRow): StoredAttempt {
  return {
    id: text(row, 'id'),
    fileId: text(row, 'file_id'),
    rank: integer(row, 'attempt'),
    startedAt: text(row, 'started_at'),
    endedAt: textOrNull(row, 'ended_at'),
    phase: text(row, 'phase') as SendPhase,
    outcome: textOrNull(row, 'outcome') as StoredAttempt['outcome'],
    reply: textOrNull(row, 'reply'),
    failure: textOrNull(row, 'failure'),
  };
}

/** The sending attempts. */
export class SqliteAttempts implements AttemptTable {
  constructor(private readonly access: Access) {}

  insert(attempt: StoredAttempt): Promise<void> {
    return this.access.write((connection) => {
      insertRow(connection, 'attempts', {
        id: attempt.id,
        file_id: attempt.fileId,
        attempt: attempt.rank,
        started_at: attempt.startedAt,
        ended_at: attempt.endedAt,
        phase: attempt.phase,
        outcome: attempt.outcome,
        reply: attempt.reply,
        failure: attempt.failure,
      });
    });
  }

  update(id: string, change: AttemptChange): Promise<void> {
    return this.access.write((connection) =>
      updateRow(connection, 'attempts', id, {
        ...(change.endedAt !== undefined && { ended_at: change.endedAt }),
        ...(change.phase !== undefined && { phase: change.phase }),
        ...(change.outcome !== undefined && { outcome: change.outcome }),
        ...(change.reply !== undefined && { reply: change.reply }),
        ...(change.failure !== undefined && { failure: change.failure }),
      }),
    );
  }

  ofFile(fileId: string): Promise<readonly StoredAttempt[]> {
    return this.access.read((connection) =>
      connection.all('SELECT * FROM attempts WHERE file_id = ? ORDER BY rank', fileId).map(attemptOf),
    );
  }

  ended(outcome: NonNullable<StoredAttempt['outcome']>, since: string): Promise<readonly StoredAttempt[]> {
    return this.access.read((connection) => connection.all(ATTEMPTS_ENDED, outcome, since).map(attemptOf));
  }

  open(): Promise<readonly StoredAttempt[]> {
    return this.access.read((connection) => connection.all('SELECT * FROM attempts WHERE outcome IS NULL ORDER BY rank').map(attemptOf));
  }

  count(): Promise<number> {
    return this.access.read((connection) => Number(connection.get('SELECT COALESCE(MAX(rank), 0) AS n FROM attempts')?.['n']));
  }
}
