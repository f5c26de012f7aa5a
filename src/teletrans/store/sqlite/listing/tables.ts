/** The lists of the day on SQLite. */
import type { FileState, LotState, PartState } from '../../../domain/states';
import type {
  AmountSums,
  FileSums,
  ListedPayer,
  ListedTables,
  ListSelection,
  ListSort,
  ListTable,
  RowHandle,
  Tally,
} from '../../listing/port';
import type { Access } from '../access';
import type { SqlRow } from '../engine';
import { integer, json, text, textOrNull, toJson } from '../rows';
import { LISTED_FILES, LISTED_INVOICES, LISTED_LOTS } from './descriptions';
import { groupsSql, idsSql, selectSql, sumsSql, type ListDescription } from './list-sql';
import { payerNamed } from './payers';

class SqliteList<G, K extends string, S> implements ListTable<G, K, S> {
  constructor(
    private readonly access: Access,
    private readonly described: ListDescription<G, K>,
    private readonly groupOf: (row: SqlRow) => G,
    private readonly sumsOf: (row: SqlRow) => S,
  ) {}

  groups(): Promise<readonly Tally<G>[]> {
    return this.access.read((connection) =>
      connection.all(groupsSql(this.described)).map((row) => ({ ...this.groupOf(row), count: integer(row, 'count') })),
    );
  }

  sums(selection: ListSelection<G>): Promise<S> {
    return this.access.read((connection) => {
      const { sql, values } = sumsSql(this.described, selection);
      return this.sumsOf(connection.get(sql, ...values) ?? {});
    });
  }

  select(selection: ListSelection<G>, sort: ListSort<K>, limit: number | null = null): Promise<Float64Array> {
    return this.access.read((connection) => {
      const { sql, values } = selectSql(this.described, selection, sort, limit);
      return Float64Array.from(json(connection.get(sql, ...values) ?? {}, 'handles') as readonly number[]);
    });
  }

  ids(handles: readonly RowHandle[]): Promise<readonly string[]> {
    return this.access.read((connection) => {
      const found = new Map(
        connection.all(idsSql(this.described.table), toJson(handles)).map((row) => [integer(row, 'rank'), text(row, 'id')]),
      );
      return handles.flatMap((handle) => found.get(handle) ?? []);
    });
  }
}

const amountsOf = (row: SqlRow): AmountSums => ({
  count: integer(row, 'count'),
  fees: integer(row, 'fees'),
  amo: integer(row, 'amo'),
  amc: integer(row, 'amc'),
});
const filesOf = (row: SqlRow): FileSums => ({ count: integer(row, 'count'), invoices: integer(row, 'invoices') });

export function listedTables(access: Access): ListedTables {
  return {
    invoices: new SqliteList(
      access,
      LISTED_INVOICES,
      (row) => ({
        amoState: textOrNull(row, 'amo_state') as PartState | null,
        amcState: textOrNull(row, 'amc_state') as PartState | null,
        sheetSent: integer(row, 'sheet_sent') === 1,
      }),
      amountsOf,
    ),
    lots: new SqliteList(access, LISTED_LOTS, (row) => ({ state: text(row, 'state') as LotState }), amountsOf),
    files: new SqliteList(access, LISTED_FILES, (row) => ({ state: text(row, 'state') as FileState }), filesOf),
    payers: () =>
      access.read((connection) =>
        connection
          .all('SELECT rank, name FROM payer_names ORDER BY rank')
          .map((row): ListedPayer => ({ rank: integer(row, 'rank'), ...payerNamed(json(row, 'name') as readonly string[]) })),
      ),
    payerOf: (invoiceId) =>
      access.read((connection) => {
        const row = connection.get('SELECT coalesce(payer, 0) AS payer FROM invoices WHERE id = ?', invoiceId);
        return row === null ? 0 : integer(row, 'payer');
      }),
    senderOf: (fileId) =>
      access.read((connection) => {
        const row = connection.get('SELECT billing_number FROM files WHERE id = ?', fileId);
        return row === null ? null : textOrNull(row, 'billing_number');
      }),
  };
}
