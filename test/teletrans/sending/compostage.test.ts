import fc from 'fast-check';
import { nextCompostage } from '../../../src/teletrans/sending/compostage';
import { openRig, type Rig } from '../../support/practice-rig';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

const next = (now: Date): Promise<string> => rig.store.transaction((session) => nextCompostage(session, now));

describe('the compostage', () => {
  it('is legal time and a counter on 19 digits', async () => {
    expect(await next(new Date('2026-11-20T17:40:00Z'))).toBe('2026112018400000000');
    expect(await next(new Date('2026-11-20T17:40:00Z'))).toBe('2026112018400000001');
    // The clock set back four months: one second after the last.
    expect(await next(new Date('2026-07-01T10:00:00Z'))).toBe('2026112018400100002');
  });

  it('only ever goes up, whatever the clock does and when the counter starts again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
            fc.constant('wrap' as const),
          ),
          { maxLength: 25 },
        ),
        async (moments) => {
          let last = (await rig.store.read((session) => session.settings.get('compostage:last'))) ?? '';
          for (const moment of moments) {
            if (moment === 'wrap') {
              // As if 99,999 messages had been sent.
              await rig.store.transaction(async (session) => {
                const value = (await session.counters.value('compostage')) ?? 0;
                await session.counters.next('compostage', 0, value);
              });
              continue;
            }
            const compostage = await next(moment);
            expect(compostage).toMatch(/^\d{19}$/);
            expect(compostage > last).toBe(true);
            last = compostage;
          }
        },
      ),
      { numRuns: 30 },
    );
  }, 60_000);

  it('survives midnight and the end of a year when it must go one second on', async () => {
    await next(new Date('2026-12-31T22:59:59Z'));
    expect(await next(new Date('2026-12-31T22:00:00Z'))).toBe('2027010100000000001');
  });
});
