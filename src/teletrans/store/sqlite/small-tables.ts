/** Counters, journal and settings: three tables of a few columns. */
import { createHash } from 'node:crypto';
import type { JournalEntry, StoreSession } from '../port';
import { insertRow, type Access } from './access';
import type { SqlRow } from './engine';
import { integer, json, text, textOrNull, toJson } from './rows';

type CounterTable = StoreSession['counters'];
type JournalTable = StoreSession['journal'];
type SettingTable = StoreSession['settings'];

export class SqliteCounters implements CounterTable {
  constructor(private readonly access: Access) {}

  next(scope: string, min: number, max: number): Promise<number> {
    return this.access.write((connection) => {
      const row = connection.get(
        `INSERT INTO counters (scope, value) VALUES (?1, ?2)
         ON CONFLICT DO UPDATE SET value = CASE WHEN value >= ?3 OR value < ?2 THEN ?2 ELSE value + 1 END RETURNING value`,
        scope,
        min,
        max,
      );
      return integer(row ?? {}, 'value');
    });
  }

  value(scope: string): Promise<number | null> {
    return this.access.read((connection) => {
      const row = connection.get('SELECT value FROM counters WHERE scope = ?', scope);
      return row === null ? null : integer(row, 'value');
    });
  }

  set(scope: string, value: number): Promise<void> {
    return this.access.write((connection) => {
      connection.run('INSERT INTO counters (scope, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value', scope, value);
    });
  }

  all(): Promise<Readonly<Record<string, number>>> {
    return this.access.read((connection) =>
      Object.fromEntries(
        connection.all('SELECT scope, value FROM counters ORDER BY scope').map((row) => [text(row, 'scope'), integer(row, 'value')]),
      ),
    );
  }
}

function entryOf(row: SqlRow): JournalEntry {
  return {
    at: text(row, 'at'),
    actor: text(row, 'actor'),
    entity: text(row, 'entity') as JournalEntry['entity'],
    entityId: text(row, 'entity_id'),
    event: text(row, 'event'),
    from: textOrNull(row, 'from_state'),
    to: textOrNull(row, 'to_state'),
    detail: json(row, 'detail') as JournalEntry['detail'],
  };
}

export class SqliteJournal implements JournalTable {
  constructor(private readonly access: Access) {}

  append(entry: JournalEntry): Promise<void> {
    return this.access.write((connection) => {
      insertRow(connection, 'journal', {
        at: entry.at,
        actor: entry.actor,
        entity: entry.entity,
        entity_id: entry.entityId,
        event: entry.event,
        from_state: entry.from,
        to_state: entry.to,
        detail: toJson(entry.detail),
      });
    });
  }

  of(entity: JournalEntry['entity'], entityId: string): Promise<readonly JournalEntry[]> {
    return this.access.read((connection) =>
      connection.all('SELECT * FROM journal WHERE entity = ? AND entity_id = ? ORDER BY rank', entity, entityId).map(entryOf),
    );
  }

  tip(): Promise<{ readonly length: number; readonly tip: string }> {
    return this.access.read((connection) => {
      const row = connection.get('SELECT * FROM journal ORDER BY rank DESC LIMIT 1');
      return row === null ? { length: 0, tip: '' } : { length: integer(row, 'rank'), tip: hashOf(row) };
    });
  }

  tipAt(rank: number): Promise<string | null> {
    return this.access.read((connection) => {
      const row = connection.get('SELECT * FROM journal WHERE rank = ?', rank);
      return row === null ? null : hashOf(row);
    });
  }

  last(count: number): Promise<readonly JournalEntry[]> {
    return this.access.read((connection) =>
      connection.all('SELECT * FROM journal ORDER BY rank DESC LIMIT ?', count).reverse().map(entryOf),
    );
  }
}

/** Every column: an entry is the same in two copies of a journal only if nothing of it differs. */
function hashOf(row: SqlRow): string {
  return createHash('sha256')
    .update(JSON.stringify({ rank: integer(row, 'rank'), ...entryOf(row) }))
    .digest('hex');
}

export class SqliteSettings implements SettingTable {
  constructor(private readonly access: Access) {}

  get(name: string): Promise<string | null> {
    return this.access.read((connection) => {
      const row = connection.get('SELECT value FROM settings WHERE name = ?', name);
      return row === null ? null : text(row, 'value');
    });
  }

  set(name: string, value: string): Promise<void> {
    return this.access.write((connection) => {
      connection.run('INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value', name, value);
    });
  }
}
