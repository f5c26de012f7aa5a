import * as path from 'node:path';
import type { InvoiceFilter } from '../../../src/teletrans/store/port';
import { openStorage, STORE_FILES, type Storage } from '../../../src/teletrans/store/open';
import { Connection } from '../../../src/teletrans/store/sqlite/connection';
import type { SqlValue } from '../../../src/teletrans/store/sqlite/engine';
import { LISTED_FILES, LISTED_INVOICES, LISTED_LOTS } from '../../../src/teletrans/store/sqlite/listing/descriptions';
import { groupsSql, selectSql, sumsSql } from '../../../src/teletrans/store/sqlite/listing/list-sql';
import { UNROUTED } from '../../../src/teletrans/store/sqlite/listing/payers';
import { COUNT_LIVING, COUNT_UNSETTLED, invoiceListSql } from '../../../src/teletrans/store/sqlite/invoices';
import { lotListSql, NUMBERS_IN_USE } from '../../../src/teletrans/store/sqlite/lots';
import { CLAIM_PAYERS } from '../../../src/teletrans/store/sqlite/third-party/claims';
import { claimSelectSql, claimTotalsSql } from '../../../src/teletrans/store/sqlite/third-party/claim-sql';
import { MONTHLY } from '../../../src/teletrans/store/sqlite/third-party/ledger';
import { aFolder } from './folder';

