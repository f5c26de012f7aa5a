import { B2_LAYOUTS } from '../../../src/teletrans/formats/b2/records';
import { NOEMIE_LAYOUTS } from '../../../src/teletrans/formats/noemie/entities';
import type { Layout } from '../../../src/teletrans/formats/fixed-width/layout';
import { publishedLayouts } from '../../support/layout-tables';

function asPublished(layouts: Readonly<Record<string, Layout>>): unknown[] {
  return Object.entries(layouts).flatMap(([key, layout]) =>
    layout.fields.map((row) => ({
      record: key === layout.record ? key : `${key} is ${layout.record}`,
      start: row.start,
      end: row.start + row.length - 1,
      length: row.length,
      type: row.kind,
      presence: row.presence,
      field: row.name,
      constant: row.constant ?? '',
    })),
  );
}

const byPlace = (a: unknown, b: unknown): number => JSON.stringify(a).localeCompare(JSON.stringify(b));

describe.each([
  ['b2' as const, B2_LAYOUTS, 15],
  ['noemie' as const, NOEMIE_LAYOUTS, 25],
])('the tables of %s', (name, layouts, count) => {
  it('are those published, row for row and nothing more', () => {
    const rows = publishedLayouts(name);
    expect(new Set(rows.map((row) => row.record)).size).toBe(count);
    expect(asPublished(layouts).sort(byPlace)).toEqual([...rows].sort(byPlace));
  });
  it('describe each field in French, personal data marked', () => {
    for (const layout of Object.values<Layout>(layouts)) {
      for (const row of layout.fields) expect(row.label).toMatch(/^[A-ZÉ].{2,}/);
      const nirs = layout.fields.filter((row) => row.format === 'nir' || /name$|^birth|teeth|ccam_code/.test(row.name));
      for (const row of nirs.filter(({ name: field }) => !['ps_name', 'street_no_suffix'].includes(field))) expect(row.personal).toBe(true);
    }
  });
});

describe('what ends a record', () => {
  it('is position 128 in B2 and in the NOEMIE header and trailer, an end mark elsewhere', () => {
    for (const layout of Object.values<Layout>(B2_LAYOUTS)) expect(layout.length).toBe(128);
    for (const layout of Object.values<Layout>(NOEMIE_LAYOUTS)) {
      if (['000', '999'].includes(layout.record)) expect(layout.length).toBe(128);
      else expect(layout.fields.at(-1)).toMatchObject({ name: 'end_mark', length: 1, constant: '@' });
    }
  });
});
