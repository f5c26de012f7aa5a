/** An update never costs a practice anything: from every schema there ever was, all that was there is there after, and the day goes on. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { openStorage } from '../../../../src/teletrans/store/open';
import { MIGRATIONS } from '../../../../src/teletrans/store/sqlite/migrations';
import { lotsOf } from '../../../support/arl-maker';
import { RigServer } from '../../../support/practice-rig';
import { aFolder } from '../folder';
import { aPractice, databaseOf, EARLIER, makeEarlier, openPractice, rowsIn, versionIn } from './earlier';

let base: string;
let remove: () => Promise<void>;
const at = (...names: string[]): string => path.join(base, ...names);

beforeAll(async () => {
  ({ folder: base, remove } = await aFolder());
  await aPractice(at('present'));
});
afterAll(() => remove());

/** A copy of the practice in an earlier schema. */
function anEarlierPractice(version: number): string {
  const home = at(`v${version}`);
  cpSync(at('present'), home, { recursive: true });
  cpSync(at('present-etat'), `${home}-etat`, { recursive: true });
  makeEarlier(home, version);
  return home;
}

/** Beginnings of the SHA-256 of each change, in order. */
const RELEASED: readonly string[] = [
  ...['02826e7fc18a', 'e6daf4af5b03', '2fb7be81da41', 'd7ee2dfdcc58', 'ac310d3765c5'],
  ...['9e35f7d232e5', 'f6186ff37c9e', 'c8eb2cdc9a3c', 'bd291cba4611', '3bc6c6493c1e'],
  '3a3706d8774b',
  'a518df1edb1e',
];

it('knows every change of the schema as it was released', () => {
  // A change that a practice has gone through is never edited: another one is added, and its hash here.
  const hashes = MIGRATIONS.map((sql) => createHash('sha256').update(sql).digest('hex').slice(0, 12));
  expect(hashes).toEqual(RELEASED);
});

it.each(EARLIER)('schema %i: nothing is lost, and the practice goes on', async (version) => {
  const home = anEarlierPractice(version);
  const before = rowsIn(databaseOf(home));
  expect(before['invoices']!.length).toBeGreaterThan(13);
  expect(versionIn(databaseOf(home))).toBe(version);

  const server = new RigServer();
  const rig = await openPractice(home, server);
  expect(versionIn(databaseOf(home))).toBe(MIGRATIONS.length);
  // Opening writes nothing but the schema: what the restore guard remembers was there.
  expect(rowsIn(databaseOf(home), before)).toEqual(before);

  const overview = await rig.app.overview();
  expect(overview.stops).toEqual([]);
  const claims = await rig.store.read((session) => session.thirdParty.claims.totals());
  const present = await openStorage(at('present'));
  const asItWas = await present.store.read((session) => session.thirdParty.claims.totals());
  expect((await present.store.integrityFaults()).length).toBe(0);
  await present.store.close();
  // Before schema 3 nobody wrote down what payers paid.
  if (version >= 3) expect(claims).toEqual(asItWas);
  else expect(claims.amo.count).toBeGreaterThan(0);
  if (version >= 3) expect(claims.amo.paid).toBeGreaterThan(2000);

  // What waited leaves, once; what had left does not leave again; its message and every other can be read.
  await rig.transmit();
  expect(server.delivered.flatMap(({ bytes }) => lotsOf(bytes).flatMap((lot) => lot.invoices))).toEqual(['900000108']);
  await rig.close();
  const { store, frozen, archives } = await openStorage(home);
  const files = await store.read((session) => session.files.list({ archived: false }));
  for (const { id } of files) expect((await frozen.read(id)).length).toBeGreaterThan(0);
  for (const invoice of await store.read((session) => session.invoices.list({ archived: false })))
    expect((await store.read((session) => session.invoices.body(invoice.id))).number).toBe(invoice.number);
  if (version >= 4) expect(await archives.list()).toHaveLength((await store.read((session) => session.archives.list())).length);
  expect(await store.integrityFaults()).toEqual([]);
  await store.close();
});

it('takes no copy where nothing is updated', () => {
  expect(existsSync(at('present', 'avant-mise-a-jour'))).toBe(false);
  expect(readdirSync(at('v1', 'avant-mise-a-jour'))).toEqual(['vitale-v1.db']);
});
