/** A restored backup, a moved data folder, and every order of crash around the marks: an alarm when there must be one, and none when there must not. */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SendOutcome } from '../../../src/teletrans/network/port';
import { VitaleError } from '../../../src/teletrans/domain/errors';
import type { HighWaterMarks, Store } from '../../../src/teletrans/store/port';
import { answer, lotsOf } from '../../support/arl-maker';
import { sampleInvoices } from '../../support/invoices';
import { openRig, RigReader, RigServer, type Rig, type RigOptions } from '../../support/practice-rig';

const SAYS = { by: 'Claire Dupont', reason: 'sauvegarde d’hier restaurée' };
const CUT: SendOutcome = { outcome: 'TEMP_FAILED', phase: 'envelope', reply: '451', failure: 'TRA-003' };
const invoice = (number: string): unknown => sampleInvoices().find((each) => each.number === number);

let base: string;
let server: RigServer;
const opened: Rig[] = [];
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'restored-'));
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
const copy = (from: string, to: string): void => {
  rmSync(place(to), { recursive: true, force: true });
  cpSync(place(from), place(to), { recursive: true });
};
/** The rest of the data folder stays as it is. */
function restoreDatabase(): void {
  for (const file of ['vitale.db', 'vitale.db-wal', 'vitale.db-shm']) {
    rmSync(place(`data/${file}`), { force: true });
    if (existsSync(place(`backup/${file}`))) cpSync(place(`backup/${file}`), place(`data/${file}`));
  }
}
const codes = async (rig: Rig): Promise<readonly string[]> => (await rig.app.overview()).stops.map(({ code }) => code);
const transmit = (rig: Rig): ReturnType<Rig['app']['transmit']> => rig.transmit();
const deliveredNumbers = (): readonly string[] => server.delivered.flatMap(({ bytes }) => lotsOf(bytes).flatMap((lot) => lot.invoices));

/** Yesterday's backup is taken while one invoice is ready and one file waits; then both are sent. */
async function sentSinceBackup(): Promise<void> {
  const rig = await open();
  await rig.app.take(invoice('000000101'));
  server.answers = [CUT];
  await transmit(rig);
  await rig.app.take(invoice('000000108'));
  await close(rig);
  copy('data', 'backup');
  const again = await open();
  await transmit(again);
  expect([...deliveredNumbers()].sort()).toEqual(['000000101', '000000108']);
  await close(again);
}

describe('the same data, opened again', () => {
  it('raise no alarm, day after day', async () => {
    for (const number of ['000000101', '000000102', '000000103']) {
      const rig = await open();
      expect(await codes(rig)).toEqual([]);
      await rig.app.take(invoice(number));
      await transmit(rig);
      await rig.app.collect(() => undefined);
      await close(rig);
    }
    expect(await codes(await open())).toEqual([]);
  });

  it('raise no alarm after a copy outside could not be written', async () => {
    const wrapMarks = (marks: HighWaterMarks): HighWaterMarks => ({
      restoration: () => marks.restoration(),
      forgetRestoration: () => marks.forgetRestoration(),
      inside: () => marks.inside(),
      outside: () => Promise.resolve(null),
      writeInside: (mark) => marks.writeInside(mark),
      writeOutside: () => Promise.resolve(false),
    });
    const rig = await open({ wrapMarks });
    await rig.app.take(invoice('000000101'));
    expect((await transmit(rig)).result).toBe('sent');
    await close(rig);
    expect(await codes(await open({ wrapMarks }))).toEqual([]);
  });
});

