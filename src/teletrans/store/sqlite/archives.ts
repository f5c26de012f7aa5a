import type { ArchivedEntity, Page, StoredArchive, StoreSession } from '../port';
import { insertRow, mustRankOf, updateRow, type Access } from './access';
import type { Connection } from './connection';
import type { SqlRow, SqlValue } from './engine';
import { integer, integerOrNull, text, textOrNull } from './rows';

type ArchiveTable = StoreSession['archives'];
type ArchiveChange = Parameters<ArchiveTable['update']>[1];

const TABLES = { invoice: 'invoices', lot: 'lots', file: 'files', return: 'returns' } as const;

function archiveOf(row: SqlRow): StoredArchive {
  return {
    id: text(row, 'id'),
    state: text(row, 'state') as StoredArchive['state'],
    firstDay: textOrNull(row, 'first_day'),
    lastDay: textOrNull(row, 'last_day'),
    invoices: integer(row, 'invoices'),
    lots: integer(row, 'lots'),
    files: integer(row, 'files'),
    returns: integer(row, 'returns'),
    sha256: textOrNull(row, 'sha256'),
    bytes: integerOrNull(row, 'bytes'),
    previous: textOrNull(row, 'previous'),
    createdAt: text(row, 'created_at'),
  };
}

function changedColumns(change: ArchiveChange): Record<string, SqlValue> {
  return {
    ...(change.state !== undefined && { state: change.state }),
    ...(change.firstDay !== undefined && { first_day: change.firstDay }),
    ...(change.lastDay !== undefined && { last_day: change.lastDay }),
    ...(change.invoices !== undefined && { invoices: change.invoices }),
    ...(change.lots !== undefined && { lots: change.lots }),
    ...(change.files !== undefined && { files: change.files }),
    ...(change.returns !== undefined && { returns: change.returns }),
    ...(change.sha256 !== undefined && { sha256: change.sha256 }),
    ...(change.bytes !== undefined && { bytes: change.bytes }),
    ...(change.previous !== undefined && { previous: change.previous }),
  };
}

function rankOfArchive(connection: Connection, id: string): number {
  const row = connection.get('SELECT rank FROM archives WHERE id = ?', id);
  if (row === null) throw new Error(`no row ${id} in archives`);
  return integer(row, 'rank');
}

/** The purges and what each has archived. */
export class SqliteArchives implements ArchiveTable {
  constructor(private readonly access: Access) {}

  insert(archive: StoredArchive): Promise<void> {
    return this.access.write((connection) => {
      insertRow(connection, 'archives', { id: archive.id, created_at: archive.createdAt, ...changedColumns(archive) });
    });
  }

  update(id: string, change: ArchiveChange): Promise<void> {
    return this.access.write((connection) => updateRow(connection, 'archives', id, changedColumns(change)));
  }

  remove(id: string): Promise<void> {
    return this.access.write((connection) => {
      connection.run('DELETE FROM archives WHERE id = ?', id);
    });
  }

  list(): Promise<readonly StoredArchive[]> {
    return this.access.read((connection) => connection.all('SELECT * FROM archives ORDER BY rank').map(archiveOf));
  }

  add(id: string, entity: ArchivedEntity, itemIds: readonly string[]): Promise<void> {
    return this.access.write((connection) => {
      const archive = rankOfArchive(connection, id);
      for (const itemId of itemIds)
        connection.run(
          'INSERT INTO archive_items (entity, item_rank, archive_rank) VALUES (?, ?, ?)',
          entity,
          mustRankOf(connection, TABLES[entity], itemId),
          archive,
        );
    });
  }

  takeOut(entity: ArchivedEntity, itemId: string): Promise<void> {
    return this.access.write((connection) => {
      connection.run(
        'DELETE FROM archive_items WHERE entity = ? AND item_rank = ?',
        entity,
        mustRankOf(connection, TABLES[entity], itemId),
      );
    });
  }

  items(id: string, entity: ArchivedEntity, { after, limit }: Required<Page>): Promise<readonly string[]> {
    return this.access.read((connection) => {
      const table = TABLES[entity];
      const from = after === null ? 0 : mustRankOf(connection, table, after);
      return connection
        .all(
          `SELECT ${table}.id FROM archive_items JOIN ${table} ON ${table}.rank = item_rank
           WHERE archive_rank = ? AND entity = ? AND item_rank > ? ORDER BY item_rank LIMIT ?`,
          rankOfArchive(connection, id),
          entity,
          from,
          limit,
        )
        .map((row) => text(row, 'id'));
    });
  }

  of(entity: ArchivedEntity, itemId: string): Promise<string | null> {
    return this.access.read((connection) => {
      const table = TABLES[entity];
      const row = connection.get(
        `SELECT archives.id FROM ${table} JOIN archive_items ON entity = ? AND item_rank = ${table}.rank
         JOIN archives ON archives.rank = archive_rank WHERE ${table}.id = ?`,
        entity,
        itemId,
      );
      return row === null ? null : text(row, 'id');
    });
  }
}
