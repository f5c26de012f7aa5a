import type { InvoiceKind, LocalDate, Marking } from '../../domain/invoice';
import type { FileState } from '../../domain/states';
import type { FileChange, HeldReason, Recipient, StoredFile, StoreSession } from '../port';
import { among, Conditions, getList, insertRow, pageSql, putList, updateRow, type Access } from './access';
import type { Connection } from './connection';
import type { SqlRow, SqlValue } from './engine';
import { integer, json, jsonOrNull, text, textOrNull, toJson, toJsonOrNull } from './rows';

type FileTable = StoreSession['files'];
type FileFilter = NonNullable<Parameters<FileTable['list']>[0]>;

/** Files whose id no return can concern any more. */
const SETTLED: readonly FileState[] = ['ACKED', 'REJECTED', 'MIXED', 'CANCELLED', 'ARCHIVED'];
const FILE_ID_IN_USE = `SELECT 1 FROM files WHERE sender_number = ? AND file_id = ?
  AND (file_date >= ? OR state NOT IN (${SETTLED.map((state) => `'${state}'`).join(', ')})) LIMIT 1`;

function fileOf(connection: Connection, row: SqlRow): StoredFile {
  return {
    id: text(row, 'id'),
    senderNumber: text(row, 'sender_number'),
    fileId: text(row, 'file_id'),
    fileDate: text(row, 'file_date'),
    flow: text(row, 'flow') as InvoiceKind,
    marking: text(row, 'marking') as Marking,
    recipient: json(row, 'recipient') as Recipient,
    lotIds: getList(connection, 'file_lots', 'file_rank', 'lot_id', integer(row, 'rank')),
    invoices: integer(row, 'invoices'),
    state: text(row, 'state') as FileState,
    sha256: textOrNull(row, 'sha256'),
    messageId: textOrNull(row, 'message_id'),
    compostage: text(row, 'compostage'),
    envelope: jsonOrNull(row, 'envelope') as StoredFile['envelope'],
    profile: text(row, 'profile'),
    encrypted: integer(row, 'encrypted') === 1,
    createdAt: text(row, 'created_at'),
    handedOverAt: textOrNull(row, 'handed_over_at'),
    nextTryAt: textOrNull(row, 'next_try_at'),
    failure: jsonOrNull(row, 'failure') as HeldReason | null,
  };
}

function columnsOf(file: StoredFile): Record<string, SqlValue> {
  return {
    id: file.id,
    sender_number: file.senderNumber,
    file_id: file.fileId,
    file_date: file.fileDate,
    flow: file.flow,
    marking: file.marking,
    recipient: toJson(file.recipient),
    invoices: file.invoices,
    compostage: file.compostage,
    profile: file.profile,
    created_at: file.createdAt,
    ...changedColumns(file),
  };
}

function changedColumns(change: FileChange): Record<string, SqlValue> {
  return {
    ...(change.state !== undefined && { state: change.state }),
    ...(change.sha256 !== undefined && { sha256: change.sha256 }),
    ...(change.messageId !== undefined && { message_id: change.messageId }),
    ...(change.envelope !== undefined && { envelope: toJsonOrNull(change.envelope) }),
    ...(change.encrypted !== undefined && { encrypted: change.encrypted ? 1 : 0 }),
    ...(change.handedOverAt !== undefined && { handed_over_at: change.handedOverAt }),
    ...(change.nextTryAt !== undefined && { next_try_at: change.nextTryAt }),
    ...(change.failure !== undefined && { failure: toJsonOrNull(change.failure) }),
  };
}

/** The transmission files; the lots of a file stand apart. */
export class SqliteFiles implements FileTable {
  constructor(private readonly access: Access) {}

  insert(file: StoredFile): Promise<void> {
    return this.access.write((connection) => {
      const rank = insertRow(connection, 'files', columnsOf(file));
      putList(connection, 'file_lots', 'file_rank', 'lot_id', rank, file.lotIds);
    });
  }

  async get(id: string): Promise<StoredFile | null> {
    return (await this.many('SELECT * FROM files WHERE id = ?', id))[0] ?? null;
  }

  list(filter: FileFilter = {}): Promise<readonly StoredFile[]> {
    const conditions = new Conditions()
      .when(filter.state, among('state'), toJson(filter.state ?? []))
      .when(filter.archived, `state <> 'ARCHIVED'`);
    const { sql, values } = pageSql('files', conditions, filter);
    return this.many(sql, ...values);
  }

  count(): Promise<number> {
    return this.access.read((connection) => Number(connection.get("SELECT count(*) AS n FROM files WHERE state <> 'ARCHIVED'")?.['n']));
  }

  async byCompostage(compostage: string): Promise<StoredFile | null> {
    return (await this.many('SELECT * FROM files WHERE compostage = ?', compostage))[0] ?? null;
  }

  idInUse(senderNumber: string, fileId: string, since: LocalDate): Promise<boolean> {
    return this.access.read((connection) => connection.get(FILE_ID_IN_USE, senderNumber, fileId, since) !== null);
  }

  byIdentity(senderNumber: string, fileId: string, fileDate: LocalDate): Promise<readonly StoredFile[]> {
    return this.many(
      'SELECT * FROM files WHERE sender_number = ? AND file_id = ? AND file_date = ? ORDER BY rank',
      senderNumber,
      fileId,
      fileDate,
    );
  }

  update(id: string, change: FileChange): Promise<void> {
    return this.access.write((connection) => updateRow(connection, 'files', id, changedColumns(change)));
  }

  private many(sql: string, ...values: readonly SqlValue[]): Promise<readonly StoredFile[]> {
    return this.access.read((connection) => connection.all(sql, ...values).map((row) => fileOf(connection, row)));
  }
}
