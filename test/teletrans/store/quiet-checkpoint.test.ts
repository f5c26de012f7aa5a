import { copyFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStorage, STORE_FILES } from '../../../src/teletrans/store/open';
import { Connection } from '../../../src/teletrans/store/sqlite/connection';
import { aFolder } from './folder';
import { anInvoice, anInvoiceBody } from './samples';

const PATIENCE_MS = 20_000;

it('what was committed is gathered in the database file once nobody commits any more', async () => {
  const { folder, remove } = await aFolder();
  const { store } = await openStorage(folder);
  try {
    const invoices = Array.from({ length: 5 }, () => anInvoice());
    for (const invoice of invoices) await store.transaction((session) => session.invoices.insert(invoice, anInvoiceBody(invoice.number)));
    const database = path.join(folder, STORE_FILES.database);
    // The file alone, without its log, as a copy of it would be.
    const inFileAlone = async (): Promise<unknown> => {
      const copy = path.join(folder, `copy-${Date.now()}.db`);
      await copyFile(database, copy);
      const connection = Connection.open(copy);
      try {
        return connection.get(`SELECT count(*) AS invoices FROM sqlite_master LEFT JOIN invoices WHERE name = 'invoices'`)?.['invoices'];
      } catch {
        return 'not yet';
      } finally {
        connection.close();
      }
    };
    const deadline = Date.now() + PATIENCE_MS;
    while ((await inFileAlone()) !== invoices.length && Date.now() < deadline) await sleep(50);
    expect(await inFileAlone()).toBe(invoices.length);
    // Its log is still there: the store is open, and nothing but the pause has gathered it.
    expect((await stat(`${database}-wal`)).size).toBeGreaterThan(0);
  } finally {
    await store.close();
    await remove();
  }
});

it('makes the log as long as it will become where hand-overs are expected, and changes nothing else', async () => {
  const { folder, remove } = await aFolder();
  const { store } = await openStorage(folder);
  try {
    const invoice = anInvoice();
    await store.transaction((session) => session.invoices.insert(invoice, anInvoiceBody(invoice.number)));
    store.expectHandOvers();
    const log = path.join(folder, `${STORE_FILES.database}-wal`);
    const deadline = Date.now() + PATIENCE_MS;
    while ((await stat(log)).size < 8_000_000 && Date.now() < deadline) await sleep(50);
    expect((await stat(log)).size).toBeGreaterThan(8_000_000);
    expect((await stat(log)).size).toBeLessThanOrEqual(16_777_216);
    const later = anInvoice();
    await store.transaction((session) => session.invoices.insert(later, anInvoiceBody(later.number)));
    expect(await store.read((session) => session.invoices.list())).toEqual([invoice, later]);
    expect(await store.integrityFaults()).toEqual([]);
    expect((await stat(path.join(folder, STORE_FILES.database))).size).toBeLessThan(2_000_000);
  } finally {
    await store.close();
    await remove();
  }
});

it('gathers between two commits where they never pause, long before SQLite would do it inside of one', async () => {
  const { folder, remove } = await aFolder();
  const { store } = await openStorage(folder);
  try {
    const database = path.join(folder, STORE_FILES.database);
    for (const invoice of Array.from({ length: 250 }, () => anInvoice()))
      await store.transaction((session) => session.invoices.insert(invoice, anInvoiceBody(invoice.number)));
    // Fewer than the 3,800 pages at which SQLite steps in; the file alone is one page as long as nothing was gathered in it.
    expect((await stat(`${database}-wal`)).size).toBeLessThan(3_800 * 4_096);
    expect((await stat(database)).size).toBeGreaterThan(10 * 4_096);
    expect(await store.integrityFaults()).toEqual([]);
  } finally {
    await store.close();
    await remove();
  }
});
