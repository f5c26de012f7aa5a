import type { ClaimKey, NewClaim, Part } from '../../../domain/claims';
import type { InvoiceKind } from '../../../domain/invoice';
import type { PartState } from '../../../domain/states';
import type { Envelope } from '../../keys/envelope';
import type { ClaimFilter, ClaimRow, StoredClaim, ThirdPartyTables } from '../../third-party/port';
import { Conditions, type Access } from '../access';
import type { Connection } from '../connection';
import type { SqlRow, SqlValue } from '../engine';
import { integer, text, textOrNull } from '../rows';
import { openText } from './sealed-text';

function claimOf(row: SqlRow): StoredClaim {
  return {
    invoiceId: text(row, 'invoice_id'),
    part: text(row, 'part') as Part,
    payer: text(row, 'payer'),
    expected: integer(row, 'expected'),
    baseState: textOrNull(row, 'base_state') as PartState | null,
    paid: integer(row, 'paid'),
    adjusted: integer(row, 'adjusted'),
    payments: integer(row, 'payments'),
    recoveries: integer(row, 'recoveries'),
    refusals: integer(row, 'refusals'),
    deferrals: integer(row, 'deferrals'),
    closures: integer(row, 'closures'),
  };
}

/** The rows of one claim; its values are the invoice's identifier and the part. */
export const OF_CLAIM = 'invoice_rank = (SELECT rank FROM invoices WHERE id = ?) AND part = ?';

/** Parts no payer has been asked to pay yet, or any more. */
const NOT_OWED = `('RECEIVED', 'READY', 'HELD', 'CANCELLED', 'IN_LOT', 'SEALED', 'RECYCLED', 'CLOSED_NO_RSP', 'ARCHIVED')`;

/** The SQL of a filtered list, in order of the invoices' creation. Exported so that its query plan can be checked. */
export function claimListSql(filter: ClaimFilter): { readonly sql: string; readonly values: readonly SqlValue[] } {
  const conditions = new Conditions()
    .when(filter.part, 'claims.part = ?', filter.part ?? null)
    .when(filter.payer, 'payer = ?', filter.payer ?? null)
    .when(filter.invoiceId, 'invoices.id = ?', filter.invoiceId ?? null)
    .when(filter.due, 'due = ?', filter.due ?? null);
  const where = conditions.where === '' ? ' WHERE' : `${conditions.where} AND`;
  const limit = filter.limit === undefined ? '' : ' LIMIT ?';
  return {
    sql: `SELECT claims.*, invoices.id AS invoice_id, number, invoices.kind AS kind, billing_number, completed_on, sent_at, acked_at,
        iif(claims.part = 'amo', amo_state, amc_state) AS state,
        (SELECT max(value_date) FROM ledger WHERE ledger.invoice_id = invoices.id AND ledger.part = claims.part
           AND ledger.kind = 'payment' AND claims.payments > 0) AS paid_on
      FROM claims JOIN invoices ON invoices.rank = invoice_rank${where}
        (iif(claims.part = 'amo', amo_state, amc_state) NOT IN ${NOT_OWED} OR paid <> 0) AND (expected <> 0 OR paid <> 0)
      ORDER BY invoice_rank, claims.part${limit}`,
    values: filter.limit === undefined ? conditions.values : [...conditions.values, filter.limit],
  };
}

/** Written with the invoice, in its transaction: see {@link SqliteInvoices}. */
export function insertClaims(connection: Connection, rank: number, claims: readonly NewClaim[]): void {
  for (const { part, payer, expected } of claims)
    connection.run('INSERT INTO claims (invoice_rank, part, payer, expected) VALUES (?, ?, ?, ?)', rank, part, payer, expected);
}

export class SqliteClaims {
  constructor(
    private readonly access: Access,
    private readonly envelope: Envelope,
  ) {}

  get({ invoiceId, part }: ClaimKey): Promise<StoredClaim | null> {
    return this.access.read((connection) => {
      const row = connection.get(`SELECT claims.*, ? AS invoice_id FROM claims WHERE ${OF_CLAIM}`, invoiceId, invoiceId, part);
      return row === null ? null : claimOf(row);
    });
  }

  list(filter: ClaimFilter = {}): ReturnType<ThirdPartyTables['claims']['list']> {
    return this.access.read((connection) => {
      const { sql, values } = claimListSql(filter);
      return connection.all(sql, ...values).map((row) => this.rowOf(row));
    });
  }

  setBaseState({ invoiceId, part }: ClaimKey, state: PartState): Promise<void> {
    return this.access.write((connection) => {
      connection.run(`UPDATE claims SET base_state = ? WHERE ${OF_CLAIM}`, state, invoiceId, part);
    });
  }

  private rowOf(row: SqlRow): ClaimRow {
    const claim = claimOf(row);
    return {
      ...claim,
      number: text(row, 'number'),
      kind: text(row, 'kind') as InvoiceKind,
      billingNumber: text(row, 'billing_number'),
      completedOn: text(row, 'completed_on'),
      sentAt: textOrNull(row, 'sent_at'),
      ackedAt: textOrNull(row, 'acked_at'),
      state: text(row, 'state') as PartState,
      paidOn: textOrNull(row, 'paid_on'),
      owner: row['owner'] === null ? null : openText(this.envelope, row, 'owner', ['claims', claim.invoiceId]),
      followedAt: textOrNull(row, 'followed_at'),
      reminders: integer(row, 'reminders'),
    };
  }
}