/** Reading a whole table is right only when the whole table is asked for. */
describe('the questions put to the store', () => {
  let storage: Storage;
  let connection: Connection;
  let remove: () => Promise<void>;
  beforeAll(async () => {
    const place = await aFolder();
    remove = place.remove;
    storage = await openStorage(place.folder);
    connection = Connection.open(path.join(place.folder, STORE_FILES.database));
  });
  afterAll(async () => {
    connection.close();
    await storage.store.close();
    await remove();
  });

  const scans = (sql: string, ...values: SqlValue[]): string[] =>
    connection
      .all(`EXPLAIN QUERY PLAN ${sql}`, ...values)
      .map((row) => String(row['detail']))
      .filter((detail) => detail.startsWith('SCAN') && !detail.includes('json_each') && !detail.includes('VIRTUAL TABLE'));

  it.each<[string, InvoiceFilter]>([
    ['by state of the AMO part', { amoState: ['READY', 'HELD'] }],
    ['by state of any part', { anyState: ['UNCERTAIN'] }],
    ['by state and practitioner', { anyState: ['READY'], billingNumber: '999000011' }],
    ['by practitioner', { billingNumber: '999000011' }],
    ['by number', { number: '000000101' }],
    ['by lot', { lotId: 'x', limit: 10 }],
  ])('list invoices %s without reading them all', (_, filter) => {
    const { sql, values } = invoiceListSql(filter);
    expect(scans(sql, ...values)).toEqual([]);
  });

  it.each([{ state: ['SENT' as const] }, { billingNumber: '999000011' }, { fileId: 'x' }])(
    'list lots by %j without reading them all',
    (filter) => {
      const { sql, values } = lotListSql(filter);
      expect(scans(sql, ...values)).toEqual([]);
    },
  );

  it.each([
    ['SELECT * FROM invoices WHERE id = ?', 1],
    ['SELECT * FROM invoices WHERE host_id = ?', 1],
    ['SELECT * FROM invoices WHERE billing_number = ? AND number = ?', 2],
    ['SELECT body FROM invoices JOIN invoice_bodies USING (rank) WHERE id = ?', 1],
    [NUMBERS_IN_USE, 2],
    ['SELECT * FROM lots WHERE billing_number = ? AND number = ? AND lot_date = ? ORDER BY rank', 3],
    ['SELECT * FROM files WHERE compostage = ?', 1],
    ['SELECT * FROM files WHERE sender_number = ? AND file_id = ? AND file_date = ? ORDER BY rank', 3],
    ['SELECT * FROM files WHERE state IN (SELECT value FROM json_each(?)) ORDER BY rank', 1],
    ['SELECT * FROM attempts WHERE file_id = ? ORDER BY rank', 1],
    ['SELECT * FROM returns WHERE state IN (SELECT value FROM json_each(?)) ORDER BY rank', 1],
    [`SELECT * FROM returns WHERE content_sha256 = ? AND state <> 'duplicate' ORDER BY rank LIMIT 1`, 1],
    ['SELECT * FROM returns WHERE uidl = ? AND mail_sha256 = ?', 2],
    ['SELECT * FROM journal WHERE entity = ? AND entity_id = ? ORDER BY rank', 2],
  ])('are answered by an index: %s', (sql, count) => {
    expect(scans(sql, ...Array.from({ length: count }, () => 'x'))).toEqual([]);
  });

  it('read no more of the attempts than those left open', () => {
    const plan = connection
      .all('EXPLAIN QUERY PLAN SELECT * FROM attempts WHERE outcome IS NULL ORDER BY rank')
      .map((row) => String(row['detail']));
    expect(plan.join()).toContain('attempts_open');
  });

  it('count what is not settled from the indexes alone', () => {
    const plan = connection
      .all(`EXPLAIN QUERY PLAN ${COUNT_UNSETTLED}`, '["READY"]', '2026-11-20')
      .map((row) => String(row['detail']))
      .filter((detail) => detail.includes('invoices'));
    expect(plan).toEqual([
      expect.stringContaining('USING COVERING INDEX invoices_amo_state'),
      expect.stringContaining('USING COVERING INDEX invoices_amc_state'),
    ]);
  });

  it('count what lives by one way through an index alone', () => {
    const plan = connection.all(`EXPLAIN QUERY PLAN ${COUNT_LIVING}`, '2026-11-20').map((row) => String(row['detail']));
    expect(plan.join()).toContain('USING COVERING INDEX invoices_amo_state');
  });

  it('find an invoice by the state of its AMC part alone', () => {
    const { sql, values } = invoiceListSql({ anyState: ['UNCERTAIN'] });
    const plan = connection.all(`EXPLAIN QUERY PLAN ${sql}`, ...values).map((row) => String(row['detail']));
    expect(plan.join()).toContain('invoices_amc_state');
  });

  it('see a whole reading where there is one', () => {
    expect(scans('SELECT * FROM invoices WHERE deadline = ?', 'x')).not.toEqual([]);
  });

  const plan = (sql: string, ...values: SqlValue[]): string =>
    connection
      .all(`EXPLAIN QUERY PLAN ${sql}`, ...values)
      .map((row) => String(row['detail']))
      .join('\n');

  it('the list of claims as it opens is read in order from its index, and added up from there', () => {
    const select = claimSelectSql({ settled: false }, { key: 'sent', descending: false }, null);
    const found = plan(select.sql, ...select.values);
    expect(found).toContain('USING COVERING INDEX claims_listed');
    expect(found).not.toContain('ORDER BY');
    const totals = claimTotalsSql({ settled: false, part: 'amo', payers: ['x'], billingNumber: '999000011' });
    expect(plan(totals.sql, ...totals.values)).toContain('USING COVERING INDEX claims_listed');
  });

  it('the months of the ledger are added up from indexes alone', () => {
    const found = plan(MONTHLY);
    expect(found).toContain('COVERING INDEX ledger_money');
    expect(found).toContain('COVERING INDEX ledger_adjusted');
    expect(found).not.toMatch(/SCAN (claims|invoices)\b/);
  });

  it.each([
    [`SELECT count(*) FROM claims WHERE state = 'REJECTED' AND listed = 1`, 'claims_refused'],
    ['SELECT invoice_rank, part FROM claims WHERE due = 1 AND listed = 1', 'claims_due'],
    [`SELECT count(*) AS count, coalesce(sum(amount), 0) AS amount FROM remittance_lines WHERE status = 'open'`, 'remittance_lines_open'],
    [`SELECT * FROM remittance_lines WHERE status = 'set-aside' ORDER BY id LIMIT 1`, 'remittance_lines_aside'],
    [
      `SELECT remittance_id, sum(iif(status = 'open', amount, 0)), max(kind = 'difference') FROM remittance_lines GROUP BY remittance_id`,
      'COVERING INDEX remittance_lines_remittance',
    ],
  ])('%s goes by its index', (sql, index) => {
    expect(plan(sql)).toContain(index);
  });

  const wanted = { place: 0, stopped: false } as const;
  const NO_ORDER = { practitioners: ['999000011'], payers: new Map([[1, 2]]) } as const;
  const narrowed = {
    billingNumber: '999000011',
    words: [
      { word: '12', payers: new Set([1]) },
      { word: 'fse', payers: new Set<number>() },
    ],
  };
  const ofInvoices = {
    groups: [{ amoState: 'READY', amcState: null, sheetSent: false, ...wanted }],
    ...narrowed,
    deadlineBefore: '2026-11-20',
  } as const;

  it.each(['number', 'kind', 'practitioner', 'payer', 'group', 'deadline', 'lot', 'fees', 'amo', 'amc'] as const)(
    'the list of invoices by %s goes by one index alone, whatever is chosen',
    (key) => {
      for (const descending of [false, true])
        for (const selection of [{ groups: ofInvoices.groups }, ofInvoices]) {
          const { sql, values } = selectSql(LISTED_INVOICES, selection, { key, descending, ...NO_ORDER }, 100);
          expect(scans(sql, ...values).filter((detail) => detail.includes('invoices'))).toEqual([]);
          expect(plan(sql, ...values)).toContain('SEARCH invoices USING COVERING INDEX invoices_amo_state');
        }
    },
  );

  it.each(['number', 'date', 'kind', 'practitioner', 'payer', 'amo', 'amc', 'group', 'count', 'file'] as const)(
    'the list of lots by %s goes by one index, and by another of what it counts',
    (key) => {
      const { sql, values } = selectSql(
        LISTED_LOTS,
        { groups: [{ state: 'ACKED', ...wanted }], ...narrowed },
        { key, descending: true, ...NO_ORDER },
        null,
      );
      expect(plan(sql, ...values)).toContain('SEARCH lots USING COVERING INDEX lots_state');
      if (key === 'count') expect(plan(sql, ...values)).toContain('SEARCH lot_invoices USING PRIMARY KEY');
      if (key === 'file') expect(plan(sql, ...values)).toContain('SEARCH files USING INDEX');
    },
  );

  it.each(['number', 'kind', 'practitioner', 'payer', 'lots', 'count', 'group', 'created', 'attempts'] as const)(
    'the list of files by %s goes by one index, and by another of what it counts',
    (key) => {
      const { sql, values } = selectSql(
        LISTED_FILES,
        { groups: [{ state: 'ACKED', ...wanted }], ...narrowed },
        { key, descending: true, ...NO_ORDER },
        null,
      );
      expect(plan(sql, ...values)).toContain(`SEARCH files USING ${key === 'attempts' ? '' : 'COVERING '}INDEX`);
      if (key === 'attempts') expect(plan(sql, ...values)).toContain('SEARCH attempts USING COVERING INDEX');
    },
  );

  it('lists are counted and added up from the same indexes alone', () => {
    const sums = sumsSql(LISTED_INVOICES, ofInvoices);
    expect(plan(sums.sql, ...sums.values)).toContain('SEARCH invoices USING COVERING INDEX invoices_amo_state');
    expect(plan(groupsSql(LISTED_INVOICES))).toBe('SCAN invoices USING COVERING INDEX invoices_amo_state');
    expect(plan(groupsSql(LISTED_LOTS))).toBe('SCAN lots USING COVERING INDEX lots_state');
    expect(plan(groupsSql(LISTED_FILES))).toBe('SCAN files USING COVERING INDEX files_state');
  });

  it('invoices of earlier versions are looked for at each opening in an index that holds no other', () => {
    expect(plan(UNROUTED)).toContain('invoices_unrouted');
  });

  it('payers of claims are found from one to the next', () => {
    expect(scans(CLAIM_PAYERS).filter((detail) => detail.includes('claims'))).toEqual([]);
    expect(plan(CLAIM_PAYERS)).toContain('SEARCH claims USING COVERING INDEX claims_payers');
  });
});
