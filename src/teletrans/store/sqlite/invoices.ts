import { claimsOf } from '../../domain/claims';
import type { Invoice, InvoiceKind, LocalDate, Marking, Securing, ThirdParty } from '../../domain/invoice';
import { SHEET_SENT } from '../../domain/paper-sheet';
import type { PartState } from '../../domain/states';
import { placeOf, type Envelope } from '../keys/envelope';
import type { HeldReason, InvoiceChange, InvoiceCount, InvoiceFilter, StoredInvoice, StoreSession } from '../port';
import { among, Conditions, insertRow, mustRankOf, pageSql, updateRow, type Access } from './access';
import { openBody } from './bodies';
import type { SqlRow, SqlValue } from './engine';
import { blob, integer, json, jsonOrNull, text, textOrNull, toJson, toJsonOrNull } from './rows';
import { routedRank } from './listing/payers';
import { insertClaims } from './third-party/claims';

type InvoiceTable = StoreSession['invoices'];

const placeOfBody = (id: string): string => placeOf('invoice_bodies', id, 'body');

function invoiceOf(row: SqlRow): StoredInvoice {
  return {
    id: text(row, 'id'),
    hostId: text(row, 'host_id'),
    kind: text(row, 'kind') as InvoiceKind,
    number: text(row, 'number'),
    billingNumber: text(row, 'billing_number'),
    situation: text(row, 'situation'),
    replacement: textOrNull(row, 'replacement'),
    marking: text(row, 'marking') as Marking,
    securing: text(row, 'securing') as Securing,
    thirdParty: text(row, 'third_party') as ThirdParty,
    completedOn: text(row, 'completed_on'),
    deadline: text(row, 'deadline'),
    linkedTo: textOrNull(row, 'linked_to'),
    amounts: { fees: integer(row, 'fees'), amo: integer(row, 'amo'), amc: integer(row, 'amc') },
    contentHash: text(row, 'content_hash'),
    amoState: textOrNull(row, 'amo_state') as PartState | null,
    amcState: textOrNull(row, 'amc_state') as PartState | null,
    held: jsonOrNull(row, 'held') as HeldReason | null,
    notes: json(row, 'notes') as readonly HeldReason[],
    lotId: textOrNull(row, 'lot_id'),
    receivedAt: text(row, 'received_at'),
    sentAt: textOrNull(row, 'sent_at'),
    ackedAt: textOrNull(row, 'acked_at'),
  };
}

/** Kept beside the notes for the lists, which never read them. */
const sheetSent = (notes: StoredInvoice['notes']): number => (notes.some(({ code }) => code === SHEET_SENT) ? 1 : 0);

function columnsOf(invoice: StoredInvoice): Record<string, SqlValue> {
  return {
    id: invoice.id,
    host_id: invoice.hostId,
    kind: invoice.kind,
    number: invoice.number,
    billing_number: invoice.billingNumber,
    situation: invoice.situation,
    replacement: invoice.replacement,
    marking: invoice.marking,
    securing: invoice.securing,
    third_party: invoice.thirdParty,
    completed_on: invoice.completedOn,
    deadline: invoice.deadline,
    linked_to: invoice.linkedTo,
    fees: invoice.amounts.fees,
    amo: invoice.amounts.amo,
    amc: invoice.amounts.amc,
    content_hash: invoice.contentHash,
    amo_state: invoice.amoState,
    amc_state: invoice.amcState,
    held: toJsonOrNull(invoice.held),
    notes: toJson(invoice.notes),
    sheet_sent: sheetSent(invoice.notes),
    lot_id: invoice.lotId,
    received_at: invoice.receivedAt,
    sent_at: invoice.sentAt,
    acked_at: invoice.ackedAt,
  };
}

function changedColumns(change: InvoiceChange): Record<string, SqlValue> {
  return {
    ...(change.amoState !== undefined && { amo_state: change.amoState }),
    ...(change.amcState !== undefined && { amc_state: change.amcState }),
    ...(change.held !== undefined && { held: toJsonOrNull(change.held) }),
    ...(change.notes !== undefined && { notes: toJson(change.notes), sheet_sent: sheetSent(change.notes) }),
    ...(change.lotId !== undefined && { lot_id: change.lotId }),
    ...(change.sentAt !== undefined && { sent_at: change.sentAt }),
    ...(change.ackedAt !== undefined && { acked_at: change.ackedAt }),
  };
}

/** Condition of the index `invoices_amc_state`, word for word: an invoice whose two parts are in one state is found by the first. */
const AMC_APART = '(amo_state IS NULL OR amc_state <> amo_state)';

/** The index of the AMO part covers both halves; each invoice is in one of them. Exported so that its query plan can be checked. */
export const COUNT_UNSETTLED = `
  SELECT amo_state, amc_state, count(*) AS count, sum(deadline < ?2) AS before, sum(deadline = ?2) AS on_day FROM (
    SELECT amo_state, amc_state, deadline FROM invoices WHERE amo_state IN (SELECT value FROM json_each(?1))
    UNION ALL
    SELECT amo_state, amc_state, deadline FROM invoices WHERE amc_state IN (SELECT value FROM json_each(?1)) AND ${AMC_APART}
      AND (amo_state IS NULL OR amo_state NOT IN (SELECT value FROM json_each(?1))))
  GROUP BY amo_state, amc_state`;

/** Goes once through the index of the AMO part, which holds all it asks for. Exported so that its query plan can be checked. */
export const COUNT_LIVING = `
  SELECT amo_state, amc_state, count(*) AS count, sum(deadline < ?1) AS before, sum(deadline = ?1) AS on_day
  FROM invoices WHERE coalesce(amo_state, amc_state) <> 'ARCHIVED' GROUP BY amo_state, amc_state`;

