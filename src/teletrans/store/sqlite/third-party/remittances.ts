import type { LocalDate } from '../../../domain/invoice';
import type { StoredRemittance, StoredTransfer } from '../../third-party/port';
import { insertRow, type Access } from '../access';
import type { SqlRow, SqlValue } from '../engine';
import { integer, integerOrNull, json, text, toJson } from '../rows';

function remittanceOf(row: SqlRow): StoredRemittance {
  return {
    id: text(row, 'id'),
    sha256: text(row, 'sha256'),
    senderType: text(row, 'sender_type'),
    senderNumber: text(row, 'sender_number'),
    fileId: text(row, 'file_id'),
    fileDate: text(row, 'file_date'),
    exchangeRef: text(row, 'exchange_ref'),
    total: integer(row, 'total'),
    stated: integerOrNull(row, 'stated'),
    transfers: json(row, 'transfers') as readonly StoredTransfer[],
    lines: integer(row, 'lines'),
    bookedAt: text(row, 'booked_at'),
    warnings: json(row, 'warnings') as readonly string[],
  };
}

export class SqliteRemittances {
  constructor(private readonly access: Access) {}

  insert(remittance: StoredRemittance): Promise<void> {
    return this.access.write((connection) => {
      insertRow(connection, 'remittances', {
        id: remittance.id,
        sha256: remittance.sha256,
        sender_type: remittance.senderType,
        sender_number: remittance.senderNumber,
        file_id: remittance.fileId,
        file_date: remittance.fileDate,
        exchange_ref: remittance.exchangeRef,
        total: remittance.total,
        stated: remittance.stated,
        transfers: toJson(remittance.transfers),
        lines: remittance.lines,
        booked_at: remittance.bookedAt,
        warnings: toJson(remittance.warnings),
      });
    });
  }

  async get(id: string): Promise<StoredRemittance | null> {
    return (await this.many('SELECT * FROM remittances WHERE id = ?', id))[0] ?? null;
  }

  list(): Promise<readonly StoredRemittance[]> {
    return this.many('SELECT * FROM remittances ORDER BY rank');
  }

  async byIdentity(type: string, number: string, fileId: string, fileDate: LocalDate): Promise<StoredRemittance | null> {
    const sql = `SELECT * FROM remittances WHERE sender_type = ? AND sender_number = ? AND file_id = ? AND file_date = ? ORDER BY rank LIMIT 1`;
    return (await this.many(sql, type, number, fileId, fileDate))[0] ?? null;
  }

  async bySha256(sha256: string): Promise<StoredRemittance | null> {
    return (await this.many('SELECT * FROM remittances WHERE sha256 = ?', sha256))[0] ?? null;
  }

  private many(sql: string, ...values: readonly SqlValue[]): Promise<readonly StoredRemittance[]> {
    return this.access.read((connection) => connection.all(sql, ...values).map(remittanceOf));
  }
}
