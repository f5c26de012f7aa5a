import { reserveLotNumber } from '../../../src/teletrans/lots/lot-numbers';
import type { StoreSession } from '../../../src/teletrans/store/port';
import { openRig, type Rig } from '../../support/practice-rig';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

const reserve = (practitioner = '999000011'): Promise<string> =>
  rig.store.transaction((session) => reserveLotNumber(session, practitioner, '2026-11-20', 100));

describe('lot numbers', () => {
  it('go from 001 to 999 and start again, one counter a practitioner', async () => {
    expect(await reserve()).toBe('001');
    expect(await reserve()).toBe('002');
    expect(await reserve('999000029')).toBe('001');
    await rig.store.transaction(async (session) => {
      for (let n = 3; n <= 999; n++) await session.counters.next('lot:999000011', 1, 999);
    });
    expect(await reserve()).toBe('001');
  });

  it('are taken by the transaction that uses them, or not at all', async () => {
    await expect(
      rig.store.transaction(async (session) => {
        await reserveLotNumber(session, '999000011', '2026-11-20', 100);
        throw new Error('the lot was not made');
      }),
    ).rejects.toThrow();
    expect(await reserve()).toBe('001');
  });

  it('skip the numbers still in use, and say so when all are', async () => {
    const with999 = (used: ReadonlySet<string>): Promise<string> =>
      rig.store.transaction((session) => {
        const guarded: StoreSession = { ...session, lots: { ...session.lots, numbersInUse: () => Promise.resolve(used) } };
        return reserveLotNumber(guarded, '999000037', '2026-11-20', 100);
      });
    expect(await with999(new Set(['001', '002', '004']))).toBe('003');
    const all = new Set(Array.from({ length: 999 }, (_, n) => String(n + 1).padStart(3, '0')));
    await expect(with999(all)).rejects.toMatchObject({ code: 'LOT-004' });
  });
});
