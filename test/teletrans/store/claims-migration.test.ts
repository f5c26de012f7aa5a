/** A practice's books of before claims were described beside themselves are listed as they were, and stay in line with their invoices from then on. */
import * as path from 'node:path';
import { Connection } from '../../../src/teletrans/store/sqlite/connection';
import { LISTED_CLAIMS } from '../../../src/teletrans/store/sqlite/listed-claims';
import { MIGRATIONS } from '../../../src/teletrans/store/sqlite/migrations';
import { aFolder } from './folder';

const DESCRIBED = MIGRATIONS.indexOf(LISTED_CLAIMS);
const INVOICE = `INSERT INTO invoices (rank, id, host_id, kind, number, billing_number, situation, marking, securing, third_party, completed_on, deadline,
    fees, amo, amc, content_hash, amo_state, amc_state, notes, received_at, sent_at, acked_at)
  VALUES (?, ?, ?, 'FSE', ?, '999000011', '1', 'T', 'S', 'amo+amc', '2026-11-20', '2026-12-02', 120, 100, 20, 'x', ?, ?, '[]', '2026-11-20', ?, ?)`;

it('the list of claims is the same before and after the change of schema', async () => {
  const { folder, remove } = await aFolder();
  const connection = Connection.open(path.join(folder, 'old.db'));
  for (const sql of MIGRATIONS.slice(0, DESCRIBED)) connection.exec(sql);
  const rows: readonly (readonly [string, string | null, string | null])[] = [
    ['ACKED', '2026-11-20T18:00:00.000Z', '2026-11-20T19:00:00.000Z'],
    ['READY', null, null],
    ['ARCHIVED', '2026-11-20T18:00:00.000Z', null],
    ['UNCERTAIN', null, null],
  ];
  for (const [rank, [state, sentAt, ackedAt]] of rows.entries()) {
    connection.run(INVOICE, rank + 1, `i${rank}`, `h${rank}`, `00000010${rank}`, state, state, sentAt, ackedAt);
    for (const part of ['amo', 'amc'])
      connection.run(
        'INSERT INTO claims (invoice_rank, part, payer, expected) VALUES (?, ?, ?, ?)',
        rank + 1,
        part,
        'p',
        part === 'amo' ? 100 : 20,
      );
  }
  // The archived one had been paid, then taken back: its payer owes again, and the purge must not hide it.
  for (const [id, kind, amount] of [
    ['e1', 'payment', 100],
    ['e2', 'recovery', -100],
  ] as const)
    connection.run(
      `INSERT INTO ledger (id, at, value_date, actor, kind, invoice_id, part, amount, batch) VALUES (?, '', '', '', ?, 'i2', 'amo', ?, 'b')`,
      id,
      kind,
      amount,
    );
  for (const sql of MIGRATIONS.slice(DESCRIBED)) connection.exec(sql);
  const listed = (): readonly string[] =>
    connection
      .all('SELECT number, part, state, since FROM claims WHERE listed = 1 ORDER BY invoice_rank, part')
      .map((row) => [row['number'], row['part'], row['state'], row['since']].map(String).join(' '));
  expect(listed()).toEqual([
    '000000100 amc ACKED 2026-11-20T18:00:00.000Z',
    '000000100 amo ACKED 2026-11-20T18:00:00.000Z',
    '000000102 amo ARCHIVED 2026-11-20T18:00:00.000Z',
    '000000103 amc UNCERTAIN 2026-11-20T12:00:00.000Z',
    '000000103 amo UNCERTAIN 2026-11-20T12:00:00.000Z',
  ]);
  connection.run(`UPDATE invoices SET amo_state = 'SENT', sent_at = '2026-11-21T08:00:00.000Z' WHERE id = 'i1'`);
  connection.run(`UPDATE invoices SET amo_state = 'ARCHIVED', amc_state = 'ARCHIVED' WHERE id = 'i0'`);
  expect(listed().slice(0, 3)).toEqual([
    '000000100 amc ARCHIVED 2026-11-20T18:00:00.000Z',
    '000000100 amo ARCHIVED 2026-11-20T18:00:00.000Z',
    '000000101 amo SENT 2026-11-21T08:00:00.000Z',
  ]);
  connection.close();
  await remove();
});
