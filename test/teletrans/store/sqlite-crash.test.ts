import { openStorage } from '../../../src/teletrans/store/open';
import { isVitaleError } from '../../../src/teletrans/domain/errors';
import { setTimeout as sleep } from 'node:timers/promises';
import { aFolder } from './folder';
import { startProgram, type Program } from './programs/start';

const KILLS = 15;

describe('the SQLite store under SIGKILL and several programs', () => {
  let folder: string;
  let remove: () => Promise<void>;
  beforeEach(async () => ({ folder, remove } = await aFolder()));
  const started: Program[] = [];
  const start = (...args: Parameters<typeof startProgram>): Program => {
    const program = startProgram(...args);
    started.push(program);
    return program;
  };
  afterEach(async () => {
    for (const program of started.splice(0)) await program.kill();
    await remove();
  });

  /** Everything acknowledged is there; what is there is whole, and there is at most one transaction more than was acknowledged. */
  async function check(mark: string, acknowledged: number): Promise<number> {
    const { store } = await openStorage(folder);
    try {
      return await store.read(async (session) => {
        const written = (await session.counters.value(`written/${mark}`)) ?? 0;
        expect(written).toBeGreaterThanOrEqual(acknowledged);
        expect(written).toBeLessThanOrEqual(acknowledged + 1);
        for (let n = 1; n <= written; n++) {
          const invoice = await session.invoices.byHostId(`${mark}-${String(n)}`);
          if (invoice === null) throw new Error(`transaction ${String(n)} has no invoice`);
          expect((await session.invoices.body(invoice.id)).number).toBe(invoice.number);
          expect((await session.journal.of('invoice', invoice.id)).map((entry) => entry.detail)).toEqual([{ n }]);
        }
        const invoices = await session.invoices.list();
        expect(invoices.filter((invoice) => invoice.hostId.startsWith(`${mark}-`))).toHaveLength(written);
        expect(await session.invoices.countByState()).toEqual([{ part: 'amo', state: 'READY', count: invoices.length }]);
        return written;
      });
    } finally {
      expect(await store.integrityFaults()).toEqual([]);
      await store.close();
    }
  }

  it(`loses nothing acknowledged and keeps nothing half written, killed ${String(KILLS)} times`, async () => {
    let total = 0;
    for (let round = 0; round < KILLS; round++) {
      const writer = start('writer.ts', folder, 'one');
      await writer.line(() => true);
      await sleep(Math.random() * 40);
      await writer.kill();
      total = await check('one', Number(writer.lines.at(-1)));
    }
    expect(total).toBeGreaterThan(KILLS);
  }, 120_000);

  it('lets two programs write at once, each seeing the other’s numbers', async () => {
    const writers = ['left', 'right'].map((mark) => start('writer.ts', folder, mark, '100'));
    expect(await Promise.all(writers.map((writer) => writer.ended()))).toEqual([0, 0]);
    expect(await check('left', 100)).toBe(100);
    expect(await check('right', 100)).toBe(100);
    const { store } = await openStorage(folder);
    expect(await store.read((session) => session.counters.value('invoices'))).toBe(200);
    await store.close();
  }, 60_000);

  it('reads while another program writes', async () => {
    const writer = start('writer.ts', folder, 'one');
    await writer.line(() => true);
    const { store } = await openStorage(folder);
    let before = 0;
    for (let i = 0; i < 20; i++) {
      const { rows, counted } = await store.read(async (session) => {
        const first = await session.invoices.list();
        await sleep(2);
        return { rows: first.length, counted: (await session.invoices.countByState())[0]?.count };
      });
      expect(counted).toBe(rows);
      expect(rows).toBeGreaterThanOrEqual(before);
      before = rows;
    }
    await writer.kill();
    await store.close();
    expect(before).toBeGreaterThan(1);
  }, 60_000);

  it('holds the transmission lock for one program at a time, and the lock ends with a killed program', async () => {
    const { store, lock } = await openStorage(folder);
    const holder = start('holder.ts', folder);
    await holder.line((line) => line === 'held');
    const refused = await lock.hold(() => Promise.resolve()).catch((error: unknown) => error);
    expect(isVitaleError(refused, 'TRA-018')).toBe(true);
    const second = start('holder.ts', folder);
    await second.ended();
    expect(second.lines).toEqual(['TRA-018']);
    await holder.kill();
    expect(await lock.hold(() => Promise.resolve('ours'))).toBe('ours');
    await store.close();
  }, 60_000);
});
