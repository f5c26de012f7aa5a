/** After a backup is put in place, by our command or by hand, nothing leaves before a person has decided; and what was sent since does not leave a second time. */
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guardState } from '../../../src/teletrans/restore-guard/guard';
import { DiskBackups } from '../../../src/teletrans/store/backup/backup-folders';
import { REAL_DISK } from '../../../src/teletrans/store/backup/disk';
import { restoreBackup } from '../../../src/teletrans/store/backup/restoring';
import { systemKeySource } from '../../../src/teletrans/store/keys/system-key';
import { openStorage } from '../../../src/teletrans/store/open';
import { lotsOf } from '../../support/arl-maker';
import { sampleInvoices } from '../../support/invoices';
import { openRig, RigReader, RigServer, type Rig, type RigOptions } from '../../support/practice-rig';

const SAYS = { by: 'Claire Dupont', reason: 'sauvegarde d’hier restaurée' };
const invoice = (number: string): unknown => sampleInvoices().find((each) => each.number === number);

let base: string;
let server: RigServer;
const opened: Rig[] = [];
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'put-back-'));
  server = new RigServer();
});
afterEach(async () => {
  for (const rig of opened.splice(0)) await rig.close();
  rmSync(base, { recursive: true, force: true });
});

const place = (name: string): string => join(base, name);
async function open(options: RigOptions = {}): Promise<Rig> {
  const rig = await openRig({ folder: place('data'), stateFolder: place('state'), server, reader: new RigReader(), ...options });
  opened.push(rig);
  return rig;
}
async function close(rig: Rig): Promise<void> {
  opened.splice(opened.indexOf(rig), 1);
  await rig.close();
}
const codes = async (rig: Rig): Promise<readonly string[]> => (await rig.app.overview()).stops.map(({ code }) => code);
const delivered = (): readonly string[] => server.delivered.flatMap(({ bytes }) => lotsOf(bytes).flatMap((lot) => lot.invoices)).sort();

async function backUp(): Promise<string> {
  const { store } = await openStorage(place('data'));
  const practiceOf = async (session: Parameters<typeof guardState>[0]): Promise<string | null> =>
    (await guardState(session))?.practice ?? null;
  const clock = { now: () => new Date() };
  const home = place('data');
  const keySource = systemKeySource(home);
  const backups = new DiskBackups({ home, store, keySource, practiceOf, disk: REAL_DISK, clock, ids: { uuid: randomUUID } });
  const made = await backups.make(place('backups'), { automatic: false, onPlace: () => Promise.resolve(), onStep: () => undefined });
  await store.close();
  return made.place;
}
const restore = (backup: string): ReturnType<typeof restoreBackup> =>
  restoreBackup(backup, place('data'), { disk: REAL_DISK, clock: { now: () => new Date() }, ids: { uuid: randomUUID } });

/** One invoice waits when the backup is made; it is sent after. */
async function sentSince(): Promise<string> {
  const rig = await open();
  await rig.app.take(invoice('000000101'));
  await rig.transmit();
  await rig.app.take(invoice('000000108'));
  await close(rig);
  const backup = await backUp();
  const again = await open();
  await again.transmit();
  await close(again);
  expect(delivered()).toEqual(['000000101', '000000108']);
  return backup;
}

it.each([
  ['the mark outside is there', 'state'],
  ['the user’s state folder is another', 'other-state'],
])('freezes sending after our command, where %s', async (_what, stateFolder) => {
  const backup = await sentSince();
  const { aside } = await restore(backup);
  expect(existsSync(aside ?? '')).toBe(true);
  const rig = await open({ stateFolder: place(stateFolder) });
  expect(await codes(rig)).toEqual(['STO-004']);
  expect((await rig.store.read(guardState))?.freeze?.attemptsSince).toBe(1);
  await rig.transmit().catch(() => undefined);
  expect(delivered()).toEqual(['000000101', '000000108']);

  await rig.app.takeUpNumbers('numbers-hold', SAYS);
  await rig.transmit();
  expect(delivered()).toEqual(['000000101', '000000108']);
  await rig.app.take(invoice('000000102'));
  await rig.transmit();
  expect(delivered()).toEqual(['000000101', '000000102', '000000108']);
  const files = server.delivered.map(({ bytes }) => lotsOf(bytes).map(({ number }) => number)).flat();
  expect(new Set(files).size).toBe(files.length);
  await close(rig);
  expect(await codes(await open({ stateFolder: place(stateFolder) }))).toEqual([]);
});

it('freezes sending even where nothing was sent since, and where no mark is left anywhere', async () => {
  const rig = await open();
  await rig.app.take(invoice('000000101'));
  await close(rig);
  const backup = await backUp();
  for (const gone of [[], ['state'], ['state', 'data']]) {
    for (const name of gone) rmSync(place(name), { recursive: true, force: true });
    await restore(backup);
    const again = await open();
    expect([gone, await codes(again)]).toEqual([gone, ['STO-004']]);
    await again.transmit().catch(() => undefined);
    expect(server.delivered).toHaveLength(0);
    await close(again);
  }
});

it('freezes sending when a person copies the backup over the folder by hand', async () => {
  const backup = await sentSince();
  for (const name of ['state', 'data']) rmSync(place(name), { recursive: true });
  cpSync(backup, place('data'), { recursive: true });
  const rig = await open();
  expect(await codes(rig)).toEqual(['STO-004']);
  await rig.app.takeUpNumbers('numbers-hold', SAYS);
  await close(rig);
  // What said so is gone: the next day is a day like another.
  expect(existsSync(place('data/restauration.json'))).toBe(false);
  expect(await codes(await open())).toEqual([]);
});

it('freezes once for a restoration, whatever happens between the freeze and the removal of its file', async () => {
  const backup = await sentSince();
  await restore(backup);
  const rig = await open({
    wrapMarks: (marks) => Object.assign(Object.create(marks) as typeof marks, { forgetRestoration: () => Promise.resolve() }),
  });
  expect(existsSync(place('data/restauration.json'))).toBe(true);
  await rig.app.takeUpNumbers('numbers-hold', SAYS);
  await close(rig);
  const again = await open();
  expect(await codes(again)).toEqual([]);
  expect(existsSync(place('data/restauration.json'))).toBe(false);
});

it('takes up the marks of a second restoration made before the first was decided', async () => {
  const backup = await sentSince();
  await restore(backup);
  await close(await open());
  await restore(backup);
  const rig = await open();
  expect(await codes(rig)).toEqual(['STO-004']);
  await rig.app.takeUpNumbers('numbers-hold', SAYS);
  await rig.app.take(invoice('000000102'));
  await rig.transmit();
  const lots = server.delivered.flatMap(({ bytes }) => lotsOf(bytes).map(({ number }) => number));
  expect(new Set(lots).size).toBe(lots.length);
});
