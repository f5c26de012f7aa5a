import type { ClaimKey, Part } from '../../../domain/claims';
import type { Envelope } from '../../keys/envelope';
import type {
  LineDetail,
  LineKind,
  LineStatus,
  LineSums,
  LineTally,
  NewLine,
  OpenCause,
  StoredLine,
  ThirdPartyTables,
} from '../../third-party/port';
import { Conditions, type Access } from '../access';
import type { SqlRow, SqlValue } from '../engine';
import { integer, integerOrNull, text, textOrNull } from '../rows';
import { openText, sealText } from './sealed-text';

const COLUMNS = [
  'remittance_id',
  'record',
  'kind',
  'part',
  'billing_number',
  'number',
  'lot_number',
  'lot_date',
  'doc_kind',
  'amc_number',
  'requested',
  'amount',
  'answer',
  'transfer',
  'status',
  'cause',
  'detail',
] as const;
const INSERT = `INSERT INTO remittance_lines (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')}) RETURNING id`;

/** As constants: the indexes of open lines and of those set aside would not be used for a bound value. */
const STATUS_IS: Readonly<Record<LineStatus, string>> = {
  open: `status = 'open'`,
  'set-aside': `status = 'set-aside'`,
  matched: `status = 'matched'`,
};

/** Place of a line's words: known before the line has its identifier. */
const placeOfDetail = (remittanceId: string, record: number): readonly [string, string] => [
  'remittance_lines',
  `${remittanceId} ${record}`,
];

const placeOfSaid = (id: number): readonly [string, string] => ['remittance_lines.said', String(id)];

export class SqliteLines {
  constructor(
    private readonly access: Access,
    private readonly envelope: Envelope,
  ) {}

  insert(line: NewLine): Promise<number> {
    return this.access.write((connection) => {
      const { remittanceId, record, detail } = line;
      const sealed = detail === null ? null : sealText(this.envelope, JSON.stringify(detail), placeOfDetail(remittanceId, record));
      const row = connection.get(
        INSERT,
        remittanceId,
        record,
        line.kind,
        line.part,
        line.billingNumber,
        line.number,
        line.lotNumber,
        line.lotDate,
        line.docKind,
        line.amcNumber,
        line.requested,
        line.amount,
        line.answer,
        line.transfer,
        line.status,
        line.cause,
        sealed,
      );
      return integer(row ?? {}, 'id');
    });
  }

  async get(id: number): Promise<StoredLine | null> {
    return (await this.many('SELECT * FROM remittance_lines WHERE id = ?', id))[0] ?? null;
  }

  list(filter: Parameters<ThirdPartyTables['lines']['list']>[0] = {}): Promise<readonly StoredLine[]> {
    const { status, remittanceId, limit } = filter;
    const conditions = new Conditions().when(remittanceId, 'remittance_id = ?', remittanceId ?? null);
    if (status !== undefined) conditions.when(status, STATUS_IS[status]);
    const end = limit === undefined ? '' : ' LIMIT ?';
    const values = limit === undefined ? conditions.values : [...conditions.values, limit];
    return this.many(`SELECT * FROM remittance_lines${conditions.where} ORDER BY id${end}`, ...values);
  }

  tally(status: LineStatus): Promise<LineTally> {
    return this.access.read((connection) => {
      const row = connection.get(
        `SELECT count(*) AS count, coalesce(sum(amount), 0) AS amount FROM remittance_lines WHERE ${STATUS_IS[status]}`,
      );
      return { count: integer(row ?? {}, 'count'), amount: integer(row ?? {}, 'amount') };
    });
  }

  sums(): Promise<ReadonlyMap<string, LineSums>> {
    return this.access.read((connection) => {
      const rows = connection.all(
        `SELECT remittance_id, sum(iif(status = 'matched', amount, 0)) AS matched, sum(iif(status = 'open', amount, 0)) AS open,
           sum(iif(status = 'set-aside', amount, 0)) AS aside, max(kind = 'difference') AS difference
         FROM remittance_lines GROUP BY remittance_id`,
      );
      return new Map(
        rows.map((row) => [
          text(row, 'remittance_id'),
          {
            matched: integer(row, 'matched'),
            open: integer(row, 'open'),
            setAside: integer(row, 'aside'),
            difference: integer(row, 'difference') === 1,
          },
        ]),
      );
    });
  }

