import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RECIPIENT_COLUMNS, wrongCells } from '../../../src/teletrans/settings/recipient-columns';
import { rowsOf, TABLE_FILES, withRow } from '../../../src/teletrans/settings/recipient-table';
import type { SettingsTexts } from '../../../src/teletrans/settings/texts';

const TABLES = join(__dirname, '../../../addin/tables');
const texts = JSON.parse(readFileSync(join(TABLES, 'settings.json'), 'utf8')) as SettingsTexts;
const shipped = (table: 'amo' | 'amc'): string => readFileSync(join(TABLES, 'recipients', TABLE_FILES[table]), 'utf8');

it.each(['amo', 'amc'] as const)('%s: its columns are those of the file, each with its words, and every shipped row fits', (table) => {
  const { columns, rows } = rowsOf(shipped(table));
  expect(columns).toEqual(RECIPIENT_COLUMNS[table].map(({ name }) => name));
  expect(Object.keys(texts.recipients[table].columns)).toEqual(columns);
  for (const { cells } of rows) expect(wrongCells(table, cells)).toEqual([]);
});

it('knows cells that do not fit', () => {
  const good = ['2026-01-01', '01', '352', '*', 'CP', '352', '352', 'direct', '01352@352.01.test.invalid', 'CAISSE'];
  expect(wrongCells('amo', good)).toEqual([]);
  const bad: readonly (readonly [number, string])[] = [
    [0, '2026-02-30'],
    [1, '1'],
    [2, '35'],
    [3, '12345'],
    [4, 'cp'],
    [7, 'poste'],
    [8, 'personne'],
    [8, 'a@b.test\r\nBcc: c@d.test'],
    [9, ''],
    [9, 'a\tb'],
  ];
  for (const [rank, cell] of bad)
    expect(
      wrongCells(
        'amo',
        good.map((one, at) => (at === rank ? cell : one)),
      ),
    ).toEqual([RECIPIENT_COLUMNS.amo[rank]?.name]);
  expect(wrongCells('amo', good.slice(1))).toHaveLength(10);
  expect(wrongCells('amc', ['810000001', 'MUTUELLE', '*', '*', 'DRE', 'direct', '001', 'a.test.invalid', 'dre@a.test.invalid'])).toEqual([
    'amc_no',
  ]);
});

const cell = fc.string({ maxLength: 5 }).filter((text) => !/[\t\r\n]/.test(text) && text !== '');
const row = fc.array(cell, { minLength: 3, maxLength: 3 });

it('changes one line and no other byte, whatever the line ends are', () => {
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 6 }),
      row,
      fc.nat(),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      (rows, cells, pick, end, last) => {
        const lines = ['a\tb\tc', ...rows.map((one) => one.join('\t'))];
        const text = lines.join(end) + (last ? end : '');
        const line = 1 + (pick % rows.length);
        const changed = withRow(text, { line, cells }) ?? '';
        expect(rowsOf(changed).rows.map((one) => one.cells)).toEqual(rows.map((one, rank) => (rank === line - 1 ? cells : one)));
        expect(changed.split(end).filter((_, rank) => rank !== line)).toEqual(text.split(end).filter((_, rank) => rank !== line));
        expect(rowsOf(withRow(text, { line, cells: null }) ?? '').rows).toHaveLength(rows.length - 1);
        expect(rowsOf(withRow(text, { line: null, cells }) ?? '').rows.map((one) => one.cells)).toEqual([...rows, cells]);
        expect(withRow(text, { line: lines.length + 1, cells })).toBeNull();
        expect(withRow(text, { line: 0, cells })).toBeNull();
      },
    ),
  );
});
