import type { ClaimKey, Part } from '../../../domain/claims';
import type { Envelope } from '../../keys/envelope';
import type { EntryKind, FollowUp, LedgerEntry, MonthTotal, ThirdPartyTables } from '../../third-party/port';
import { Conditions, type Access } from '../access';
import type { SqlRow, SqlValue } from '../engine';
import { integer, integerOrNull, text, textOrNull } from '../rows';
import { OF_CLAIM } from './claims';
import { openText, sealText } from './sealed-text';

const INSERT = `INSERT INTO ledger (id, at, value_date, actor, kind, invoice_id, part, amount, line_id, undo_of, batch, note)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Money is booked on listed claims alone: what has a payment is listed. What is written off may be of one that is no longer. */
export const MONTHLY = `SELECT substr(value_date, 1, 7) AS month, part, sum(amount) AS paid, 0 AS adjusted FROM ledger
    WHERE kind IN ('payment', 'recovery') GROUP BY 1, part
  UNION ALL
  SELECT substr(value_date, 1, 7), ledger.part, 0, sum(amount) FROM ledger
    JOIN invoices ON invoices.id = ledger.invoice_id JOIN claims ON claims.invoice_rank = invoices.rank AND claims.part = ledger.part
    WHERE ledger.kind IN ('adjustment', 'closure') AND listed = 1 GROUP BY 1, ledger.part
  ORDER BY 1, 2`;

export class SqliteLedger {
  constructor(
    private readonly access: Access,
    private readonly envelope: Envelope,
  ) {}

  append(entry: LedgerEntry): Promise<void> {
    return this.access.write((connection) => {
      const note = entry.note === null ? null : sealText(this.envelope, entry.note, ['ledger', entry.id]);
      const { id, at, valueDate, actor, kind, invoiceId, part, amount, lineId, undoOf, batch } = entry;
      connection.run(INSERT, id, at, valueDate, actor, kind, invoiceId, part, amount, lineId, undoOf, batch, note);
    });
  }

  async get(id: string): Promise<LedgerEntry | null> {
    return (await this.many('SELECT * FROM ledger WHERE id = ?', id))[0] ?? null;
  }

  isUndone(id: string): Promise<boolean> {
    return this.access.read((connection) => connection.get('SELECT 1 FROM ledger WHERE undo_of = ?', id) !== null);
  }

  list({ claim, lineId, batch }: Parameters<ThirdPartyTables['ledger']['list']>[0]): Promise<readonly LedgerEntry[]> {
    const conditions = new Conditions()
      .when(claim, 'invoice_id = ? AND part = ?', claim?.invoiceId ?? null, claim?.part ?? null)
      .when(lineId, 'line_id = ?', lineId ?? null)
      .when(batch, 'batch = ?', batch ?? null);
    return this.many(`SELECT * FROM ledger${conditions.where} ORDER BY rank`, ...conditions.values);
  }

  monthly(): Promise<readonly MonthTotal[]> {
    return this.access.read((connection) =>
      connection.all(MONTHLY).map((row) => ({
        month: text(row, 'month'),
        part: text(row, 'part') as Part,
        paid: integer(row, 'paid'),
        adjusted: integer(row, 'adjusted'),
      })),
    );
  }

  money(): Promise<readonly LedgerEntry[]> {
    return this.many(`SELECT * FROM ledger WHERE kind IN ('payment', 'recovery') ORDER BY rank`);
  }

  private many(sql: string, ...values: readonly SqlValue[]): Promise<readonly LedgerEntry[]> {
    return this.access.read((connection) => connection.all(sql, ...values).map((row) => this.entryOf(row)));
  }

  private entryOf(row: SqlRow): LedgerEntry {
    const id = text(row, 'id');
    return {
      id,
      at: text(row, 'at'),
      valueDate: text(row, 'value_date'),
      actor: text(row, 'actor'),
      kind: text(row, 'kind') as EntryKind,
      invoiceId: text(row, 'invoice_id'),
      part: text(row, 'part') as Part,
      amount: integer(row, 'amount'),
      lineId: integerOrNull(row, 'line_id'),
      undoOf: textOrNull(row, 'undo_of'),
      batch: text(row, 'batch'),
      note: row['note'] === null ? null : openText(this.envelope, row, 'note', ['ledger', id]),
    };
  }
}

export class SqliteFollowUps {
  constructor(
    private readonly access: Access,
    private readonly envelope: Envelope,
  ) {}

  add({ invoiceId, part, at, actor, kind, text: words }: FollowUp): Promise<void> {
    return this.access.write((connection) => {
      const sealed = sealText(this.envelope, words, ['follow_ups', invoiceId]);
      connection.run(
        'INSERT INTO follow_ups (invoice_id, part, at, actor, kind, text) VALUES (?, ?, ?, ?, ?, ?)',
        invoiceId,
        part,
        at,
        actor,
        kind,
        sealed,
      );
      if (kind === 'owner')
        connection.run(
          `UPDATE claims SET owner = ? WHERE ${OF_CLAIM}`,
          words === '' ? null : sealText(this.envelope, words, ['claims', invoiceId]),
          invoiceId,
          part,
        );
      else
        connection.run(
          `UPDATE claims SET followed_at = ?, reminders = reminders + ?, reminded_at = coalesce(?, reminded_at) WHERE ${OF_CLAIM}`,
          at,
          kind === 'reminder' ? 1 : 0,
          kind === 'reminder' ? at : null,
          invoiceId,
          part,
        );
    });
  }

  of({ invoiceId, part }: ClaimKey): Promise<readonly FollowUp[]> {
    return this.access.read((connection) =>
      connection.all('SELECT * FROM follow_ups WHERE invoice_id = ? AND part = ? ORDER BY rank', invoiceId, part).map((row) => ({
        invoiceId,
        part,
        at: text(row, 'at'),
        actor: text(row, 'actor'),
        kind: text(row, 'kind') as FollowUp['kind'],
        text: openText(this.envelope, row, 'text', ['follow_ups', invoiceId]),
      })),
    );
  }
}
