import { timeOrderedUuid } from '../../src/composition/time-ordered-uuid';

describe('an identifier of ours', () => {
  it('is a UUID of version 7 that begins with its time', () => {
    expect(timeOrderedUuid(0x0199_abcd_ef01)).toMatch(/^0199abcd-ef01-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('stands after those made before it', () => {
    const made = [1, 15, 16, 0xffff, 0x1_0000, 1_764_000_000_000].map((now) => timeOrderedUuid(now));
    expect([...made].sort()).toEqual(made);
  });

  it('is another one each time', () => {
    const made = Array.from({ length: 1000 }, () => timeOrderedUuid(1_764_000_000_000));
    expect(new Set(made).size).toBe(made.length);
  });
});