function countOf(row: SqlRow): InvoiceCount {
  return {
    amoState: textOrNull(row, 'amo_state') as PartState | null,
    amcState: textOrNull(row, 'amc_state') as PartState | null,
    count: integer(row, 'count'),
    before: integer(row, 'before'),
    on: integer(row, 'on_day'),
  };
}

/** The SQL of a filtered list, in order of creation. Exported so that its query plan can be checked. */
export function invoiceListSql(filter: InvoiceFilter): { readonly sql: string; readonly values: readonly SqlValue[] } {
  const any = toJson(filter.anyState ?? []);
  const conditions = new Conditions()
    .when(filter.billingNumber, 'billing_number = ?', filter.billingNumber ?? null)
    .when(filter.number, 'number = ?', filter.number ?? null)
    .when(filter.lotId, 'lot_id = ?', filter.lotId ?? null)
    .when(filter.amoState, among('amo_state'), toJson(filter.amoState ?? []))
    .when(
      filter.anyState,
      `rank IN (SELECT rank FROM invoices WHERE ${among('amo_state')} UNION SELECT rank FROM invoices WHERE ${among('amc_state')} AND ${AMC_APART})`,
      any,
      any,
    )
    .when(filter.archived, `coalesce(amo_state, amc_state) <> 'ARCHIVED'`);
  return pageSql('invoices', conditions, filter);
}

/** The invoices table; bodies stand apart, encrypted. */
export class SqliteInvoices implements InvoiceTable {
  constructor(
    private readonly access: Access,
    private readonly envelope: Envelope,
  ) {}

  insert(invoice: StoredInvoice, body: Invoice): Promise<void> {
    return this.access.write((connection) => {
      const payer = routedRank(connection, body);
      const rank = insertRow(connection, 'invoices', { ...columnsOf(invoice), routed: payer, payer });
      const sealed = this.envelope.seal(Buffer.from(JSON.stringify(body), 'utf8'), placeOfBody(invoice.id));
      connection.run('INSERT INTO invoice_bodies (rank, body) VALUES (?, ?)', rank, sealed);
      insertClaims(connection, rank, claimsOf(body));
    });
  }

  get(id: string): Promise<StoredInvoice | null> {
    return this.one('SELECT * FROM invoices WHERE id = ?', id);
  }

  body(id: string): Promise<Invoice> {
    return this.access.read((connection) => {
      const row = connection.get('SELECT body FROM invoices JOIN invoice_bodies USING (rank) WHERE id = ?', id);
      if (row === null) throw new Error(`no row ${id} in invoice_bodies`);
      return JSON.parse(openBody(this.envelope, blob(row, 'body'), placeOfBody(id)).toString('utf8')) as Invoice;
    });
  }

  byHostId(hostId: string): Promise<StoredInvoice | null> {
    return this.one('SELECT * FROM invoices WHERE host_id = ?', hostId);
  }

  byNumber(billingNumber: string, number: string): Promise<StoredInvoice | null> {
    return this.one('SELECT * FROM invoices WHERE billing_number = ? AND number = ?', billingNumber, number);
  }

  linkedTo(billingNumber: string, number: string): Promise<readonly StoredInvoice[]> {
    return this.access.read((connection) =>
      connection
        .all('SELECT * FROM invoices WHERE linked_to = ? AND billing_number = ? ORDER BY rank', number, billingNumber)
        .map(invoiceOf),
    );
  }

  list(filter: InvoiceFilter = {}): Promise<readonly StoredInvoice[]> {
    return this.access.read((connection) => {
      const { sql, values } = invoiceListSql(filter);
      return connection.all(sql, ...values).map(invoiceOf);
    });
  }

  update(id: string, change: InvoiceChange): Promise<void> {
    return this.access.write((connection) => updateRow(connection, 'invoices', id, changedColumns(change)));
  }

  dropBody(id: string): Promise<void> {
    return this.access.write((connection) => {
      connection.run('DELETE FROM invoice_bodies WHERE rank = ?', mustRankOf(connection, 'invoices', id));
    });
  }

  count(): Promise<number> {
    return this.access.read((connection) => Number(connection.get('SELECT count(*) AS n FROM invoices')?.['n']));
  }

  countByState(): Promise<readonly { readonly state: PartState; readonly part: 'amo' | 'amc'; readonly count: number }[]> {
    return this.access.read((connection) =>
      (['amc', 'amo'] as const).flatMap((part) =>
        connection
          .all(`SELECT ${part}_state AS state, count(*) AS count FROM invoices WHERE ${part}_state IS NOT NULL GROUP BY 1 ORDER BY 1`)
          .map((row) => ({ state: text(row, 'state') as PartState, part, count: integer(row, 'count') })),
      ),
    );
  }

  countLiving(today: LocalDate): Promise<readonly InvoiceCount[]> {
    return this.access.read((connection) => connection.all(COUNT_LIVING, today).map(countOf));
  }

  countUnsettled(anyState: readonly PartState[], today: LocalDate): Promise<readonly InvoiceCount[]> {
    return this.access.read((connection) => connection.all(COUNT_UNSETTLED, toJson(anyState), today).map(countOf));
  }

  private one(sql: string, ...values: SqlValue[]): Promise<StoredInvoice | null> {
    return this.access.read((connection) => {
      const row = connection.get(sql, ...values);
      return row === null ? null : invoiceOf(row);
    });
  }
}
