/** A file on the screen: the place of every field, and nothing of a patient unless it is asked for. */
import fc from 'fast-check';
import { fieldByField } from '../../../src/teletrans/formats/field-by-field';
import { MASK } from '../../../src/teletrans/formats/explain';
import type { FieldByField } from '../../../src/teletrans/formats/field-view';
import { workedFile } from '../../support/b2-files';

const NIR = '1700275123456';
let bytes: Buffer;
beforeAll(async () => {
  bytes = await workedFile();
});

const all = (from: Buffer, clear: boolean): FieldByField => fieldByField(from, { from: 0, count: 1000, clear });

it('says of each field where it is and what it holds: the characters at its place are its value', () => {
  const shown = all(bytes, true);
  expect(shown).toMatchObject({ family: 'b2', size: bytes.length, total: bytes.length / 128, faults: 0 });
  for (const { characters, fields, length } of shown.records) {
    expect(length).toBe(128);
    for (const { start, end, value } of fields) expect(characters!.slice(start! - 1, end!).trimEnd()).toBe(value);
  }
  expect(shown.records[0]!.fields.find(({ name }) => name === 'file_id')?.value ?? shown.records[0]!.characters).toContain('000042');
});

it('masks what it says of patients until it is asked for', () => {
  const masked = JSON.stringify(all(bytes, false));
  expect(masked).not.toContain(NIR);
  expect(masked).toContain(MASK);
  expect(all(bytes, false).records.every(({ characters }) => characters === null)).toBe(true);
  expect(JSON.stringify(all(bytes, true))).toContain(NIR);
});

it('says nothing of a patient in a fault either', () => {
  const damaged = Buffer.from(bytes);
  const at = damaged.indexOf(NIR);
  damaged.write('X', at + 3, 'latin1');
  const text = JSON.stringify(all(damaged, false));
  expect(all(damaged, false).faults).toBeGreaterThan(0);
  expect(text).not.toContain(damaged.toString('latin1', at, at + 13));
});

it('shows a file some records at a time, each once', () => {
  const ranks: number[] = [];
  for (let from = 0; from < bytes.length / 128; from += 3)
    ranks.push(...fieldByField(bytes, { from, count: 3, clear: false }).records.map(({ rank }) => rank));
  expect(ranks).toEqual(Array.from({ length: bytes.length / 128 }, (_value, rank) => rank + 1));
});

it('never throws, whatever the bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 700 }), fc.nat(2000), fc.nat(2000), fc.boolean(), (noise, cut, from, clear) => {
      const hostile = Buffer.concat([bytes.subarray(0, cut), Buffer.from(noise)]);
      const { records, total } = fieldByField(hostile, { from, count: 5, clear });
      expect(records.length).toBeLessThanOrEqual(Math.max(0, Math.min(5, total - from)));
    }),
    { numRuns: 150 },
  );
});
