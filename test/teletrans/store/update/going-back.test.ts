/** Back to the data of before an update: nothing that left since leaves again unseen, nothing is thrown away, and copies do not pile up. */
import { cpSync, existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { isVitaleError } from '../../../../src/teletrans/domain/errors';
import { REAL_DISK } from '../../../../src/teletrans/store/backup/disk';
import { openStorage } from '../../../../src/teletrans/store/open';
import { Connection } from '../../../../src/teletrans/store/sqlite/connection';
import { MIGRATIONS } from '../../../../src/teletrans/store/sqlite/migrations';
import { goBack } from '../../../../src/teletrans/store/update/going-back';
import { lotsOf } from '../../../support/arl-maker';
import { RigServer, type Rig } from '../../../support/practice-rig';
import { CLOCK, Death, FaultyDisk } from '../backup/rig';
import { aFolder } from '../folder';
import { aPractice, databaseOf, makeEarlier, openPractice, rowsIn, versionIn, type Rows } from './earlier';

const EARLIER = 8;
const PRESENT = MIGRATIONS.length;
const DAY_MS = 86_400_000;

let base: string;
let remove: () => Promise<void>;
let before: Rows;
let server: RigServer;
const at = (...names: string[]): string => path.join(base, ...names);
const HOME = (): string => at('data');
const copies = (): readonly string[] => readdirSync(at('data', 'avant-mise-a-jour')).sort();
const copy = (version: number): string => at('data', 'avant-mise-a-jour', `vitale-v${version}.db`);
const delivered = (): readonly string[] => server.delivered.flatMap(({ bytes }) => lotsOf(bytes).flatMap((lot) => lot.invoices));
const parts = { disk: REAL_DISK, clock: CLOCK };
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no error',
    (error: unknown) => (isVitaleError(error) ? error.code : error),
  );

beforeAll(async () => {
  ({ folder: base, remove } = await aFolder());
  await aPractice(at('practice'));
  makeEarlier(at('practice'), EARLIER);
  before = rowsIn(databaseOf(at('practice')));
});
afterAll(() => remove());
beforeEach(() => {
  cpSync(at('practice'), HOME(), { recursive: true });
  cpSync(at('practice-etat'), at('data-etat'), { recursive: true });
  server = new RigServer();
});
afterEach(() => {
  for (const name of ['data', 'data-etat']) rmSync(at(name), { recursive: true });
});

const openAndClose = (): Promise<void> => openStorage(HOME()).then(({ store }) => store.close());
async function withRig<T>(work: (rig: Rig) => Promise<T>): Promise<T> {
  const rig = await openPractice(HOME(), server);
  try {
    return await work(rig);
  } finally {
    await rig.close();
  }
}
const stops = (rig: Rig): Promise<readonly string[]> => rig.app.overview().then((overview) => overview.stops.map(({ code }) => code));

it('puts the data of before in place, keeps those of after, and freezes sending', async () => {
  await withRig((rig) => rig.transmit());
  expect(delivered()).toEqual(['900000108']);
  const after = rowsIn(databaseOf(HOME()));
  const { aside, version } = await goBack(HOME(), parts);
  expect(version).toBe(EARLIER);
  expect(versionIn(databaseOf(HOME()))).toBe(EARLIER);
  expect(rowsIn(databaseOf(HOME()))).toEqual(before);
  expect(copies()).toEqual([path.basename(aside), `vitale-v${EARLIER}.db`]);
  expect(rowsIn(aside)).toEqual(after);
  // The same whoever opens them next; here the data are updated again.
  await withRig(async (rig) => {
    expect(await stops(rig)).toEqual(['STO-004']);
    await rig.transmit().catch(() => undefined);
  });
  expect(delivered()).toEqual(['900000108']);
});

it('freezes sending though nothing had left since, and though the marks know of nothing', async () => {
  await openAndClose();
  await goBack(HOME(), parts);
  rmSync(at('data-etat'), { recursive: true });
  rmSync(at('data', 'reperes.json'), { force: true });
  await withRig(async (rig) => expect(await stops(rig)).toEqual(['STO-004']));
  cpSync(at('practice-etat'), at('data-etat'), { recursive: true });
});

it('freezes sending when a hand puts the copy in place', async () => {
  await openAndClose();
  for (const end of ['-wal', '-shm']) rmSync(databaseOf(HOME()) + end, { force: true });
  cpSync(copy(EARLIER), databaseOf(HOME()));
  await withRig(async (rig) => {
    expect(await stops(rig)).toEqual(['STO-004']);
    await rig.transmit().catch(() => undefined);
  });
  expect(delivered()).toEqual([]);
});