  setStatus(id: number, status: LineStatus, cause: OpenCause | null, said?: string): Promise<void> {
    return this.access.write((connection) => {
      const changed =
        said === undefined
          ? connection.run('UPDATE remittance_lines SET status = ?, cause = ? WHERE id = ?', status, cause, id)
          : connection.run(
              'UPDATE remittance_lines SET status = ?, cause = ?, said = ? WHERE id = ?',
              status,
              cause,
              sealText(this.envelope, said, placeOfSaid(id)),
              id,
            );
      if (changed !== 1) throw new Error(`no row ${id} in remittance_lines`);
    });
  }

  retriable(): Promise<readonly StoredLine[]> {
    return this.many(
      `SELECT lines.* FROM remittance_lines AS lines
       JOIN invoices ON invoices.billing_number = lines.billing_number AND invoices.number = lines.number
       WHERE status = 'open' AND cause IN ('unknown-invoice', 'not-sent') ORDER BY lines.id`,
    );
  }

  answeredFiles(): Promise<readonly string[]> {
    return this.access.read((connection) =>
      connection
        .all(
          `SELECT DISTINCT lots.file_id AS file FROM remittance_lines AS lines
           JOIN invoices ON invoices.billing_number = lines.billing_number AND invoices.number = lines.number
           JOIN lots ON lots.id = invoices.lot_id
           WHERE status = 'open' AND cause = 'not-sent' AND lots.file_id IS NOT NULL`,
        )
        .map((row) => text(row, 'file')),
    );
  }

  rejectionsOf({ invoiceId, part }: ClaimKey): Promise<readonly StoredLine[]> {
    return this.many(
      `SELECT lines.* FROM ledger JOIN remittance_lines AS lines ON lines.id = ledger.line_id
       WHERE ledger.invoice_id = ? AND ledger.part = ? AND ledger.kind = 'refusal' AND ledger.undo_of IS NULL
         AND NOT EXISTS (SELECT 1 FROM ledger AS undo WHERE undo.undo_of = ledger.id)
       ORDER BY ledger.value_date DESC, ledger.rank DESC`,
      invoiceId,
      part,
    );
  }

  private many(sql: string, ...values: readonly SqlValue[]): Promise<readonly StoredLine[]> {
    return this.access.read((connection) => connection.all(sql, ...values).map((row) => this.lineOf(row)));
  }

  private lineOf(row: SqlRow): StoredLine {
    const remittanceId = text(row, 'remittance_id');
    const record = integer(row, 'record');
    const id = integer(row, 'id');
    return {
      id,
      said: row['said'] === null ? null : openText(this.envelope, row, 'said', placeOfSaid(id)),
      remittanceId,
      record,
      kind: text(row, 'kind') as LineKind,
      part: textOrNull(row, 'part') as Part | null,
      billingNumber: textOrNull(row, 'billing_number'),
      number: textOrNull(row, 'number'),
      lotNumber: textOrNull(row, 'lot_number'),
      lotDate: textOrNull(row, 'lot_date'),
      docKind: textOrNull(row, 'doc_kind'),
      amcNumber: textOrNull(row, 'amc_number'),
      requested: integerOrNull(row, 'requested'),
      amount: integer(row, 'amount'),
      answer: textOrNull(row, 'answer'),
      transfer: integerOrNull(row, 'transfer'),
      status: text(row, 'status') as LineStatus,
      cause: textOrNull(row, 'cause') as OpenCause | null,
      detail:
        row['detail'] === null
          ? null
          : (JSON.parse(openText(this.envelope, row, 'detail', placeOfDetail(remittanceId, record))) as LineDetail),
    };
  }
}
