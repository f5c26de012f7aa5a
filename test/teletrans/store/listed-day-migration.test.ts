/** Data of the version before lists: everything is in them as it would be had it come today, and stays so. */
import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import type { Invoice } from '../../../src/teletrans/domain/invoice';
import { openStorage, STORE_FILES } from '../../../src/teletrans/store/open';
import type { StoredInvoice } from '../../../src/teletrans/store/port';
import { Connection } from '../../../src/teletrans/store/sqlite/connection';
import { LISTED_DAY } from '../../../src/teletrans/store/sqlite/listing/schema';
import { MIGRATIONS } from '../../../src/teletrans/store/sqlite/migrations';
import { aFolder } from './folder';
import { aFile, aLot, anInvoice, anInvoiceBody, RECIPIENT } from './samples';

const BEFORE = MIGRATIONS.indexOf(LISTED_DAY);

/** Undoes this change of schema and those after it, so that data are as the version before left them. */
const TAKE_BACK = `
  DROP INDEX claims_payers;
  DROP TRIGGER invoices_taken_in_lot; DROP TRIGGER invoices_in_lot; DROP TRIGGER lots_listed; DROP TRIGGER files_listed; DROP TRIGGER files_carry;
  DROP INDEX invoices_amo_state; DROP INDEX invoices_unrouted; DROP INDEX lots_state; DROP INDEX files_state;
  ALTER TABLE invoices DROP COLUMN routed; ALTER TABLE invoices DROP COLUMN payer; ALTER TABLE invoices DROP COLUMN lot_number;
  ALTER TABLE invoices DROP COLUMN sheet_sent; ALTER TABLE lots DROP COLUMN payer; ALTER TABLE files DROP COLUMN payer;
  ALTER TABLE files DROP COLUMN billing_number; ALTER TABLE files DROP COLUMN lot_numbers; DROP TABLE payer_names;
  CREATE INDEX invoices_amo_state ON invoices (amo_state, amc_state, deadline);
  CREATE INDEX lots_state ON lots (state);
  CREATE INDEX files_state ON files (state);
  PRAGMA user_version = ${BEFORE};`;

interface Seen {
  readonly payer: object | null;
  readonly lot: string | null;
}

it('invoices, lots and files of before are listed with their payers, their lots and their sheets of paper', async () => {
  const { folder, remove } = await aFolder();
  await mkdir(folder, { recursive: true });
  const file = aFile({ recipient: { ...RECIPIENT, label: 'MUTUELLE FICTIVE' } });
  const lots = ['002', '001'].map((number) => aLot({ number, fileId: file.id, recipient: { ...RECIPIENT, label: 'MUTUELLE FICTIVE' } }));
  const inLot = anInvoice({ amoState: 'NO_ACK_EXPECTED', lotId: lots[0]!.id, notes: [{ code: 'FAC-041', details: {} }] });
  const waiting = anInvoice();
  const dre = anInvoice({ kind: 'DRE', amoState: null, amcState: 'READY' });
  const archived = anInvoice({ amoState: 'ARCHIVED' });
  const bodies = new Map<StoredInvoice, Invoice>([
    [inLot, anInvoiceBody(inLot.number)],
    [waiting, anInvoiceBody(waiting.number)],
    [dre, { ...anInvoiceBody(dre.number), kind: 'DRE', amc: { number: '810000000' } }],
    [archived, anInvoiceBody(archived.number)],
  ]);
  const before = await openStorage(folder);
  await before.store.transaction(async (session) => {
    for (const lot of lots) await session.lots.insert({ ...lot, invoiceIds: lot === lots[0] ? [inLot.id] : [] });
    await session.files.insert({ ...file, lotIds: lots.map(({ id }) => id) });
    for (const [invoice, body] of bodies) await session.invoices.insert(invoice, body);
    await session.invoices.dropBody(archived.id);
  });
  await before.store.close();
  const old = Connection.open(path.join(folder, STORE_FILES.database));
  old.exec(TAKE_BACK);
  old.close();

  const { store } = await openStorage(folder);
  const seen = (id: string): Promise<Seen> =>
    store.read(async ({ lists, invoices, lots: table }) => {
      const rank = await lists.payerOf(id);
      const payer = (await lists.payers()).find((one) => one.rank === rank);
      const { lotId = null } = (await invoices.get(id)) ?? {};
      return {
        payer: payer === undefined ? null : { label: payer.label, route: payer.route },
        lot: lotId === null ? null : ((await table.get(lotId))?.number ?? null),
      };
    });
  const route = { regime: '01', fund: '999' };
  expect(await seen(inLot.id)).toEqual({ payer: { label: 'MUTUELLE FICTIVE', route: null }, lot: '002' });
  expect(await seen(waiting.id)).toEqual({
    payer: { label: null, route: { kind: 'FSE', ...route, centre: '0001', insurer: '' } },
    lot: null,
  });
  expect(await seen(dre.id)).toEqual({
    payer: { label: null, route: { kind: 'DRE', ...route, centre: '', insurer: '810000000' } },
    lot: null,
  });
  expect((await seen(archived.id)).payer).toBeNull();
  await store.read(async ({ lists }) => {
    expect(await lists.senderOf(file.id)).toBe('999000011');
    expect(await lists.invoices.groups()).toContainEqual({ amoState: 'NO_ACK_EXPECTED', amcState: null, sheetSent: true, count: 1 });
    const groups = (await lists.files.groups()).map((group) => ({ ...group, place: 0, stopped: false }));
    const found = await lists.files.select(
      { groups, words: [{ word: '001', payers: new Set() }] },
      { key: 'lots', descending: false, practitioners: [], payers: new Map() },
    );
    expect(await lists.files.ids([...found])).toEqual([file.id]);
  });
  await store.close();
  const after = Connection.open(path.join(folder, STORE_FILES.database));
  expect(after.all('PRAGMA integrity_check').map((row) => row['integrity_check'])).toEqual(['ok']);
  expect(after.all('SELECT rank FROM invoices WHERE routed IS NULL AND lot_id IS NULL').length).toBe(1);
  after.close();
  await remove();
});
