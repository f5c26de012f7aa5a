import type { WrittenB2Version } from '../../domain/b2-version';
import type { InvoiceKind, LocalDate, Marking, Securing } from '../../domain/invoice';
import type { LotState } from '../../domain/states';
import { placeOf, type Envelope } from '../keys/envelope';
import type { LotChange, Recipient, SealProof, StoredLot, StoreSession } from '../port';
import { among, Conditions, getList, insertRow, mustRankOf, pageSql, putList, updateRow, type Access } from './access';
import { openBody } from './bodies';
import type { Connection } from './connection';
import type { SqlRow, SqlValue } from './engine';
import { blob, integer, integerOrNull, json, jsonOrNull, text, textOrNull, toJson, toJsonOrNull } from './rows';

type LotTable = StoreSession['lots'];
type LotFilter = NonNullable<Parameters<LotTable['list']>[0]>;

const placeOfBytes = (id: string): string => placeOf('lot_bytes', id, 'bytes');

/** Lots whose number no return can concern any more (spec/lots-and-files.md § 6.2 rows 19-21). */
const TERMINAL: readonly LotState[] = ['ACKED', 'ABANDONED', 'CANCELLED', 'ARCHIVED'];

/** The reuse guard (spec/lots-and-files.md § 3): not terminal, or recent, or its bytes are still kept. */
export const NUMBERS_IN_USE = `
  SELECT DISTINCT number FROM lots
  WHERE billing_number = ?
    AND (lot_date >= ? OR state NOT IN (${TERMINAL.map((state) => `'${state}'`).join(', ')}) OR EXISTS (SELECT 1 FROM lot_bytes WHERE lot_bytes.rank = lots.rank))`;

/** Exported so that their query plans can be checked. */
export const LOTS_ANSWERED = {
  any: `SELECT * FROM lots WHERE ack IS NOT NULL AND json_extract(ack, '$.at') >= ? ORDER BY rank`,
  'not-positive': `SELECT * FROM lots WHERE ack IS NOT NULL AND json_extract(ack, '$.class') <> 'positive' AND json_extract(ack, '$.at') >= ? ORDER BY rank`,
} as const;

function lotOf(connection: Connection, row: SqlRow): StoredLot {
  return {
    id: text(row, 'id'),
    billingNumber: text(row, 'billing_number'),
    situation: text(row, 'situation'),
    replacement: textOrNull(row, 'replacement'),
    flow: text(row, 'flow') as InvoiceKind,
    security: text(row, 'security') as Securing,
    marking: text(row, 'marking') as Marking,
    insuranceGroup: text(row, 'insurance_group'),
    recipient: json(row, 'recipient') as Recipient,
    version: text(row, 'b2_version') as WrittenB2Version,
    number: text(row, 'number'),
    lotDate: text(row, 'lot_date'),
    state: text(row, 'state') as LotState,
    invoiceIds: getList(connection, 'lot_invoices', 'lot_rank', 'invoice_id', integer(row, 'rank')),
    totals: { fees: integer(row, 'fees'), amo: integer(row, 'amo'), amc: integer(row, 'amc') },
    sha256: textOrNull(row, 'sha256'),
    records: integerOrNull(row, 'records'),
    proof: jsonOrNull(row, 'proof') as SealProof | null,
    fileId: textOrNull(row, 'file_id'),
    createdAt: text(row, 'created_at'),
    ack: jsonOrNull(row, 'ack') as StoredLot['ack'],
  };
}

function columnsOf(lot: StoredLot): Record<string, SqlValue> {
  return {
    id: lot.id,
    billing_number: lot.billingNumber,
    situation: lot.situation,
    replacement: lot.replacement,
    flow: lot.flow,
    security: lot.security,
    marking: lot.marking,
    insurance_group: lot.insuranceGroup,
    recipient: toJson(lot.recipient),
    b2_version: lot.version,
    number: lot.number,
    lot_date: lot.lotDate,
    created_at: lot.createdAt,
    ...changedColumns(lot),
  };
}

