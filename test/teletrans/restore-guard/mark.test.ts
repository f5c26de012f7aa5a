import fc from 'fast-check';
import { numbersBetween, takenUp } from '../../../src/teletrans/restore-guard/mark';

describe('numbers taken up', () => {
  it('go on after the highest known, with a jump', () => {
    expect(
      takenUp({ journal: 10, counters: { 'lot:999000011': 7, 'file:1': 40 } }, [{ journal: 20, counters: { 'lot:999000011': 9 } }]),
    ).toEqual({
      'lot:999000011': 29,
      'file:1': 140,
    });
  });

  it('go around the end, and believe the later mark where a counter has begun again', () => {
    expect(takenUp({ journal: 10, counters: { 'lot:1': 995 } }, [{ journal: 20, counters: { 'lot:1': 3 } }])).toEqual({ 'lot:1': 23 });
    expect(takenUp({ journal: 10, counters: { 'lot:1': 990 } }, [])).toEqual({ 'lot:1': 11 });
  });

  it('never give again, soon, a number that was used here or there', () => {
    const counter = fc.integer({ min: 1, max: 999 });
    fc.assert(
      fc.property(counter, fc.integer({ min: 0, max: 15 }), (data, ahead) => {
        const mark = ((data - 1 + ahead) % 999) + 1;
        const last = takenUp({ journal: 1, counters: { 'lot:1': data } }, [{ journal: 2, counters: { 'lot:1': mark } }])['lot:1']!;
        const used = numbersBetween(data, mark);
        const burnt = numbersBetween(data, last);
        expect(used.every((number) => burnt.includes(number))).toBe(true);
        expect(burnt).toHaveLength(ahead + 20);
        expect(burnt).not.toContain(String((last % 999) + 1).padStart(3, '0'));
      }),
    );
  });
});
