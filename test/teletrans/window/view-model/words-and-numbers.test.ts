import fc from 'fast-check';
import {
  formatCount,
  formatDate,
  formatDateTime,
  formatEuros,
  formatLongDate,
  plural,
  practitionerName,
  shortNumber,
  typography,
} from '../../../../src/teletrans/window/view-model/format';
import { nextSorting, sortRows, visibleSlice } from '../../../../src/teletrans/window/view-model/tables';

it('writes dates, times and amounts as in France', () => {
  expect(formatDate('2026-11-20')).toBe('20/11/2026');
  expect(formatDateTime('2026-11-20T16:42:00Z')).toBe('20/11/2026 à 17\u00a0h\u00a042');
  expect(formatDateTime('2026-07-14T22:30:00Z')).toBe('15/07/2026 à 00\u00a0h\u00a030');
  expect(formatLongDate('2026-11-20T16:42:00Z')).toBe('vendredi 20\u00a0novembre 2026');
  expect(formatLongDate('2026-04-30T22:30:00Z')).toBe('vendredi 1er\u00a0mai 2026');
  expect(formatEuros(123450)).toBe('1\u202f234,50\u00a0€');
});

it('counts from two in the plural', () => {
  expect([0, 1, 2, 1234].map((count) => plural(count, 'facture'))).toEqual([
    '0\u00a0facture',
    '1\u00a0facture',
    '2\u00a0factures',
    '1\u202f234\u00a0factures',
  ]);
  expect(plural(2, 'fichier remis', 'fichiers remis')).toBe('2\u00a0fichiers remis');
  expect(formatCount(1234567)).toBe('1\u202f234\u202f567');
});

it('names a practitioner, and one without a name by the number', () => {
  expect(practitionerName('LE GOFF JEAN-NOËL', '1')).toBe('Le Goff Jean-Noël');
  expect(practitionerName(null, '999000011')).toBe('N°\u00a0999000011');
});

it('drops the zeros that fill a number, never its last digit', () => {
  expect(['000000201', '000000000', '000100'].map(shortNumber)).toEqual(['201', '0', '100']);
});

it('never lets punctuation start a line', () => {
  expect(typography('Lot 122 ? Oui : « bien » ; 3 €')).toBe('Lot 122\u00a0? Oui\u00a0: «\u00a0bien\u00a0»\u00a0; 3\u00a0€');
  fc.assert(fc.property(fc.string(), (text) => expect(typography(typography(text))).toBe(typography(text))));
  fc.assert(fc.property(fc.string(), (text) => expect(typography(text).replaceAll('\u00a0', ' ')).toBe(text.replaceAll('\u00a0', ' '))));
});

describe('a list', () => {
  const rows = [3, null, 1, 2, null].map((value, rank) => ({ rank, value }));
  it('is sorted both ways with what is unknown last', () => {
    const by = (direction: 'asc' | 'desc'): unknown[] =>
      sortRows(rows, { key: 'value', direction }, (row) => row.value).map((row) => row.value);
    expect(by('asc')).toEqual([1, 2, 3, null, null]);
    expect(by('desc')).toEqual([3, 2, 1, null, null]);
    expect(
      sortRows([{ t: 'état' }, { t: 'Etage' }, { t: 'lot 10' }, { t: 'lot 9' }], { key: 't', direction: 'asc' }, (row) => row.t).map(
        (row) => row.t,
      ),
    ).toEqual(['Etage', 'état', 'lot 9', 'lot 10']);
  });
  it('turns its order on the second click and starts upwards on another column', () => {
    expect(nextSorting({ key: 'a', direction: 'asc' }, 'a')).toEqual({ key: 'a', direction: 'desc' });
    expect(nextSorting({ key: 'a', direction: 'asc' }, 'b')).toEqual({ key: 'b', direction: 'asc' });
  });
  it('draws every row in sight, few more, and keeps its full height', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200_000 }),
        fc.integer({ min: 20, max: 100 }),
        fc.nat(20_000_000),
        fc.integer({ min: 1, max: 3000 }),
        (count, row, top, height) => {
          const slice = visibleSlice(count, row, top, height);
          expect(slice.before + slice.after + (slice.end - slice.start) * row).toBe(count * row);
          const first = Math.floor(top / row);
          const last = Math.min(count, Math.ceil((top + height) / row));
          for (const seen of [first, last - 1])
            if (seen >= first && seen < count) expect(seen >= slice.start && seen < slice.end).toBe(true);
          expect(slice.end - slice.start).toBeLessThanOrEqual(Math.ceil(height / row) + 26);
        },
      ),
    );
  });
});