function changedColumns(change: LotChange): Record<string, SqlValue> {
  return {
    ...(change.state !== undefined && { state: change.state }),
    ...(change.totals !== undefined && { fees: change.totals.fees, amo: change.totals.amo, amc: change.totals.amc }),
    ...(change.sha256 !== undefined && { sha256: change.sha256 }),
    ...(change.records !== undefined && { records: change.records }),
    ...(change.proof !== undefined && { proof: toJsonOrNull(change.proof) }),
    ...(change.fileId !== undefined && { file_id: change.fileId }),
    ...(change.ack !== undefined && { ack: toJsonOrNull(change.ack) }),
  };
}

/** The SQL of a filtered list, in order of creation. Exported so that its query plan can be checked. */
export function lotListSql(filter: LotFilter): { readonly sql: string; readonly values: readonly SqlValue[] } {
  const conditions = new Conditions()
    .when(filter.state, among('state'), toJson(filter.state ?? []))
    .when(filter.billingNumber, 'billing_number = ?', filter.billingNumber ?? null)
    .when(filter.fileId, 'file_id = ?', filter.fileId ?? null)
    .when(filter.archived, `state <> 'ARCHIVED'`);
  return pageSql('lots', conditions, filter);
}

/** The lots table; the invoices of a lot and its sealed bytes (encrypted) stand apart. */
export class SqliteLots implements LotTable {
  constructor(
    private readonly access: Access,
    private readonly envelope: Envelope,
  ) {}

  insert(lot: StoredLot): Promise<void> {
    return this.access.write((connection) => {
      const rank = insertRow(connection, 'lots', columnsOf(lot));
      putList(connection, 'lot_invoices', 'lot_rank', 'invoice_id', rank, lot.invoiceIds);
    });
  }

  get(id: string): Promise<StoredLot | null> {
    return this.access.read((connection) => {
      const row = connection.get('SELECT * FROM lots WHERE id = ?', id);
      return row === null ? null : lotOf(connection, row);
    });
  }

  list(filter: LotFilter = {}): Promise<readonly StoredLot[]> {
    const { sql, values } = lotListSql(filter);
    return this.many(sql, ...values);
  }

  count(): Promise<number> {
    return this.access.read((connection) => Number(connection.get("SELECT count(*) AS n FROM lots WHERE state <> 'ARCHIVED'")?.['n']));
  }

  byNumber(billingNumber: string, number: string, lotDate: LocalDate): Promise<readonly StoredLot[]> {
    return this.many(
      'SELECT * FROM lots WHERE billing_number = ? AND number = ? AND lot_date = ? ORDER BY rank',
      billingNumber,
      number,
      lotDate,
    );
  }

  answered(since: string, which: 'any' | 'not-positive'): Promise<readonly StoredLot[]> {
    return this.many(LOTS_ANSWERED[which], since);
  }

  update(id: string, change: LotChange): Promise<void> {
    return this.access.write((connection) => {
      updateRow(connection, 'lots', id, changedColumns(change));
      if (change.invoiceIds !== undefined)
        putList(connection, 'lot_invoices', 'lot_rank', 'invoice_id', mustRankOf(connection, 'lots', id), change.invoiceIds);
    });
  }

  putBytes(id: string, bytes: Buffer): Promise<void> {
    return this.access.write((connection) => {
      const sealed = this.envelope.seal(bytes, placeOfBytes(id));
      connection.run('INSERT OR REPLACE INTO lot_bytes (rank, bytes) VALUES (?, ?)', mustRankOf(connection, 'lots', id), sealed);
    });
  }

  bytes(id: string): Promise<Buffer | null> {
    return this.access.read((connection) => {
      const row = connection.get('SELECT bytes FROM lots JOIN lot_bytes USING (rank) WHERE id = ?', id);
      return row === null ? null : openBody(this.envelope, blob(row, 'bytes'), placeOfBytes(id));
    });
  }

  dropBytes(id: string): Promise<void> {
    return this.access.write((connection) => {
      connection.run('DELETE FROM lot_bytes WHERE rank = ?', mustRankOf(connection, 'lots', id));
    });
  }

  numbersInUse(billingNumber: string, since: LocalDate): Promise<ReadonlySet<string>> {
    return this.access.read(
      (connection) => new Set(connection.all(NUMBERS_IN_USE, billingNumber, since).map((row) => text(row, 'number'))),
    );
  }

  private many(sql: string, ...values: readonly SqlValue[]): Promise<readonly StoredLot[]> {
    return this.access.read((connection) => connection.all(sql, ...values).map((row) => lotOf(connection, row)));
  }
}
