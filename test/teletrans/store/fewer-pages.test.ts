import * as path from 'node:path';
import { Connection } from '../../../src/teletrans/store/sqlite/connection';
import { MIGRATIONS } from '../../../src/teletrans/store/sqlite/migrations';
import type { SqlRow } from '../../../src/teletrans/store/sqlite/engine';
import { aFolder } from './folder';

/** The version before: sums by state in a table of their own, claims by their invoice's identifier. */
const BEFORE = 7;

const INVOICE = `INSERT INTO invoices (id, host_id, kind, number, billing_number, situation, marking, securing, third_party, completed_on, deadline, fees, amo, amc,
  content_hash, amo_state, amc_state, notes, received_at) VALUES (?1, ?1, 'FSE', ?1, '999000011', '1', 'T', 'S', 'amo', '2026-11-20', '2026-12-01', 1, 2, 3, '', ?2, ?3, '[]', '')`;
const CLAIM = `INSERT INTO claims (invoice_rank, part, invoice_id, payer, expected, owner) VALUES (?, ?, ?, 'payer', ?, x'01')`;
const LEDGER = `INSERT INTO ledger (id, at, value_date, actor, kind, invoice_id, part, amount, batch) VALUES (?, '', '', 'a', ?, ?, ?, ?, 'b')`;

describe('data of the version that wrote more pages', () => {
  let connection: Connection;
  let remove: () => Promise<void>;
  beforeEach(async () => {
    const place = await aFolder();
    remove = place.remove;
    connection = Connection.open(path.join(place.folder, 'before.db'));
    MIGRATIONS.slice(0, BEFORE).forEach((sql) => connection.exec(sql));
    connection.run(INVOICE, 'a', 'ACKED', 'ACKED');
    connection.run(INVOICE, 'b', 'READY', null);
    connection.run(CLAIM, 1, 'amo', 'a', 2429);
    connection.run(CLAIM, 1, 'amc', 'a', 1619);
    connection.run(CLAIM, 2, 'amo', 'b', 700);
    connection.run(LEDGER, 'l1', 'payment', 'a', 'amo', 2000);
    for (const event of ['received', 'sent', 'acked'])
      connection.run(`INSERT INTO journal (at, actor, entity, entity_id, event, detail) VALUES ('', 'a', 'invoice', 'a', ?, '{}')`, event);
  });
  afterEach(async () => {
    connection.close();
    await remove();
  });

  const upgrade = (): void => {
    connection.exec('BEGIN IMMEDIATE');
    MIGRATIONS.slice(BEFORE).forEach((sql) => connection.exec(sql));
    connection.exec('COMMIT');
  };
  const rows = (sql: string): SqlRow[] => connection.all(sql).map((row) => ({ ...row }));

  it('keep every entry of the journal under its rank, and go on after it', () => {
    const before = rows('SELECT * FROM journal ORDER BY rank');
    upgrade();
    expect(rows('SELECT * FROM journal ORDER BY rank')).toEqual(before);
    connection.run(`INSERT INTO journal (at, actor, entity, entity_id, event, detail) VALUES ('', 'a', 'invoice', 'a', 'paid', '{}')`);
    expect(rows('SELECT max(rank) AS rank FROM journal')).toEqual([{ rank: 4 }]);
    expect(() => connection.exec('DELETE FROM journal')).toThrow();
    expect(() => connection.exec(`UPDATE journal SET event = 'x'`)).toThrow();
    expect(rows('SELECT count(*) AS entries FROM journal')).toEqual([{ entries: 4 }]);
  });

  it('keep every claim with what was paid, and what is booked later is summed on it', () => {
    const kept = 'part, payer, expected, paid, payments, due, owner';
    const before = rows(`SELECT invoice_rank, ${kept} FROM claims ORDER BY invoice_rank, part`);
    expect(before).toHaveLength(3);
    upgrade();
    expect(rows(`SELECT invoice_rank, ${kept} FROM claims ORDER BY invoice_rank, part`)).toEqual(before);
    connection.run(LEDGER, 'l2', 'payment', 'a', 'amo', 429);
    connection.run(LEDGER, 'l3', 'payment', 'b', 'amo', 700);
    expect(rows('SELECT invoice_rank, part, paid, payments, due FROM claims ORDER BY invoice_rank, part')).toEqual([
      { invoice_rank: 1, part: 'amc', paid: 0, payments: 0, due: 1619 },
      { invoice_rank: 1, part: 'amo', paid: 2429, payments: 2, due: 0 },
      { invoice_rank: 2, part: 'amo', paid: 700, payments: 1, due: 0 },
    ]);
  });

  it('are sound afterwards', () => {
    upgrade();
    expect(rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(rows('PRAGMA foreign_key_check')).toEqual([]);
    connection.exec('DELETE FROM invoices WHERE rank = 2');
    expect(rows('SELECT DISTINCT invoice_rank FROM claims')).toEqual([{ invoice_rank: 1 }]);
  });
});