describe('a restored backup', () => {
  it.each([
    ['of the database alone', restoreDatabase],
    ['of the whole data folder', (): void => copy('backup', 'data')],
  ])('%s freezes sending until a person has chosen, and returns go on being fetched', async (_what, restore) => {
    await sentSinceBackup();
    restore();
    const rig = await open();
    expect(await codes(rig)).toEqual(['STO-004']);
    expect((await rig.app.pendingCounts()).stopped).toMatchObject({ code: 'STO-004' });
    expect(await transmit(rig)).toMatchObject({ result: 'incident', files: [], reason: { code: 'STO-004' } });
    await rig.app.sendDue();
    expect(server.delivered).toHaveLength(2);
    await expect(rig.app.collect(() => undefined)).resolves.toMatchObject({ quarantined: 0 });
    // Work goes on being taken, and the alarm lasts however far the journal goes on.
    for (const number of ['000000102', '000000103', '000000112']) await rig.app.take(invoice(number));
    await close(rig);
    expect(await codes(await open())).toEqual(['STO-004']);
  });

  it('holds back what may have been sent, and puts in doubt the files that waited: nothing goes twice', async () => {
    await sentSinceBackup();
    copy('backup', 'data');
    const rig = await open();
    await rig.app.takeUpNumbers('numbers-hold', SAYS);
    expect(await codes(rig)).toEqual([]);
    const { invoices } = await rig.app.overview();
    expect(Object.fromEntries(invoices.map(({ number, state, held }) => [number, held?.code ?? state]))).toEqual({
      '000000101': 'UNCERTAIN',
      '000000108': 'STO-021',
    });
    expect((await transmit(rig)).files).toEqual([]);
    expect(server.delivered).toHaveLength(2);
    // The ARL of the file that waited finds it; the held invoice leaves when a person says that it had not been sent.
    const [file] = await rig.store.read((session) => session.files.list());
    server.post(answer(server.delivered[0]!.bytes, file!.compostage));
    await rig.app.collect(() => undefined);
    expect((await rig.app.overview()).invoices[0]!.state).toBe('ACKED');
    const held = (await rig.app.overview()).invoices.find(({ releasable }) => releasable)!;
    await rig.app.releaseHeld(held.id, SAYS);
    expect((await transmit(rig)).files).toHaveLength(1);
    expect(await rig.store.read((session) => session.decisions.of(held.id))).toMatchObject([{ kind: 'release-held', ...SAYS }]);
  });

  it('goes on with numbers that nobody has used, and the decision is kept', async () => {
    await sentSinceBackup();
    const before = await open();
    const used = await before.store.read((session) => session.files.list());
    const lots = (await before.app.overview()).lots.map(({ number }) => number);
    await close(before);
    copy('backup', 'data');
    const rig = await open();
    expect((await rig.app.question('numbers-continue', 'numeros')).lines.length).toBeGreaterThan(3);
    await rig.app.takeUpNumbers('numbers-continue', SAYS);
    expect(await rig.store.read((session) => session.decisions.of('numeros'))).toMatchObject([{ kind: 'numbers-continue', ...SAYS }]);
    await rig.app.take(invoice('000000112'));
    await transmit(rig);
    const fresh = (await rig.store.read((session) => session.files.list())).at(-1)!;
    expect(used.map(({ fileId }) => fileId)).not.toContain(fresh.fileId);
    expect(
      fresh.compostage >
        used
          .map(({ compostage }) => compostage)
          .sort()
          .at(-1)!,
    ).toBe(true);
    expect(lots).not.toContain((await rig.app.overview()).lots.at(-1)!.number);
    await close(rig);
    expect(await codes(await open())).toEqual([]);
  });

  it('is not decided while the returns cannot be fetched, or without a name and a reason', async () => {
    await sentSinceBackup();
    copy('backup', 'data');
    const rig = await open();
    await expect(rig.app.takeUpNumbers('numbers-hold', { by: '', reason: '' })).rejects.toMatchObject({ code: 'DEC-001' });
    server.mailboxDown = true;
    await expect(rig.app.takeUpNumbers('numbers-hold', SAYS)).rejects.toMatchObject({ code: 'TRA-030' });
    expect(await codes(rig)).toEqual(['STO-004']);
  });

  it('tells how many attempts were made since, when it is known', async () => {
    await sentSinceBackup();
    copy('backup', 'data');
    const rig = await open();
    const freeze = await rig.store.read(
      async (session) => JSON.parse((await session.settings.get('restore-guard'))!) as { freeze: unknown },
    );
    expect(freeze.freeze).toMatchObject({ cause: 'restored', attemptsSince: 2 });
  });
});

describe('data on another computer', () => {
  it('are frozen: the copy outside is missing; a person says it is the same practice, once', async () => {
    const rig = await open();
    await rig.app.take(invoice('000000101'));
    await transmit(rig);
    await close(rig);
    const there = await open({ stateFolder: place('other-computer') });
    expect(await codes(there)).toEqual(['STO-005']);
    await there.app.takeUpNumbers('numbers-continue', SAYS);
    await there.app.take(invoice('000000102'));
    expect((await transmit(there)).result).toBe('sent');
    await close(there);
    expect(await codes(await open({ stateFolder: place('other-computer') }))).toEqual([]);
  });

  it('do not pass for the latest on the first one, once the second has gone on', async () => {
    const rig = await open();
    await rig.app.take(invoice('000000101'));
    await close(rig);
    copy('data', 'stick');
    const first = await open();
    await transmit(first);
    await close(first);
    // The stick comes back over the first one's folder, with work of its own.
    copy('stick', 'data');
    const back = await open();
    expect(await codes(back)).toEqual(['STO-004']);
  });
});

