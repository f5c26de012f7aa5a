import type { ClaimKey, NewClaim, Part } from '../../../domain/claims';
import type { InvoiceKind } from '../../../domain/invoice';
import type { PartState } from '../../../domain/states';
import type { Envelope } from '../../keys/envelope';
import type {
  ClaimGrouping,
  ClaimHandle,
  ClaimRow,
  ClaimSelection,
  ClaimSort,
  GroupTotal,
  StoredClaim,
  ThirdPartyTables,
  Total,
} from '../../third-party/port';
import type { Access } from '../access';
import type { Connection } from '../connection';
import type { SqlRow } from '../engine';
import { integer, json, text, textOrNull, toJson } from '../rows';
import { CLAIM_ROWS, claimRowsSql, claimSelectSql, claimTotalsBySql, claimTotalsSql } from './claim-sql';
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

const REFUSED = `${claimRowsSql('claims')} WHERE state = 'REJECTED' AND listed = 1 ORDER BY invoice_rank, claims.part LIMIT ?`;
const REFUSED_COUNT = `SELECT count(*) AS count FROM claims WHERE state = 'REJECTED' AND listed = 1`;
const OWING = `SELECT invoices.id AS invoice_id, part FROM claims JOIN invoices ON invoices.rank = invoice_rank
  WHERE due = ? AND listed = 1 AND part IN (?, ?) ORDER BY invoice_rank, part LIMIT ?`;

const FIRST_SENT = 'SELECT min(since) AS since FROM claims WHERE listed = 1';

/** From each payer to the next, by their index: 100,000 claims have a few hundred. Exported so that its query plan can be checked. */
export const CLAIM_PAYERS = `WITH RECURSIVE found (payer) AS (
    SELECT min(payer) FROM claims WHERE listed = 1
    UNION ALL
    SELECT (SELECT min(payer) FROM claims WHERE listed = 1 AND payer > found.payer) FROM found WHERE found.payer IS NOT NULL)
  SELECT payer FROM found WHERE payer IS NOT NULL`;

/** Payers whose claims are read first for a list sorted by payer. */
const FIRST_PAYERS = 4;

const NOTHING: Total = { count: 0, open: 0, expected: 0, paid: 0, adjusted: 0, due: 0 };

function totalIn(row: SqlRow): Total {
  const [expected, paid, adjusted] = [integer(row, 'expected'), integer(row, 'paid'), integer(row, 'adjusted')];
  return { count: integer(row, 'count'), open: integer(row, 'open'), expected, paid, adjusted, due: expected - paid - adjusted };
}

function totalsOf(connection: Connection, selection: ClaimSelection): Readonly<Record<Part, Total>> {
  const { sql, values } = claimTotalsSql(selection);
  const found = new Map(connection.all(sql, ...values).map((row) => [text(row, 'part'), totalIn(row)]));
  return { amo: found.get('amo') ?? NOTHING, amc: found.get('amc') ?? NOTHING };
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

  select(selection: ClaimSelection, sort: ClaimSort, limit: number | null = null): Promise<Float64Array> {
    if (sort.key === 'payer') return this.selectByPayer(selection, sort, limit);
    return this.access.read((connection) => {
      const { sql, values } = claimSelectSql(selection, sort, limit);
      return Float64Array.from(json(connection.get(sql, ...values) ?? {}, 'handles') as readonly number[]);
    });
  }

  /** The first rows are those of the first payers: only as many of these are read as it takes. */
  private selectByPayer(selection: ClaimSelection, sort: ClaimSort, limit: number | null): Promise<Float64Array> {
    return this.access.read((connection) => {
      const { payers = [], descending } = sort;
      const ordered = (descending ? [...payers].reverse() : payers).filter((payer) => selection.payers?.includes(payer) ?? true);
      const rank = new Map(ordered.map((payer, at) => [payer, at]));
      for (let some = limit === null ? ordered.length : FIRST_PAYERS; ; some *= 8) {
        const own = some < ordered.length ? { ...selection, payers: ordered.slice(0, some) } : selection;
        const { sql, values } = claimSelectSql(own, sort, null);
        const found = connection
          .all(sql, ...values)
          .map((row) => ({ at: rank.get(text(row, 'payer')) ?? 0, handles: json(row, 'handles') as readonly number[] }))
          .sort((one, other) => one.at - other.at)
          .flatMap(({ handles }) => handles);
        if (limit === null) return Float64Array.from(found);
        if (found.length >= limit || some >= ordered.length) return Float64Array.from(found.slice(0, limit));
      }
    });
  }

  rows(handles: readonly ClaimHandle[]): Promise<readonly ClaimRow[]> {
    return this.access.read((connection) => {
      const found = new Map(connection.all(CLAIM_ROWS, toJson(handles)).map((row) => [integer(row, 'handle'), this.rowOf(row)]));
      return handles.flatMap((handle) => found.get(handle) ?? []);
    });
  }

  totals(selection: ClaimSelection = {}): ReturnType<ThirdPartyTables['claims']['totals']> {
    return this.access.read((connection) => totalsOf(connection, selection));
  }

  totalsBetween(instants: readonly string[]): ReturnType<ThirdPartyTables['claims']['totalsBetween']> {
    return this.access.read((connection) =>
      [null, ...instants].map((from, rank) => {
        const before = instants[rank];
        return totalsOf(connection, {
          ...(from === null ? {} : { sentFrom: from }),
          ...(before === undefined ? {} : { sentBefore: before }),
        });
      }),
    );
  }

  firstSent(): Promise<string | null> {
    return this.access.read((connection) => textOrNull(connection.get(FIRST_SENT) ?? {}, 'since'));
  }

  totalsBy(grouping: ClaimGrouping, selection: ClaimSelection = {}): Promise<readonly GroupTotal[]> {
    return this.access.read((connection) => {
      const { sql, values } = claimTotalsBySql(grouping, selection);
      return connection.all(sql, ...values).map((row) => ({ key: text(row, 'key'), part: text(row, 'part') as Part, ...totalIn(row) }));
    });
  }

  payers(): Promise<readonly string[]> {
    return this.access.read((connection) => connection.all(CLAIM_PAYERS).map((row) => text(row, 'payer')));
  }

  refused(limit: number): ReturnType<ThirdPartyTables['claims']['refused']> {
    return this.access.read((connection) => ({
      count: integer(connection.get(REFUSED_COUNT) ?? {}, 'count'),
      rows: connection.all(REFUSED, limit).map((row) => this.rowOf(row)),
    }));
  }

  owing(due: number, part: Part | null, limit: number): Promise<readonly ClaimKey[]> {
    return this.access.read((connection) =>
      connection
        .all(OWING, due, part ?? 'amo', part ?? 'amc', limit)
        .map((row) => ({ invoiceId: text(row, 'invoice_id'), part: text(row, 'part') as Part })),
    );
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
      remindedAt: textOrNull(row, 'reminded_at'),
    };
  }
}
