import { defineLayout, LayoutError, type FieldRow } from '../../../../src/teletrans/formats/fixed-width/layout';

const field = (name: string, start: number, length: number, extra: Partial<FieldRow> = {}): FieldRow => ({
  name,
  start,
  length,
  kind: 'A',
  presence: 'O',
  label: name,
  ...extra,
});
const load = (length: number, ...fields: FieldRow[]) =>
  defineLayout({ family: 'test', version: 'base', record: 'X', length, label: 'X', fields });

describe('a layout', () => {
  it('loads when its rows follow one another to its length', () => {
    expect(load(5, field('a', 1, 2), field('b', 3, 3)).fields).toHaveLength(2);
  });
  it.each<[string, () => unknown]>([
    ['a gap', () => load(5, field('a', 1, 2), field('b', 4, 2))],
    ['an overlap', () => load(5, field('a', 1, 3), field('b', 3, 3))],
    ['a first row after position 1', () => load(5, field('a', 2, 4))],
    ['a duplicate name', () => load(5, field('a', 1, 2), field('a', 3, 3))],
    ['a constant of another length', () => load(5, field('a', 1, 5, { constant: 'ABC' }))],
    ['a constant that is no number in a number', () => load(3, field('a', 1, 3, { kind: 'N', constant: '12X' }))],
    ['a field without length', () => load(2, field('a', 1, 0), field('b', 1, 2))],
    ['rows that stop short', () => load(128, field('a', 1, 5))],
    ['rows that go too far', () => load(4, field('a', 1, 5))],
  ])('refuses to load with %s', (_, make) => {
    expect(make).toThrow(LayoutError);
  });
});