it('asks once: the alarm is not given again', async () => {
  await openAndClose();
  await goBack(HOME(), parts);
  await withRig(async (rig) => {
    await rig.app.takeUpNumbers('numbers-continue', { by: 'Claire Dupont', reason: 'retour à la version d’avant' });
    expect(await stops(rig)).toEqual([]);
  });
  await withRig(async (rig) => {
    expect(await stops(rig)).toEqual([]);
    await rig.transmit();
  });
  expect(delivered()).toEqual(['900000108']);
});

it('takes no data of the folder away wherever it dies', async () => {
  await withRig((rig) => rig.transmit());
  const after = rowsIn(databaseOf(HOME()));
  cpSync(HOME(), at('updated'), { recursive: true });
  for (let rank = 1; ; rank++) {
    const end = await failure(goBack(HOME(), { ...parts, disk: new FaultyDisk(rank, 'death') }));
    if (end === 'no error') break;
    expect(end).toBeInstanceOf(Death);
    const version = versionIn(databaseOf(HOME()));
    expect(rowsIn(databaseOf(HOME()))).toEqual(version === EARLIER ? before : after);
    // What was there before is there still, in its place or aside.
    const asides = copies().filter((name) => name.startsWith('vitale-ecartee') && version === EARLIER);
    if (version === EARLIER) expect(asides.map((name) => rowsIn(at('data', 'avant-mise-a-jour', name)))).toContainEqual(after);
    await openAndClose();
    rmSync(HOME(), { recursive: true });
    cpSync(at('updated'), HOME(), { recursive: true });
  }
  rmSync(at('updated'), { recursive: true });
});

it('changes nothing on a full disk', async () => {
  await openAndClose();
  const after = rowsIn(databaseOf(HOME()));
  const there = copies();
  for (let rank = 1; ; rank++) {
    const end = await failure(goBack(HOME(), { ...parts, disk: new FaultyDisk(rank, 'full') }));
    if (end === 'no error' || versionIn(databaseOf(HOME())) === EARLIER) break;
    expect(end).toBe('STO-001');
    expect(rowsIn(databaseOf(HOME()))).toEqual(after);
    if (rank < 3) expect(copies()).toEqual(there);
  }
  expect(versionIn(databaseOf(HOME()))).toBe(EARLIER);
});

it('is refused while a program has the data open, without a copy, and with a damaged one', async () => {
  const { store } = await openStorage(HOME());
  expect(await failure(goBack(HOME(), parts))).toBe('SAV-008');
  await store.close();
  const connection = Connection.open(copy(EARLIER));
  const pages = Number(connection.get('PRAGMA page_count')?.['page_count']);
  connection.close();
  cpSync(copy(EARLIER), at('good'));
  writeFileSync(copy(EARLIER), Buffer.alloc(4096 * pages, 0x5a));
  expect(await failure(goBack(HOME(), parts))).toBe('STO-003');
  expect(versionIn(databaseOf(HOME()))).toBe(PRESENT);
  rmSync(copy(EARLIER));
  expect(await failure(goBack(HOME(), parts))).toBe('STO-033');
});

it('works where the data of after cannot be read any more, and keeps them as they are', async () => {
  await openAndClose();
  writeFileSync(databaseOf(HOME()), Buffer.alloc(8192, 0x5a));
  const { aside } = await goBack(HOME(), parts);
  expect(existsSync(aside)).toBe(true);
  expect(rowsIn(databaseOf(HOME()))).toEqual(before);
});

describe('the copies', () => {
  const age = (version: number, days: number): void => utimesSync(copy(version), new Date(), new Date(Date.now() - days * DAY_MS));

  it('the newest is kept for 30 days, whatever the openings', async () => {
    for (let turn = 0; turn < 3; turn++) await openAndClose();
    age(EARLIER, 29);
    await openAndClose();
    expect(copies()).toEqual([`vitale-v${EARLIER}.db`]);
    age(EARLIER, 31);
    await openAndClose();
    expect(copies()).toEqual([]);
  });

  it('an older one goes once the data are updated again, and a half-made one with the next update', async () => {
    await openAndClose();
    cpSync(copy(EARLIER), copy(3));
    await openAndClose();
    expect(copies()).toEqual([`vitale-v${EARLIER}.db`]);
    writeFileSync(at('data', 'avant-mise-a-jour', 'vitale-v8.db.0123456789ab.tmp'), 'half');
    await goBack(HOME(), parts);
    await openAndClose();
    expect(copies().filter((name) => !name.startsWith('vitale-ecartee'))).toEqual([`vitale-v${EARLIER}.db`]);
  });

  const onPosix = process.platform === 'win32' ? it.skip : it;
  onPosix('is read by nobody else', async () => {
    await openAndClose();
    const { mode } = statSync(copy(EARLIER));
    expect(mode & 0o077).toBe(0);
  });
});