class Death extends Error {}

/** Dies at the `killAt`-th effect on the marks or the store; nothing works afterwards. */
function mortal(killAt: number): { dead: () => boolean } & Required<Pick<RigOptions, 'wrapMarks' | 'wrapStore'>> {
  let steps = 0;
  let dead = false;
  const step = (): void => {
    if (dead) throw new Death();
    steps += 1;
    if (steps === killAt) {
      dead = true;
      throw new Death();
    }
  };
  const around = async <T>(work: () => Promise<T>): Promise<T> => {
    step();
    const result = await work();
    step();
    return result;
  };
  return {
    dead: () => dead,
    wrapMarks: (marks) => ({
      restoration: () => marks.restoration(),
      forgetRestoration: () => marks.forgetRestoration(),
      inside: () => marks.inside(),
      outside: (practice) => marks.outside(practice),
      writeInside: (mark) => around(() => marks.writeInside(mark)),
      writeOutside: (mark) => around(() => marks.writeOutside(mark)),
    }),
    wrapStore: (store: Store) => ({
      transaction: (work) => around(() => store.transaction(work)),
      read: (work) => store.read(work),
      keyedHash: (text) => store.keyedHash(text),
      expectHandOvers: () => store.expectHandOvers(),
      close: () => store.close(),
    }),
  };
}

describe('a process that dies', () => {
  it('anywhere between the data and the marks raises no alarm', async () => {
    for (let killAt = 1; ; killAt++) {
      server = new RigServer();
      for (const name of ['data', 'state']) rmSync(place(name), { recursive: true, force: true });
      const fate = mortal(killAt);
      const life = async (options: RigOptions): Promise<void> => {
        const rig = await openRig({ folder: place('data'), stateFolder: place('state'), server, reader: new RigReader(), ...options });
        try {
          expect({ killAt, stops: await codes(rig) }).toEqual({ killAt, stops: [] });
          await rig.app.take(invoice('000000101'));
          await transmit(rig);
        } finally {
          await rig.close();
        }
      };
      await life(fate).catch((error: unknown) => {
        if (!fate.dead()) throw error;
      });
      await life({});
      if (!fate.dead()) break;
    }
  }, 120_000);

  it('while a person’s choice is taken asks once more at the most, and never twice the same after it was taken', async () => {
    await sentSinceBackup();
    copy('state', 'state-before');
    for (let killAt = 1; ; killAt++) {
      copy('backup', 'data');
      copy('state-before', 'state');
      const fate = mortal(killAt);
      let taken = false;
      try {
        const rig = await openRig({ folder: place('data'), stateFolder: place('state'), server, reader: new RigReader(), ...fate });
        try {
          await rig.app.takeUpNumbers('numbers-hold', SAYS);
        } finally {
          taken = (await rig.store.read((session) => session.decisions.of('numeros'))).length > 0;
          await rig.close();
        }
      } catch (error) {
        if (!fate.dead()) throw error;
      }
      const again = await openRig({ folder: place('data'), stateFolder: place('state'), server, reader: new RigReader() });
      expect({ killAt, stops: await codes(again) }).toEqual({ killAt, stops: taken ? [] : ['STO-004'] });
      await again.close();
      if (!fate.dead()) break;
    }
  }, 120_000);
});

describe('a mark that cannot be written', () => {
  it('keeps everything here: nothing leaves, nothing is lost, and it leaves once there is room', async () => {
    let full = false;
    const rig = await open({
      wrapMarks: (marks) => ({
        restoration: () => marks.restoration(),
        forgetRestoration: () => marks.forgetRestoration(),
        inside: () => marks.inside(),
        outside: (practice) => marks.outside(practice),
        writeInside: (mark) => (full ? Promise.reject(new VitaleError('STO-001')) : marks.writeInside(mark)),
        writeOutside: (mark) => marks.writeOutside(mark),
      }),
    });
    await rig.app.take(invoice('000000101'));
    full = true;
    await expect(transmit(rig)).rejects.toMatchObject({ code: 'STO-001' });
    expect(server.delivered).toEqual([]);
    full = false;
    expect((await transmit(rig)).result).toBe('sent');
  });
});
