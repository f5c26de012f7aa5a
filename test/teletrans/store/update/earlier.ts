/** A practice's data folder as an earlier program left it: rows of every kind, made by the program itself, in the schema of that time. */
import { renameSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { STORE_FILES } from '../../../../src/teletrans/store/names';
import { Connection } from '../../../../src/teletrans/store/sqlite/connection';
import type { SqlRow } from '../../../../src/teletrans/store/sqlite/engine';
import { MIGRATIONS } from '../../../../src/teletrans/store/sqlite/migrations';
import { answer } from '../../../support/arl-maker';
import { sampleInvoices } from '../../../support/invoices';
import { openRig, RigReader, RigServer, type Rig } from '../../../support/practice-rig';
import { paid, rspOf } from '../../third-party/desk';
import { anOldFolder } from '../backup/rig';

/** Every schema that a practice may still have, but the present one. */
export const EARLIER: readonly number[] = MIGRATIONS.slice(1).map((_sql, rank) => rank + 1);

export const databaseOf = (home: string): string => path.join(home, STORE_FILES.database);

export function openPractice(home: string, server = new RigServer()): Promise<Rig> {
  return openRig({ folder: home, stateFolder: `${home}-etat`, server, reader: new RigReader() });
}

/** An invoice of the samples, under a number that the old practice has not used. */
const sample = (number: string): unknown => {
  const found = sampleInvoices().find((each) => each.number === number);
  return { ...found, id: `LW-9${number.slice(1)}`, number: `9${number.slice(1)}` };
};

/** Months of an old practice with its archive, a file sent and answered, a payment, decisions and follow-ups; and one invoice that waits to be sent. */
export async function aPractice(home: string): Promise<void> {
  await anOldFolder(home);
  const server = new RigServer();
  const rig = await openPractice(home, server);
  await rig.app.take(sample('000000101'));
  await rig.transmit();
  await payTheArchived(rig);
  const [file] = await rig.store.read((session) => session.files.list({ state: ['HANDED_OVER'] }));
  server.post(answer(server.delivered[0]!.bytes, file!.compostage));
  const paidLot = (await rig.store.read((session) => session.lots.list({ state: ['ACKED'] })))[0]!;
  const paidInvoice = (await rig.store.read((session) => session.invoices.get(paidLot.invoiceIds[0]!)))!;
  const about = { number: paidInvoice.number, lotNumber: paidLot.number, lotDate: paidLot.lotDate, kind: 'F' as const };
  server.post(
    rspOf([
      { ...about, amo: paid(2429, 2000) },
      { ...about, number: '000009999', amo: paid(500) },
    ]),
  );
  await rig.app.collect(() => undefined);
  await rig.store.transaction(async (session) => {
    const claim = { invoiceId: paidInvoice.id, part: 'amo' as const };
    const common = { at: '2026-11-20T17:00:00.000Z', actor: 'Claire Dupont' };
    await session.thirdParty.followUps.add({ ...claim, ...common, kind: 'reminder', text: 'lettre' });
    await session.thirdParty.followUps.add({ ...claim, ...common, kind: 'owner', text: 'Claire Dupont' });
    await session.decisions.append({
      id: 'd-1',
      at: common.at,
      kind: 'resend',
      entityId: file!.id,
      by: 'Claire Dupont',
      reason: 'essai',
      stated: ['essai'],
    });
    await session.settings.set('essai', '"valeur"');
  });
  await rig.app.take(sample('000000108'));
  await rig.close();
}

/** What was archived had been paid. */
async function payTheArchived({ store }: Rig): Promise<void> {
  await store.transaction(async (session) => {
    for (const { id, amounts } of (await session.invoices.list()).filter(({ amoState }) => amoState === 'ARCHIVED'))
      await session.thirdParty.ledger.append({
        id: `e-${id}`,
        at: '2026-03-20T08:00:00.000Z',
        valueDate: '2026-03-20',
        actor: 'software',
        invoiceId: id,
        part: 'amo',
        kind: 'payment',
        amount: amounts.amo,
        lineId: null,
        undoOf: null,
        batch: 'b',
        note: 'essai',
      });
  });
}

/** Rewrites a database of the present schema in that of an earlier program. What that schema had no place for is not in it. */
export function makeEarlier(home: string, version: number): void {
  const present = databaseOf(home);
  const file = `${present}.earlier`;
  const connection = Connection.open(file);
  for (const sql of MIGRATIONS.slice(0, version)) connection.exec(sql);
  connection.exec(`PRAGMA foreign_keys = OFF; PRAGMA journal_mode = WAL; ATTACH '${present.replaceAll("'", "''")}' AS present`);
  // The ledger before the claims, whose sums its trigger would add a second time; names of payers before what names them, which would give them other ranks.
  const place = (table: string): number => Number(table === 'claims') - Number(table === 'payer_names');
  const tables = tablesIn(connection, 'main').sort((a, b) => place(a) - place(b));
  for (const table of tables.filter((name) => tablesIn(connection, 'present').includes(name))) {
    const there = columnsOf(connection, 'present', table);
    const columns = columnsOf(connection, 'main', table).filter((name) => there.includes(name));
    const values = [...columns];
    if (table === 'claims' && version < 8) {
      columns.push('invoice_id');
      values.push('(SELECT id FROM present.invoices WHERE rank = invoice_rank)');
    }
    connection.exec(`INSERT INTO main.${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM present.${table}`);
  }
  connection.exec(`DETACH present; PRAGMA user_version = ${version}; PRAGMA wal_checkpoint(TRUNCATE)`);
  connection.close();
  for (const end of ['', '-wal', '-shm']) rmSync(present + end, { force: true });
  renameSync(file, present);
  for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true });
}

/** Rows of every table, with the columns of these; what a later schema adds is left out. */
export type Rows = Readonly<Record<string, readonly SqlRow[]>>;

const DERIVED: ReadonlySet<string> = new Set(['state_counts', 'meta']);

/** All that is in a database. @param like only the tables and columns that it has too. */
export function rowsIn(file: string, like?: Rows): Rows {
  const connection = Connection.open(file);
  try {
    const tables = tablesIn(connection, 'main').filter((name) => !DERIVED.has(name) && (like === undefined || name in like));
    return Object.fromEntries(
      tables.map((table) => {
        const known = like?.[table]?.[0];
        const columns = columnsOf(connection, 'main', table).filter((name) => known === undefined || name in known);
        const rows = connection.all(
          `SELECT ${columns.filter((name) => name !== 'invoice_id' || table !== 'claims').join(', ')} FROM ${table}`,
        );
        return [table, rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))];
      }),
    );
  } finally {
    connection.close();
  }
}

export function versionIn(file: string): number {
  const connection = Connection.open(file);
  try {
    return Number(connection.get('PRAGMA user_version')?.['user_version']);
  } finally {
    connection.close();
  }
}

const tablesIn = (connection: Connection, schema: string): string[] =>
  connection
    .all(`SELECT name FROM ${schema}.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid`)
    .map((row) => String(row['name']));

/** Those that are stored. */
const columnsOf = (connection: Connection, schema: string, table: string): string[] =>
  connection
    .all(`SELECT name FROM pragma_table_xinfo('${table}', '${schema}') WHERE hidden = 0 ORDER BY cid`)
    .map((row) => String(row['name']));
